/**
 * Style of what lists: the river of cards, tags, the subscribe box, forms, tables and charts.
 */
export const styleRiver = `
.columns{display:grid;grid-template-columns:minmax(0,1fr);gap:2.5rem}
.river{margin-block-start:1rem}
.card{display:flex;gap:1rem;padding-block:1.25rem;border-block-end:1px solid var(--line)}
.card-text{flex:1;min-width:0}
.card-image{flex:none;width:5.5rem;height:auto;aspect-ratio:1;object-fit:cover;align-self:flex-start;margin-block-start:.3rem;border-radius:8px;background:var(--raised)}
.card-image.broken{visibility:hidden}
.card h2 a{color:var(--ink);text-decoration:none}
.card h2 a:hover{color:var(--accent);text-decoration:underline;text-decoration-thickness:1px}
.card h2 a:visited{color:var(--soft)}
.meta{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;margin-block:.15rem .4rem;color:var(--soft);font-size:.875rem}
.meta a{color:inherit;text-decoration:none;padding-block:.15rem}
.meta a:hover{text-decoration:underline}
.summary{display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere;max-width:42rem}
.card:lang(ar) .summary,.card:lang(fa) .summary,.card:lang(hi) .summary,.card:lang(th) .summary{line-height:1.75}
.card:lang(ur) h2,.card:lang(ur) .summary{line-height:2.1}
.tags{display:flex;flex-wrap:wrap;gap:.4rem;margin-block-start:.6rem;padding:0;list-style:none}
.tags a{display:inline-block;padding:.15rem .6rem;border-radius:1rem;background:var(--raised);color:var(--soft);font-size:.8125rem;line-height:1.5;text-decoration:none;overflow-wrap:anywhere}
.tags a:hover{background:var(--mark);color:var(--ink)}
.tags .count{margin-inline-start:.3rem;font-variant-numeric:tabular-nums}
.paging{display:flex;flex-wrap:wrap;gap:.75rem;justify-content:space-between;margin-block-start:1.5rem}
.aside h2{font:600 .95rem/1.4 var(--ui);margin-block-end:.5rem}
.aside section+section{margin-block-start:2rem}
.more{display:inline-block;margin-block-start:.6rem;font-size:.9rem;padding-block:.2rem}
.subscribe{margin-block:1rem 0;border:1px solid var(--line);border-radius:10px;background:var(--raised)}
.subscribe summary{display:flex;align-items:center;gap:.5rem;padding:.55rem .9rem;cursor:pointer;font-weight:600;list-style:none;border-radius:10px}
.subscribe summary::-webkit-details-marker{display:none}
.subscribe summary::after{content:"";margin-inline-start:auto;width:.5rem;height:.5rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(45deg);margin-block-end:.2rem}
.subscribe[open] summary::after{transform:rotate(225deg);margin-block-end:-.2rem}
.subscribe summary svg{width:1rem;height:1rem;color:var(--accent)}
.subscribe .inside{padding:0 .9rem .9rem}
.address{display:grid;grid-template-columns:5.5rem minmax(0,1fr) auto auto;gap:.35rem .6rem;align-items:center;margin-block-start:.6rem}
.address label{font-size:.9rem}
.address input{grid-column:1/-1;grid-row:2;font:.85rem/1.4 var(--mono)}
.address button,.address .button{min-height:2rem;padding:.25rem .7rem;font-size:.85rem}
.address label{grid-column:1/3}
.address a.button{grid-column:4}
.note{color:var(--soft);font-size:.9rem;margin-block-start:.6rem}
input,select{width:100%;min-height:2.25rem;padding:.35rem .6rem;border:1px solid color-mix(in srgb,var(--soft) 70%,var(--paper));border-radius:7px;background:var(--paper);color:var(--ink);font:1rem/1.4 var(--ui)}
.builder{display:grid;gap:.9rem 1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));margin-block:1rem;max-width:60rem}
.builder .wide{grid-column:1/-1}
.builder label{display:block;font-weight:600;font-size:.9rem;margin-block-end:.25rem}
.builder .hint{display:block;color:var(--soft);font-size:.8125rem;margin-block-start:.25rem}
.builder details summary{cursor:pointer;color:var(--accent);padding-block:.2rem}
.builder details>div{display:grid;gap:.9rem 1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));margin-block-start:.75rem}
.kept{display:flex;gap:.5rem;flex-wrap:wrap;align-items:center;font-size:.9rem}
.kept code{background:var(--raised);padding:.15rem .5rem;border-radius:5px;overflow-wrap:anywhere}
.found{max-width:60rem}
.result{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;margin-block-start:1.5rem}
.empty{margin-block:2rem;padding:1.5rem;border:1px dashed var(--line);border-radius:10px;max-width:46rem}
.empty ul{margin-block-start:.5rem;padding-inline-start:1.25rem}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.95rem;width:100%}
.lede+.scroll{margin-block-start:1rem}
.scroll :is(th,td):first-child{padding-inline-start:0}
th,td{padding:.5rem .75rem;border-block-end:1px solid var(--line);text-align:start;vertical-align:middle}
th{color:var(--soft);font-weight:600;font-size:.85rem}
tbody th{color:var(--ink);font-weight:500;font-size:inherit;overflow-wrap:anywhere;min-width:9rem}
.number{text-align:end;font-variant-numeric:tabular-nums}
.formats{display:flex;gap:.6rem;white-space:nowrap;font-size:.875rem}
.formats a{padding-block:.2rem}
.chart{display:block;width:100%;height:4.5rem;overflow:visible}
.spark{display:block;width:8rem;max-width:none;height:1.6rem}
.chart rect,.spark rect{fill:var(--accent)}
.chart .base,.spark .base{fill:var(--line)}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.8125rem;margin-block-start:.25rem}
.figures{font-size:.875rem;margin-block-start:.4rem}
.figures summary{cursor:pointer;color:var(--soft);padding-block:.2rem}
.figures table{font-size:.85rem;width:auto}
.figures td,.figures th{padding:.2rem .6rem}
.all-tags{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:0 2rem;padding:0;list-style:none;margin-block-start:1rem}
.all-tags li{display:flex;align-items:center;gap:.75rem;border-block-end:1px solid var(--line);min-height:2.75rem}
.all-tags a{flex:1;min-width:0;overflow-wrap:anywhere;padding-block:.35rem}
.all-tags .spark{width:4.5rem;flex:none}
.all-tags .count{color:var(--soft);font-variant-numeric:tabular-nums}
.plain{max-width:42rem}.plain h2{margin-block:2rem .4rem}.plain p,.plain ul{margin-block-start:.7rem}.plain code{font:.9em var(--mono);background:var(--raised);padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
.plain li{margin-block-start:.3rem}
.plain .button{margin-block-start:1rem}
@media (min-width:34rem){.card{gap:1.5rem}.card-image{width:10rem;aspect-ratio:3/2}.address{grid-template-columns:5.5rem minmax(0,1fr) auto auto}.address label{grid-column:1}.address input{grid-column:2;grid-row:1}}
@media (min-width:64rem){.columns.two{grid-template-columns:minmax(0,1fr) 17rem;gap:4rem}.aside{padding-block-start:2.4rem}}
@media print{.card{break-inside:avoid}.columns.two{display:block}}
`;
