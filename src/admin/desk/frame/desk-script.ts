/**
 * The desk's script, for niceties only: the bar of long work moves by itself, addresses are copied with one press, a form
 * that is on its way is not sent twice. Everything works without it.
 *
 * It writes text and attributes only, never markup.
 */
import { digest } from '../../../domain/digest.ts';

/** Its text. */
export const deskScript = `(()=>{
const work=document.getElementById('work');
if(work){
const bar=work.querySelector('progress'),words=work.querySelector('[data-words]');
let most=bar.max,quiet=0;
const look=async()=>{
try{
const {queue}=await(await fetch('/health',{cache:'no-store'})).json(),left=queue.due+queue.inFlight;
most=Math.max(most,left);bar.max=most;bar.value=most-left;
quiet=left===0?quiet+1:0;
words.textContent=left===0?'All work is done.':queue.due+' waiting, '+queue.inFlight+' in work.'+(queue.inFlight===0?' The next wake-up takes them.':'');
if(quiet>1){work.dataset.done='';return;}
}catch{words.textContent='The server does not answer; trying again.';}
setTimeout(look,1500);
};
look();
}
for(const button of document.querySelectorAll('button[data-copy]')){
const field=document.getElementById(button.dataset.copy);
if(!field||!navigator.clipboard)continue;
button.hidden=false;
button.addEventListener('click',async()=>{await navigator.clipboard.writeText(field.value);button.textContent='Copied';});
}
for(const form of document.forms){
if(form.method!=='post')continue;
form.addEventListener('submit',(event)=>{if(form.dataset.sent!==undefined)event.preventDefault();form.dataset.sent='';
if(event.submitter)event.submitter.setAttribute('aria-busy','true');});
}
addEventListener('pageshow',()=>{for(const form of document.forms)delete form.dataset.sent;});
})();
`;

/** Where it is served, to anybody: it holds nothing of the owner's. */
export const deskScriptPath = `/admin/assets/desk-${digest(deskScript).slice(0, 12)}.js`;
