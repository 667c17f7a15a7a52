/**
 * The one script of the pages: times as people say them, copying with one press, images that are gone out of sight, and
 * what scrolls sideways a stop of the keyboard in browsers that do not make it one themselves. Everything works without it.
 *
 * Served from our own path under its digest; it writes text and attributes only, never markup.
 */
import { digest } from '../../../domain/digest.ts';

/** Its text, for any browser of the last five years. */
export const script = `(()=>{
const units=[['year',31557600],['month',2629800],['week',604800],['day',86400],['hour',3600],['minute',60],['second',1]];
const lang=document.documentElement.lang||'en';
const ago=new Intl.RelativeTimeFormat(lang,{numeric:'auto'});
const full=new Intl.DateTimeFormat(lang,{dateStyle:'full',timeStyle:'short'});
const tell=()=>{for(const time of document.querySelectorAll('time[datetime]')){
const at=new Date(time.dateTime),seconds=(at-Date.now())/1000;
if(!Number.isFinite(seconds))continue;
time.title=full.format(at);
if(Math.abs(seconds)>2629800||time.dataset.exact!==undefined)continue;
const [unit,size]=units.find(([,size])=>Math.abs(seconds)>=size)||units[6];
time.textContent=ago.format(Math.trunc(seconds/size),unit);
}};
tell();
setInterval(tell,60000);
for(const button of document.querySelectorAll('button[data-copy]')){
const field=document.getElementById(button.dataset.copy);
if(!field||!navigator.clipboard)continue;
const label=button.textContent;
button.hidden=false;
button.addEventListener('click',async()=>{
try{await navigator.clipboard.writeText(field.value);button.textContent=button.dataset.done;}
catch{field.select();button.textContent=button.dataset.failed;}
setTimeout(()=>{button.textContent=label;},2000);
});
}
for(const box of document.querySelectorAll('.prose pre,.prose table')){
if(box.scrollWidth<=box.clientWidth)continue;
box.tabIndex=0;
if(box.localName==='pre'){box.setAttribute('role','region');box.setAttribute('aria-label','Code');}
}
for(const image of document.querySelectorAll('main img')){
const hide=()=>image.classList.add('broken');
if(image.complete&&image.naturalWidth===0&&image.currentSrc!=='')hide();
image.addEventListener('error',hide);
}
for(const field of document.querySelectorAll('input[readonly]'))field.addEventListener('focus',()=>field.select());
})();
`;

/** Where it is served; another text, another address, so that it can be kept for ever. */
export const scriptPath = `/assets/page-${digest(script).slice(0, 12)}.js`;
