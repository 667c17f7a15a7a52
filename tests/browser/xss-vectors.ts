/**
 * Hostile markup made by combination: elements, event handlers, schemes, encodings, and shapes that change when parsed
 * twice. Every vector calls `hit()` when it runs.
 */

const payload = 'hit()';

const handlers = [
  'onerror',
  'onload',
  'onclick',
  'onfocus',
  'onmouseover',
  'onbegin',
  'ontoggle',
  'onstart',
  'onanimationstart',
  'onpointerenter',
  'oncanplay',
  'onpageshow',
  'onloadstart',
  'ontransitionend',
  'onbeforetoggle',
  'onwheel',
  'onscroll',
];

const carriers = [
  '<img src=x %>',
  '<svg %>',
  '<svg><image href=x %></svg>',
  '<body %>',
  '<video src=x %></video>',
  '<audio src=x %></audio>',
  '<video><source src=x %></video>',
  '<details open %><summary>x</summary></details>',
  '<input autofocus %>',
  '<select autofocus %></select>',
  '<textarea autofocus %></textarea>',
  '<marquee %>x</marquee>',
  '<iframe src=x %></iframe>',
  '<a href="#" id=x tabindex=1 autofocus %>x</a>',
  '<object data=x %></object>',
  '<embed src=x %>',
  '<style %></style>',
  '<math><mtext %>x</mtext></math>',
  '<table background=x %><td>x</table>',
  '<p tabindex=0 %>x',
  '<link rel=stylesheet href=x %>',
  '<div contenteditable %>x</div>',
  '<button popovertarget=x %>x</button>',
  '<svg><animate attributeName=x dur=1s %></svg>',
  '<picture><source srcset=x><img src=x %></picture>',
  '<x-custom %>x</x-custom>',
  '<image src=x %>',
  '<dialog open %>x</dialog>',
];

/** Spellings of an attribute: what stands before it, how it is quoted. */
const spellings: readonly ((handler: string) => string)[] = [
  (handler) => `${handler}=${payload}`,
  (handler) => `${handler.toUpperCase()}="${payload}"`,
  (handler) => `/${handler}='${payload}'`,
  (handler) => `x="y"${handler}=${payload}`,
  (handler) => `\n\t${handler}\n=\n"${payload}"`,
  (handler) => `title="'>" ${handler}=${payload}`,
  (handler) => `title=\`${handler}=${payload}`,
  (handler) => `${handler}=&#104;&#x69;t&lpar;&rpar;`,
  (handler) => `\u0000${handler}=${payload}`,
  (handler) => `x=\u000c${handler}=${payload}`,
];

const schemes = [
  'javascript:hit()',
  'JaVaScRiPt:hit()',
  'java\tscript:hit()',
  'java\nscript:hit()',
  '\u0001javascript:hit()',
  ' javascript:hit()',
  'javascript&colon;hit()',
  'java&Tab;script:hit()',
  '&#106;avascript:hit()',
  '&#x6A&#x61vascript:hit()',
  'javascript:/*--></title>*/hit()',
  'javascript://example.org/%0ahit()',
  'data:text/html,<script>parent.hit()</script>',
  'data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hit()"/>',
  'vbscript:hit()',
  'feed:javascript:hit()',
  'view-source:javascript:hit()',
  'blob:javascript:hit()',
  '//javascript:hit()',
  'javascript:hit()//https://example.org/',
  'jav&#x0D;ascript:hit()',
  'javascript\u00ad:hit()',
  '\ufeffjavascript:hit()',
  'https:javascript:hit()',
];

const sinks = [
  '<a href="%">x</a>',
  "<a href='%'>x</a>",
  '<a href=%>x</a>',
  '<a xlink:href="%">x</a>',
  '<svg><a href="%"><text y=9>x</text></a></svg>',
  '<svg><a xlink:href="%"><text y=9>x</text></a></svg>',
  '<math><maction href="%">x</maction></math>',
  '<iframe src="%"></iframe>',
  '<iframe srcdoc="%"></iframe>',
  '<img src="%">',
  '<img srcset="% 1x">',
  '<video poster="%" src="%"></video>',
  '<source src="%">',
  '<embed src="%">',
  '<object data="%"></object>',
  '<form action="%"><input type=submit></form>',
  '<button formaction="%">x</button>',
  '<base href="%"><a href=x>x</a>',
  '<meta http-equiv=refresh content="0;url=%">',
  '<link rel=stylesheet href="%">',
  '<script src="%"></script>',
  '<area href="%">',
  '<blockquote cite="%">x</blockquote>',
  '<svg><use href="%#x"/></svg>',
  '<svg><script href="%"></script></svg>',
  '<div style="background:url(%)">x</div>',
  '<style>@import "%";</style>',
  '<body background="%">',
  '<input type=image src="%">',
  '<svg><animate href=#a attributeName=href values="%"/><a id=a><text y=9>x</text></a></svg>',
  '<svg><set attributeName=href to="%"/></svg>',
  '<track src="%">',
  '<applet codebase="%">',
  '<isindex action="%">',
  '<bgsound src="%">',
];

