import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSafeHtml } from '../../../src/domain/html.ts';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';
import { toMarkdown } from '../../../src/http/programs/markdown/blocks.ts';
import { arbitraryMarkup } from '../../support/arbitrary-markup.ts';
import { givenUrl } from '../../support/given.ts';

function markdownOf(html: string): string {
  return toMarkdown(restoreSafeHtml(html));
}

describe('Markdown of content', () => {
  it.each([
    ['paragraphs', '<p>One</p><p>Two<br>lines</p>', 'One\n\nTwo\\\nlines'],
    ['text beside blocks', 'Before<p>In</p>after <em>all</em>', 'Before\n\nIn\n\nafter *all*'],
    ['headings', '<h2>A <em>title</em></h2><h3> </h3>', '## A *title*'],
    ['emphasis with blanks inside', '<p>a <b> bold </b>word</p>', 'a **bold** word'],
    ['emphasis beside Chinese', '<p>他说<strong>“水”</strong>是</p>', '他说<strong>“水”</strong>是'],
    ['emphasis of Chinese words', '<p>他说<strong>水</strong>是</p>', '他说**水**是'],
    ['emphasis side by side', '<p><b>a</b><b>b</b></p>', '**a**<strong>b</strong>'],
    [
      'links',
      '<p><a href="https://e.example/a_(b)?x=1 2">a [b]</a></p>',
      '[a \\[b\\]](https://e.example/a_%28b%29?x=1%202)',
    ],
    ['a link without words', '<p>a<a href="https://e.example/"> </a>b</p>', 'a b'],
    ['a link to a place of the text', '<p><a href="#user-content-note">note</a></p>', 'note'],
    [
      'pictures with a caption',
      '<figure><img src="https://e.example/a.png" alt="A *dam*"><figcaption>The dam</figcaption></figure>',
      '![A \\*dam\\*](https://e.example/a.png)\n\nThe dam',
    ],
    ['code', '<p>Run <code>a `b` c</code></p>', 'Run ``a `b` c``'],
    ['code blocks', '<pre><code>if (a &lt; b) {<br>  ```\n}\n</code></pre>', '````\nif (a < b) {\n  ```\n}\n````'],
    ['lists', '<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul>', '- a\n- b\n  - c'],
    ['numbered lists', '<ol start="9"><li>a</li><li>b</li></ol>', '9. a\n10. b'],
    ['items of paragraphs', '<ul><li><p>a</p><p>b</p></li><li>c</li></ul>', '- a\n\n  b\n\n- c'],
    ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    [
      'tables',
      '<table><thead><tr><th>Month</th><th>a|b</th></tr></thead><tbody><tr><td>May</td><td>1<br>2</td></tr></tbody></table>',
      '| Month | a\\|b |\n| --- | --- |\n| May | 1<br>2 |',
    ],
    [
      'cells that span',
      '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>',
      '|  |  |  |\n| --- | --- | --- |\n| a | b |  |\n|  | c | d |',
    ],
    ['tables that are layout', '<table><tr><td><p>a</p></td></tr><tr><td><h2>b</h2></td></tr></table>', 'a\n\n## b'],
    ['definitions', '<dl><dt>Word</dt><dd>Meaning</dd></dl>', '**Word**\n\nMeaning'],
    ['readings', '<p><ruby>水<rt>みず</rt></ruby></p>', '水(みず)'],
    ['recordings', '<audio src="https://e.example/talk.mp3?x"></audio>', '[talk.mp3](https://e.example/talk.mp3?x)'],
    [
      'marks in text',
      '<p>2 * 3 &lt;b&gt; _x_ snake_case [a] &amp;amp; ~</p>',
      '2 \\* 3 \\<b> \\_x\\_ snake_case \\[a\\] \\&amp; \\~',
    ],
    [
      'text like blocks',
      '<p># a</p><p>1. b</p><p>- c<br>+ d</p><p>#tag</p>',
      '\\# a\n\n1\\. b\n\n\\- c\\\n\\+ d\n\n#tag',
    ],
    ['Arabic', '<p>قال <em>الماء</em></p>', 'قال *الماء*'],
    ['nothing', '', ''],
  ])('keeps %s', (_, html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });

  it('keeps deep nesting short', () => {
    const deep = markdownOf(`${'<blockquote><ul><li>'.repeat(60)}deep${'</li></ul></blockquote>'.repeat(60)}`);
    expect(deep).toContain('deep');
    expect(deep.length).toBeLessThan(100);
  });

  it('never throws, whatever the sanitizer left', () => {
    assert(
      property(arbitraryMarkup, (markup) => {
        const safe = sanitizeHtml({ markup, base: givenUrl('https://e.example/') });
        expect(toMarkdown(safe)).not.toMatch(/<(?:script|img|iframe)/i);
      }),
      { numRuns: 100 },
    );
  });
});
