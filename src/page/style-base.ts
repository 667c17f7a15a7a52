/**
 * Style of every page: colours, type for many scripts, header and footer.
 *
 * Phone first, light and dark from one set of names, no font is fetched. Directions are logical (`inline-start`), so that
 * right-to-left needs no rules of its own.
 */
export const styleBase = `
:root{color-scheme:light dark;
--paper:#fcfbf8;--raised:#f3f1ea;--ink:#1b2023;--soft:#566068;--line:#dedacf;--accent:#0a5c68;--on-accent:#fff;--mark:#e2efee;
--ui:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
--read:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,"Liberation Serif",serif;
--mono:ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"Noto Sans Mono","Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#13181a;--raised:#1d2427;--ink:#e3e6e3;--soft:#9aa7ac;--line:#2d3639;--accent:#74cad3;--on-accent:#08181b;--mark:#1d3438}}
*,::before,::after{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:1rem/1.5 var(--ui);-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding:1rem}
body{margin:0;min-height:100vh;display:flex;flex-direction:column}
h1,h2,h3,p,ul,ol,dl,figure,table{margin:0}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
img,svg,video{max-width:100%}
[dir]{text-align:start}
:lang(zh){--read:"Songti SC","Noto Serif CJK SC","Source Han Serif SC","Noto Serif SC",SimSun,serif;--ui:system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
:lang(zh-Hant),:lang(zh-TW),:lang(zh-HK){--read:"Songti TC","Noto Serif CJK TC","Source Han Serif TC","Noto Serif TC",PMingLiU,serif;--ui:system-ui,"PingFang TC","Noto Sans CJK TC","Microsoft JhengHei",sans-serif}
:lang(ja){--read:"Hiragino Mincho ProN","Noto Serif CJK JP","Source Han Serif","Noto Serif JP","Yu Mincho",serif;--ui:system-ui,"Hiragino Sans","Noto Sans CJK JP","Yu Gothic",sans-serif}
:lang(ko){--read:"Noto Serif CJK KR","Nanum Myeongjo",AppleMyungjo,Batang,serif;--ui:system-ui,"Apple SD Gothic Neo","Noto Sans CJK KR","Malgun Gothic",sans-serif;word-break:keep-all}
:lang(ar),:lang(fa){--read:"Noto Naskh Arabic","Geeza Pro","Al Bayan","Traditional Arabic","Noto Sans Arabic",serif;--ui:system-ui,"Geeza Pro","Noto Sans Arabic","Segoe UI",sans-serif}
:lang(ur){--read:"Noto Nastaliq Urdu","Noto Naskh Arabic","Geeza Pro",serif}
:lang(he),:lang(yi){--read:"Frank Ruhl Libre","Noto Serif Hebrew","New Peninim MT",David,serif}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;z-index:2;background:var(--accent);color:var(--on-accent);padding:.5rem 1rem}
.skip:focus{top:.5rem}
.site,.foot,main{padding-inline:max(1.125rem,(100% - 68rem)/2)}
.site{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.5rem;padding-block:.75rem;border-block-end:1px solid var(--line)}
.brand{display:inline-flex;align-items:center;gap:.55rem;min-height:2rem;color:var(--ink);font:600 1.3rem/1.2 var(--read);text-decoration:none;overflow-wrap:anywhere}
.brand svg{width:1.6rem;height:1.6rem;color:var(--accent);flex:none}
.site nav{display:flex;flex-wrap:wrap;gap:0 .25rem;margin-inline-start:-.6rem}
.site nav a{padding:.35rem .6rem;color:var(--soft);text-decoration:none;border-radius:6px}
.site nav a:hover{color:var(--ink);background:var(--raised)}
.site nav a[aria-current]{color:var(--ink);font-weight:600}
.quick{display:none;margin-inline-start:auto}
main{flex:1;padding-block:1.5rem 3rem}
.foot{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;justify-content:space-between;padding-block:1.25rem 2rem;border-block-start:1px solid var(--line);color:var(--soft);font-size:.875rem}
.foot a{color:inherit;display:inline-block;padding-block:.2rem}
.foot nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
h1{font:600 clamp(1.6rem,1.2rem + 2vw,2.3rem)/1.2 var(--read);text-wrap:balance;overflow-wrap:anywhere;letter-spacing:-.01em}
:lang(ar) h1,h1:lang(ar),h1:lang(fa),h1:lang(ur),h1:lang(zh),h1:lang(ja),h1:lang(ko){letter-spacing:0}
h2{font:600 1.3rem/1.3 var(--read);text-wrap:pretty;overflow-wrap:anywhere}
.lede{color:var(--soft);max-width:42rem;margin-block-start:.4rem}
.facts{display:flex;flex-wrap:wrap;gap:.15rem 1rem;color:var(--soft);font-size:.9rem;margin-block-start:.5rem}
time{font-variant-numeric:tabular-nums;white-space:nowrap}
.button,button{display:inline-flex;align-items:center;gap:.4rem;min-height:2.25rem;padding:.35rem .9rem;border:1px solid var(--accent);border-radius:7px;background:var(--accent);color:var(--on-accent);font:500 .95rem/1.2 var(--ui);text-decoration:none;cursor:pointer}
.button.quiet,button.quiet{background:none;color:var(--accent)}
[hidden]{display:none!important}
@media (min-width:48rem){.quick{display:block}.site,.foot,main{padding-inline:max(2rem,(100% - 68rem)/2)}main{padding-block:2.25rem 4rem}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#000;--raised:#fff}.site nav,.quick,.foot,.subscribe,.paging,.aside,.skip,button,form{display:none!important}main{padding:0}}
`;