const trigger = '<img src=x onerror=hit()>';

/** Shapes in which markup hides from one parser and shows itself to the next. */
const mutations = [
  '<noscript><p title="</noscript>%">',
  '<style><p title="</style>%">',
  '<title><p title="</title>%">',
  '<textarea><p title="</textarea>%">',
  '<xmp><p title="</xmp>%">',
  '<noembed><p title="</noembed>%">',
  '<noframes><p title="</noframes>%">',
  '<iframe><p title="</iframe>%">',
  '<plaintext><p title="</plaintext>%">',
  '<template><p title="</template>%">',
  '<select><p title="</select>%">',
  '<math><mtext><table><mglyph><style><!--</style>%--></style>',
  '<svg></p><style><a title="</style>%">',
  '<math><annotation-xml encoding="text/html"><style>%</style></annotation-xml></math>',
  '<svg><foreignObject><p>%</p></foreignObject></svg>',
  '<form><math><mtext></form><form><mglyph><style></math>%',
  '<svg><desc><table>%</table></desc></svg>',
  '<svg><style>%</style></svg>',
  '<math><style>%</style></math>',
  '<!--><p title="-->%">',
  '<!--->%-->',
  '<!-- --!>%-->',
  '<!--x--!>%',
  '<![CDATA[>%]]>',
  '<svg><![CDATA[%]]></svg>',
  '<svg><title><![CDATA[</title>%]]></svg>',
  '<?php >%?>',
  '<!DOCTYPE x [<!ENTITY y "%">]>',
  '</p/%',
  '<a/"">%',
  '<a title="`">%',
  '<b title=`%`>',
  '<table><td><svg><style><a title="</style>%">',
  '<a><table><a>%',
  '<p><svg><p>%',
  '<b><p><table><b>%',
  '<ul><table><li>%</table>',
  '<select><svg><style>%</style>',
  '<audio><source><svg>%',
  '<video><track><math>%',
  '<ruby><rt><svg>%',
  '<picture><source><template>%',
  '<div title="&lt;/div&gt;&quot;">%',
  '&lt;img src=x onerror=hit()&gt;',
  '&amp;lt;img src=x onerror=hit()&amp;gt;',
  '&#60;script&#62;hit()&#60;/script&#62;',
  '<scr<script>ipt>hit()</scr</script>ipt>',
  '<<script>hit()//<</script>',
  '<script/x>hit()</script>',
  '<script\u000c>hit()</script>',
  '<script>hit()',
  '<script>/*</script><script>*/hit()</script>',
  '<ScRiPt>hit()</sCrIpT >',
  '<svg><script>hit()</script></svg>',
  '<svg><script>hit&lpar;&rpar;</script></svg>',
  '<math><script>hit()</script></math>',
  '<img src="x` `<script>hit()</script>"` `>',
  '<img """>%">',
  '<img src=x:x onerror=hit()//',
  '<img/src=x/onerror=hit()>',
  '<img\nsrc=x\nonerror=hit()\n',
  '\u0000<\u0000img src=x onerror=hit()>',
  '<im\u0000g src=x onerror=hit()>',
  '\ufdd0img src=x onerror=hit()>',
  '&#xFDD0;img src=x onerror=hit()>',
  '<dropped />img src=x onerror=hit()><dropped>',
  '<a href="x"title="y"onclick=hit()>x</a>',
  '<iframe src="https://www.youtube.com/embed/x" srcdoc="%" onload=hit()></iframe>',
  '<iframe src="https://www.youtube.com.evil.example/embed/x" onload=hit()>',
  '<iframe src="https://www.youtube.com@evil.example/embed/x"></iframe>',
  '<iframe src="javascript:hit()//www.youtube.com/embed/"></iframe>',
];

/** Every vector, some 2,900 of them; deterministic. */
export function xssVectors(): readonly string[] {
  const vectors: string[] = [];
  for (const carrier of carriers) {
    for (const [index, handler] of handlers.entries()) {
      const spelling = spellings[(index + carrier.length) % spellings.length];
      if (spelling !== undefined) vectors.push(carrier.replace('%', spelling(handler)));
    }
    for (const spelling of spellings)
      vectors.push(carrier.replace('%', spelling('onerror')), carrier.replace('%', spelling('onload')));
  }
  for (const sink of sinks) for (const scheme of schemes) vectors.push(sink.replaceAll('%', () => scheme));
  for (const mutation of mutations) {
    vectors.push(mutation.replaceAll('%', () => trigger));
    vectors.push(
      mutation.replaceAll('%', () => '<svg onload=hit()>'),
      mutation.replaceAll('%', () => '<script>hit()</script>'),
    );
    for (const outer of mutations.slice(0, 12))
      vectors.push(outer.replaceAll('%', () => mutation.replaceAll('%', () => trigger)));
  }
  return vectors;
}
