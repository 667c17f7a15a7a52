/**
 * Markup such as no honest publisher writes: elements, attributes, end tags and pieces of syntax in any order.
 */
import * as fc from 'fast-check';

const elementNames = (
  'a abbr article audio b blockquote br caption center code dd del details div dl dt em figcaption figure font form h1 h2 hr ' +
  'dir i iframe img li main maction math menu mi mrow mtext noscript object ol p picture plaintext pre q rp rt ruby script section select source span ' +
  'strike style sub summary svg table tbody td template textarea tfoot th thead title tr track tt u ul video wbr x-y xmp'
).split(' ');
const attributes = [
  'href=/x',
  'href="javascript:a()"',
  "href='data:text/html,a'",
  'src=a.png',
  'src="https://www.youtube.com/embed/x"',
  'src=//o.org/p',
  'src="java&#10;script:a()"',
  'data-src=b.png',
  'srcset="a 1x, b 2x, javascript:a() 3x"',
  'poster=p',
  'cite=q',
  'width=1 height=1',
  'title="&quot;&lt;>"',
  "alt='\"><b'",
  'onclick=a()',
  'style="display:none"',
  'class=c id=d name=e',
  'controls autoplay',
  'lang=en dir=rtl',
  'datetime=2004',
  '/',
];
const texts = [
  'x',
  ' ',
  '<',
  '>',
  '&',
  '&lt;',
  '&#1;',
  '&#xFDD0;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '"',
  "'",
  '&amp;lt;',
  '\u0000',
  'é',
  '\ud800',
  '<3',
  '</',
  '<?',
  '&nbsp',
  '\ufdd0',
  '<dropped />',
];
const name = fc.constantFrom(...elementNames);
const startTag = fc
  .tuple(name, fc.array(fc.constantFrom(...attributes), { maxLength: 3 }))
  .map(([element, given]) => `<${[element, ...given].join(' ')}>`);
const piece = fc.oneof(
  { weight: 5, arbitrary: startTag },
  { weight: 3, arbitrary: name.map((element) => `</${element}>`) },
  { weight: 2, arbitrary: fc.constantFrom(...texts) },
);
/** Anything. */
export const arbitraryMarkup = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
