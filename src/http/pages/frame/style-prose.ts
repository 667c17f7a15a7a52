/**
 * Style of an entry's own text: set for reading, in whatever script it is written.
 *
 * Emphasis is slanted only where the script has a slant; Chinese and Japanese have dots, Arabic a heavier stroke.
 */
export const styleProse = `
.entry{max-width:40rem;margin-inline:auto}
.entry header{margin-block-end:1.75rem}
.entry .meta{font-size:.95rem;margin-block:.6rem 0;gap:.15rem 1rem}
.entry .meta a{color:var(--accent);text-decoration:underline;text-decoration-thickness:1px}
.prose{font:1.125rem/1.7 var(--read);overflow-wrap:anywhere;hanging-punctuation:first allow-end;text-wrap:pretty;hyphens:auto;text-autospace:normal}
.prose>*+*{margin-block-start:1.1em}
.prose h1,.prose h2,.prose h3,.prose h4,.prose h5,.prose h6{font:600 1.2em/1.35 var(--read);margin-block:1.7em .5em;text-wrap:balance;hyphens:manual}
.prose h1,.prose h2{font-size:1.35em}
.prose li>p,.prose li+li{margin-block-start:.35em}
.prose ul,.prose ol{padding-inline-start:1.6em}
.prose blockquote{margin-inline:0;padding-inline-start:1.1em;border-inline-start:3px solid var(--accent);color:var(--soft)}
.prose img,.prose video{display:block;height:auto;margin-inline:auto;border-radius:6px;background:var(--raised)}
.entry img.broken{display:none}
.prose p img{display:inline-block;vertical-align:middle}
.prose figure{margin-block:1.6em}
.prose figcaption,.entry figcaption{font:.875rem/1.5 var(--ui);color:var(--soft);margin-block-start:.5em}
.prose pre{overflow-x:auto;padding:.9em 1.1em;border-radius:8px;background:var(--raised);font:.85rem/1.55 var(--mono);direction:ltr;text-align:left;hyphens:none;tab-size:4}
.prose code,.prose kbd,.prose samp{font:.88em var(--mono);unicode-bidi:isolate;direction:ltr;hyphens:none}
.prose :not(pre)>code{background:var(--raised);padding:.1em .3em;border-radius:4px}
.prose table{display:block;overflow-x:auto;width:max-content;max-width:100%;font:.92rem/1.5 var(--ui);hyphens:none}
.prose hr{border:0;border-block-start:1px solid var(--line);margin-block:2em}
.prose iframe{width:100%;aspect-ratio:16/9;height:auto;border:0;border-radius:6px}
.prose dd{margin-inline-start:1.6em}
.prose sup,.prose sub{line-height:0}
.prose ruby rt{font-size:.55em}
.prose:lang(zh),.prose:lang(ja),.prose:lang(ko){line-height:1.85;hyphens:none;line-break:strict;text-spacing-trim:trim-start}
.prose:lang(zh) em,.prose:lang(zh) i,.prose:lang(ja) em,.prose:lang(ja) i{font-style:normal}
.prose:lang(zh) em,.prose:lang(ja) em{text-emphasis:filled dot}
.prose:lang(zh) em{text-emphasis-position:under right}
.prose:lang(ar),.prose:lang(fa){font-size:1.25rem;line-height:1.95}
.prose:lang(ur){font-size:1.25rem;line-height:2.3}
.prose:lang(he){line-height:1.75}
.prose:lang(hi),.prose:lang(bn),.prose:lang(th),.prose:lang(my){line-height:1.9}
.prose[dir=rtl] em,.prose[dir=rtl] i{font-style:normal;font-weight:600}
.lead-image{margin-block-end:1.5rem}
.lead-image img{display:block;width:100%;height:auto;border-radius:8px;background:var(--raised)}
.files{margin-block-start:2rem;padding:0;list-style:none;display:grid;gap:.9rem}
.files audio,.files video{display:block;width:100%;margin-block-end:.3rem}
.entry footer{margin-block-start:2.25rem;padding-block-start:1.1rem;border-block-start:1px solid var(--line);font-size:.95rem}
.entry footer p{margin-block-start:.6rem}
.entry .rights{color:var(--soft);font-size:.875rem}
.links{display:flex;flex-wrap:wrap;gap:.6rem;margin-block-end:1rem}
@media print{.prose{font-size:11pt}.prose a[href^=http]::after{content:" (" attr(href) ")";font-size:.8em;color:#555;overflow-wrap:anywhere}.links,.files{display:none}}
`;
