/**
 * Style of the desk: the site's own base, and what tables, forms and reports need beside it. Phone first: a row of the
 * table is a card until there is room for columns.
 */
import { toInlineStyle } from '../../../page/inline-style.tsx';

const styleDesk = `
:root{--bad:#a3290f;--warn:#7a5200;--good:#1d6b3a;--bad-back:#fbe9e4;--warn-back:#f8efd9;--good-back:#e4f2e7}
@media (prefers-color-scheme:dark){:root{--bad:#ff9d85;--warn:#eec267;--good:#7fd39b;--bad-back:#3a1d16;--warn-back:#352a12;--good-back:#16301f}}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.site form{margin-inline-start:auto}.site nav{order:1;width:100%}
h2{margin-block:2rem .6rem}h3{margin-block:.9rem .3rem;font:600 1rem/1.4 var(--read)}
section:not(.panel){margin-block-start:2rem}section>h2:first-child{margin-block-start:0}
.panel p+p,.panel p+form,.panel form+p,.panel form p+p{margin-block-start:.75rem}
.panel[role=status]:not(section){padding:.6rem 1rem}
button,.button{white-space:nowrap;overflow-wrap:normal}
.head{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:end;justify-content:space-between}
.numbers{display:flex;flex-wrap:wrap;gap:.4rem 1.75rem;margin-block:1rem;padding:0;list-style:none}
.numbers b{display:block;font:600 1.5rem/1.1 var(--read);font-variant-numeric:tabular-nums}
.numbers span{color:var(--soft);font-size:.875rem}
.panel{border:1px solid var(--line);border-radius:10px;background:var(--raised);padding:1rem;margin-block:1rem}
.panel h2{margin-block:0 .5rem}
.panel.bad{border-color:var(--bad);background:var(--bad-back)}
.panel.good{border-color:var(--good);background:var(--good-back)}
.panel ul{margin-block-start:.5rem;padding-inline-start:1.25rem}
.work progress{width:100%;height:.6rem;accent-color:var(--accent);display:block;margin-block:.5rem}
.work{font-size:.95rem}
.pair{display:grid;gap:1rem;margin-block:1rem;grid-template-columns:minmax(0,1fr)}
.pair .panel{margin:0}
.fields{display:grid;gap:.9rem 1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));align-items:start}
.wide{grid-column:1/-1}
label{display:block;font-weight:600;font-size:.9rem}
.hint{display:block;color:var(--soft);font-size:.8125rem;font-weight:400;margin-block-start:.25rem}
input:not([type=checkbox],[type=file]),select{width:100%;min-height:2.5rem;padding:.35rem .6rem;border:1px solid color-mix(in srgb,var(--soft) 70%,var(--paper));border-radius:7px;background:var(--paper);color:var(--ink);font:1rem/1.4 var(--ui);margin-block-start:.25rem}
input[type=file]{width:100%;min-height:2.75rem;padding:.5rem;border:1px dashed var(--soft);border-radius:7px;background:var(--paper);color:var(--ink);font:.9rem/1.5 var(--ui);margin-block-start:.25rem}
input[type=file]::file-selector-button{font:inherit;color:var(--accent);background:none;border:1px solid var(--accent);border-radius:6px;padding:.2rem .6rem;margin-inline-end:.6rem}
label.check{display:flex;gap:.6rem;align-items:start;font-weight:400;font-size:.95rem}
label.check input{width:1.2rem;height:1.2rem;margin:.15rem 0 0;flex:none;accent-color:var(--accent)}
.row{display:flex;gap:.5rem;flex-wrap:wrap;align-items:end}
.row label{flex:1 1 14rem}
.row button{min-height:2.5rem}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;align-items:start}
.acts .button,.acts button,table button{min-height:2.125rem;padding:.25rem .7rem;font-size:.875rem}
.danger{border-color:var(--bad);background:var(--bad);color:var(--paper)}
.button.danger.quiet,button.danger.quiet{color:var(--bad);background:none}
[aria-busy=true]{opacity:.6;cursor:progress}
.badge{display:inline-block;padding:.05rem .5rem;border-radius:1rem;font:600 .78rem/1.6 var(--ui);background:var(--raised);color:var(--soft);white-space:nowrap}
.badge.bad{background:var(--bad-back);color:var(--bad)}.badge.warn{background:var(--warn-back);color:var(--warn)}.badge.good{background:var(--good-back);color:var(--good)}
.tags{display:flex;flex-wrap:wrap;gap:.3rem;margin-block-start:.35rem;padding:0;list-style:none}
.tags li{padding:.05rem .55rem;border-radius:1rem;background:var(--raised);color:var(--soft);font-size:.8rem;line-height:1.6;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.875rem}
.rows td>.soft:first-child{display:inline-block;margin-inline-end:.25rem}.rows td>.soft:first-child::first-letter{text-transform:uppercase}
.advice{font-size:.875rem;margin-block-start:.2rem}
.filter{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.5rem;align-items:end;margin-block:1rem}.filter label:first-child{grid-column:1/-1}.filter button{min-height:2.5rem}
table{border-collapse:collapse;width:100%;font-size:.95rem}
table.rows,.rows tbody,.rows tr,.rows td,.rows tbody th{display:block}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows tr{padding-block:.9rem;border-block-end:1px solid var(--line)}
.rows td,.rows tbody th{text-align:start;padding:.15rem 0;font-weight:400;overflow-wrap:anywhere}
.rows tbody th a{font-weight:600;color:var(--ink)}
.rows td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-size:.8125rem}
.rows details summary,.panel summary,.fold summary{cursor:pointer;color:var(--accent);font-size:.875rem;padding-block:.3rem}
.rows details form{margin-block:.4rem;min-width:14rem}
.spark{display:block;width:9rem;height:1.5rem;max-width:100%;margin-block-start:.2rem}
.spark rect{fill:var(--accent)}.spark .base{fill:var(--line)}
.columns{display:block;max-width:100%;height:auto;margin-block:.35rem}
.columns .base{fill:var(--line)}.columns .same{fill:var(--soft)}.columns .read{fill:var(--accent)}.columns .failed{fill:var(--bad)}
.checks{display:block;width:fit-content}
.overview{display:flex;flex-wrap:wrap;gap:0 2rem;align-items:start;justify-content:space-between}
section.outcomes:not(.panel){margin-block:.5rem}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;color:var(--soft);font-size:.8125rem}
.legend span::before{content:"";display:inline-block;width:.5rem;height:.75rem;margin-inline-end:.35rem;background:var(--accent);vertical-align:-.05rem}
.legend .same::before{height:.2rem;background:var(--soft);vertical-align:.15rem}
.legend .failed::before{height:.55rem;background:var(--bad);clip-path:polygon(0 0,100% 0,50% 100%)}
.scroll{overflow-x:auto;max-width:100%}
.figures{width:auto;font-size:.875rem}.figures th,.figures td{padding:.2rem .8rem .2rem 0;border-block-end:1px solid var(--line);text-align:start;font-weight:400}.figures thead th{color:var(--soft);font-weight:600}.figures .number{text-align:end;font-variant-numeric:tabular-nums}
.facts-list{display:grid;grid-template-columns:minmax(0,1fr);gap:.1rem 1.25rem;margin-block:1rem}
.facts-list dt{color:var(--soft);font-size:.875rem}
.facts-list dd{margin:0 0 .6rem;overflow-wrap:anywhere}
.entries{padding:0;list-style:none;margin-block:.5rem}
.entries li{padding-block:.6rem;border-block-end:1px solid var(--line)}
.entries h3{font:600 1rem/1.4 var(--read);overflow-wrap:anywhere}
.plainlist{padding-inline-start:1.25rem}.plainlist li{margin-block:.35rem;overflow-wrap:anywhere}
code,.key{font:.9em var(--mono);background:var(--raised);padding:.1em .35em;border-radius:4px;overflow-wrap:anywhere}
.panel code{background:var(--paper)}
.address{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem .5rem;align-items:end;margin-block-start:.6rem}
.address input{font:.85rem/1.4 var(--mono)!important}
.login{max-width:26rem;margin-inline:auto}
.login .panel{display:grid;gap:1rem}.login button{justify-content:center}
.paging{display:flex;gap:.75rem;align-items:center;margin-block-start:1.25rem}
@media (min-width:48rem){.site nav{order:0;width:auto}.filter label:first-child{grid-column:auto}.facts-list{grid-template-columns:10rem minmax(0,1fr)}.pair{grid-template-columns:1fr 1fr}.filter{grid-template-columns:minmax(0,1fr) 14rem auto}}
@media (min-width:60rem){table.rows{display:table}.rows thead{position:static;width:auto;height:auto;clip-path:none;display:table-header-group}.rows tbody{display:table-row-group}.rows tr{display:table-row}.rows td,.rows th,.rows tbody th{display:table-cell;padding:.7rem .8rem .7rem 0;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}.rows thead th{color:var(--soft);font-size:.85rem;font-weight:600;white-space:nowrap;padding-block:.4rem}.rows td[data-label]::before{content:none}.rows tbody th{width:26%}.rows .acts{gap:.25rem .35rem;min-width:9.5rem}.rows .acts details{width:100%}.rows details form{position:relative}}
`;

/** The stylesheet of the desk's pages. */
export const deskStyle = toInlineStyle(styleDesk.replaceAll('\n', ''));
