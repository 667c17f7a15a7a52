import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../src/feed/sanitize/plain-text.ts';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';
import { givenUrl } from '../../support/given.ts';
import { leastProcessorMs } from '../../support/processor-time.ts';

const base = givenUrl('https://example.org/');

/** Milliseconds of processor time for every 100 KB, whatever they are. */
const limitMs = 100;
const size = 200_000;

const fill = (piece: string, length = size) => piece.repeat(Math.ceil(length / piece.length));

const hostile: Readonly<Record<string, string>> = {
  'nested <b>': fill('<b>'),
  'a "<" and nothing else': fill('<'),
  'unclosed paragraphs': fill('<p>'),
  'unclosed list items': fill('<ul><li>'),
  'unclosed definitions': fill('<dl><dt>'),
  'unclosed headings': fill('<h1>'),
  'unclosed tables': fill('<table>'),
  'unclosed cells': `<table>${fill('<td>')}`,
  'nested tables': fill('<table><tr><td>'),
  'unclosed ruby': fill('<ruby><rt>'),
  'blocks in inline elements in paragraphs': fill('<p><b><div>'),
  'end tags of nothing': `${fill('<b>', size / 2)}${fill('</i>', size / 2)}`,
  'crossed tags': `${fill('<b><i>', size / 2)}${fill('</b></i>', size / 2)}`,
  'one tag with 20,000 attributes': `<a ${Array.from({ length: 20_000 }, (_, index) => `a${index}=1 `).join('')}href=x>`,
  'one tag of equal signs': `<a ${fill('= ')}`,
  'quotes that never close': fill('<a href="'),
  'comments that never close': fill('<!--'),
  'declarations that never close': fill('<!'),
  'CDATA sections that never close': fill('<![CDATA['),
  'end tags that never close': fill('</a'),
  'scripts that never close': fill('<script>'),
  'drawings that never close': `${fill('<svg>')}</svg>`,
  'drawings one after another': fill('<svg></svg>'),
  'text areas one after another': fill('<textarea></textarea>'),
  'frames one after another': fill('<iframe src="https://o.example/x"></iframe>'),
  'images in noscript': fill('<noscript><img src=a>'),
  'empty players': fill('<video></video>'),
  'players of one source': fill('<video><source src=a>'),
  'one endless srcset': `<img src=a srcset="${fill('a 1x,')}">`,
  'srcsets of commas': fill(`<img srcset="${fill(',', 16_000)}a">`),
  'styles of spaces': fill(`<img style="${fill('width : ', 400)}" src=a>`),
  'text in tables': `<table>${fill('a<tr>')}`,
  references: fill('&lt;'),
  'half references': fill('&amp'),
  'references to controls': fill('&#1;'),
  'unknown elements': fill('<x>'),
  links: fill('<a href=x>y'),
  images: fill('<img src=a>'),
  sounds: fill('<audio src=a></audio>'),
};

describe('the cost of hostile markup is linear and bounded', () => {
  it.each(Object.entries(hostile))('%s', (_, markup) => {
    const boundMs = limitMs * Math.max(1, markup.length / 100_000);
    expect(leastProcessorMs(() => toPlainText(sanitizeHtml({ markup, base })), boundMs)).toBeLessThan(boundMs);
  });

  it('overflows no stack on a million elements', () => {
    expect(toPlainText(sanitizeHtml({ markup: `${fill('<b>', 3_000_000)}x` }))).toBe('x');
  });
});
