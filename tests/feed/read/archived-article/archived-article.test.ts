import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEntryId } from '../../../../src/domain/entry.ts';
import { toSourceId } from '../../../../src/domain/source.ts';
import {
  type ArchivedArticle,
  readArchivedArticle,
} from '../../../../src/feed/read/archived-article/archived-article.ts';
import { indexArticles } from '../../../../src/feed/read/archived-article/links.ts';
import { expectFailure, expectOk, givenInstant, givenUrl } from '../../../support/given.ts';
import { leastProcessorMs } from '../../../support/processor-time.ts';

const stamp = Date.parse('2024-05-02T10:00:00Z');
const dateBlock = '<div><i><br>2024-05-01T08:30:00.500Z</i></div>';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function seedOf(body: string, title = '[A title](https://www.site.example/path/a-1001)'): string {
  return `<!--${stamp}-->\n${title}\n------\n\n${body}\n`;
}

function read(text: string, path = 'x.md'): ArchivedArticle {
  return expectOk(readArchivedArticle(bytesOf(text), path));
}

function markupOf(body: string): string {
  return read(seedOf(body)).entry.content?.markup ?? '';
}

function failureOf(bytes: Uint8Array): { line: number; reason: string } {
  const { line, reason } = expectFailure(readArchivedArticle(bytes, 'x.md'));
  return { line, reason };
}

describe('an archived article', () => {
  const article = read(
    seedOf(
      `<!--tags: Upland, springs -->\n${dateBlock}<p>First sentence of it. Second one.</p><p><em>© 2024 Site</em></p>`,
      '[A title](https://www.site.example/zh/x/a-1001)',
    ),
    'water/rivers/x.md',
  );

  it('is an entry known by its permalink, scoped to its site', () => {
    expect(article.site).toBe('https://www.site.example/');
    expect(article.sourceId).toBe(toSourceId(givenUrl('https://www.site.example/')));
    expect(article.entry).toMatchObject({
      id: toEntryId(article.sourceId, 'https://www.site.example/zh/x/a-1001'),
      guid: 'https://www.site.example/zh/x/a-1001',
      url: 'https://www.site.example/zh/x/a-1001',
      title: 'A title',
      language: 'zh',
      rights: '© 2024 Site',
      summary: 'First sentence of it. Second one.',
    });
  });

  it('is published at its date block and updated when it was archived', () => {
    expect(article.entry.published).toBe(givenInstant('2024-05-01T08:30:00.500Z'));
    expect(article.entry.updated).toBe(stamp);
    expect(article.archivedAt).toBe(stamp);
  });

  it('is labelled by folders, site and tags line', () => {
    expect(article.labels).toEqual(['water', 'rivers', 'site.example', 'Upland', 'springs']);
  });

  it('keeps the copyright line and loses the date block and comments', () => {
    expect(article.entry.content).toEqual({
      markup: '<p>First sentence of it. Second one.</p><p><em>© 2024 Site</em></p>',
      base: 'https://www.site.example/zh/x/a-1001',
    });
  });

  it('without a date block is published when it was archived, and not updated', () => {
    const { entry } = read(seedOf('<p>Words.</p>'));
    expect(entry.published).toBe(stamp);
    expect(entry).not.toHaveProperty('updated');
  });

  it('with a date long after its stamp is published at the stamp, is not updated, and says so', () => {
    const { entry, defects } = read(seedOf('<div><i>2024-06-01</i></div><p>Words.</p>'));
    expect(entry.published).toBe(stamp);
    expect(entry).not.toHaveProperty('updated');
    expect(defects.map((defect) => defect.kind)).toEqual(['published-after-archived']);
  });

  it('is the same entry with and without tracking parameters', () => {
    const tracked = read(seedOf('<p>Words.</p>', '[T](https://www.site.example/x?id=1&utm_source=rss#top)'));
    const plain = read(seedOf('<p>Words.</p>', '[T](https://www.site.example/x?id=1#top)'));
    expect(tracked.entry).toEqual(plain.entry);
    expect(plain.entry.url).toBe('https://www.site.example/x?id=1#top');
  });

  it('declares no language when its path names none', () => {
    expect(read(seedOf('<p>Words.</p>')).entry).not.toHaveProperty('language');
  });
});

describe('a file is forgiven', () => {
  const plain = read(seedOf(`${dateBlock}<p>Words here.</p>`)).entry;

  it.each([
    ['CRLF line ends', seedOf(`${dateBlock}<p>Words here.</p>`).replaceAll('\n', '\r\n')],
    ['lone CR line ends', seedOf(`${dateBlock}<p>Words here.</p>`).replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${seedOf(`${dateBlock}<p>Words here.</p>`)}`],
    ['blank lines above', `\n\n${seedOf(`${dateBlock}<p>Words here.</p>`)}`],
    ['no blank line below the rule', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------\n\n', '------\n')],
    ['a long rule', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------', '-'.repeat(80))],
    ['a short rule', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------', '-')],
    ['a Setext rule of equals signs', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------', '======')],
    ['a spaced rule', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------', '* * *')],
    ['no rule', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------\n\n', '')],
    ['a rule with the body on its line', seedOf(`${dateBlock}<p>Words here.</p>`).replace('------\n\n', '------')],
    ['a heading mark', seedOf(`${dateBlock}<p>Words here.</p>`).replace('[A', '# [A')],
    ['spaces in the stamp', seedOf(`${dateBlock}<p>Words here.</p>`).replace(`${stamp}`, ` ${stamp} `)],
    ['the title on the line of the stamp', seedOf(`${dateBlock}<p>Words here.</p>`).replace('-->\n', '-->')],
    ['tags above the stamp', `<!--tags: a-->\n${seedOf(`${dateBlock}<p>Words here.</p>`)}`],
    ['a title over two lines', seedOf(`${dateBlock}<p>Words here.</p>`).replace('A title', 'A\ntitle')],
    ['a body that closes itself', seedOf(`</body></html>${dateBlock}<p>Words here.</p>`)],
  ])('%s', (_, text) => {
    expect(read(text).entry).toEqual(plain);
  });

  it('a stamp in seconds, with a defect', () => {
    const { archivedAt, defects } = read('<!--1714644000-->\n[T](https://a.example/)\n---\n<p>Words.</p>');
    expect(archivedAt).toBe(1_714_644_000_000);
    expect(defects).toMatchObject([{ kind: 'odd-archive-stamp', line: 1 }]);
  });

  it('a body without markup, with a defect', () => {
    const { entry, defects } = read(seedOf('One line,\nstill one.\n\nAnother.'));
    expect(entry.content?.markup).toBe('<p>One line,\nstill one.</p>\n<p>Another.\n</p>');
    expect(defects.map((defect) => defect.kind)).toEqual(['body-without-markup']);
  });
});

describe('a file without a body is an entry with link and title, noted', () => {
  it.each([
    ['', 4],
    ['\n<p> </p><div><br>&nbsp;</div>', 5],
    [`\n${dateBlock}`, 5],
    ['<script>x</script><!-- y -->', 4],
  ])('%j', (body, line) => {
    const { entry, defects } = read(`<!--1714644000000-->\n[T](https://a.example/)\n---\n${body}`);
    expect(entry).toMatchObject({ title: 'T', url: 'https://a.example/', summary: '' });
    expect(entry).not.toHaveProperty('content');
    expect(defects).toEqual([expect.objectContaining({ kind: 'no-body', line })]);
  });
});

describe('a bad seed is named with line and reason', () => {
  it.each([
    ['[T](https://a.example/)\n---\n\n<p>x</p>', 1, 'there is no archive stamp'],
    ['\n\n<p>x</p>', 3, 'there is no archive stamp'],
    ['<!--yesterday-->\n[T](https://a.example/)', 1, 'the archive stamp is not a number'],
    ['<!--99999999999999999-->\n[T](https://a.example/)', 1, 'is no moment in time'],
    ['<!--1714644000000-->', 1, 'there is no title line'],
    ['<!--1714644000000-->\nT\n---\n<p>x</p>', 2, 'not a link'],
    ['<!--1714644000000-->\n\n[T]\n---\n<p>x</p>', 3, 'not a link'],
    ['<!--1714644000000-->\n[T](/relative)\n---\n<p>x</p>', 2, 'cannot be parsed as http(s): /relative'],
    ['<!--1714644000000-->\n[T](javascript:alert(1))\n---\n<p>x</p>', 2, 'cannot be parsed'],
    ['<!--1714644000000-->\n[T]()\n---\n<p>x</p>', 2, 'cannot be parsed'],
    ['', 1, 'the file is empty'],
    [' \n ', 1, 'the file is empty'],
  ])('%j', (text, line, reason) => {
    const failure = failureOf(bytesOf(text));
    expect(failure.line).toBe(line);
    expect(failure.reason).toContain(reason);
  });

  it('when it is not UTF-8, on the line of the first bad byte', () => {
    const bytes = Uint8Array.from([...bytesOf('<!--1-->\n[é](https://a.example/)\n'), 0x3c, 0xe9, 0x70, 0x0a]);
    expect(failureOf(bytes)).toEqual({ line: 3, reason: 'the file is not UTF-8' });
  });

  it('when it is UTF-16', () => {
    expect(failureOf(Uint8Array.from([0xff, 0xfe, 0x3c, 0])).reason).toContain('UTF-16');
  });

  it('when it is over 1 MB, and not at exactly 1 MB', () => {
    const text = seedOf('<p>x</p>');
    const exact = text + ' '.repeat(1_000_000 - text.length);
    expect(readArchivedArticle(bytesOf(exact), 'x.md').ok).toBe(true);
    expect(failureOf(bytesOf(`${exact} `)).reason).toContain('1 MB');
  });
});

function reference(number: string, host = 'api.site.example'): string {
  return `<p>A <a href="https://${host}/api/detail/article/${number}" rel="ArticleRef">linked <b>word</b></a>.</p>`;
}

describe('links into the API of the site', () => {
  const find = indexArticles([
    givenUrl('https://www.site.example/en/rain/a-2002'),
    givenUrl('https://other.example/a-3'),
  ]);

  function read(body: string): string | undefined {
    return expectOk(readArchivedArticle(bytesOf(seedOf(body)), 'x.md', find)).entry.content?.markup;
  }

  it('lead to the page of an archived article', () => {
    expect(read(reference('2002'))).toBe(
      '<p>A <a href="https://www.site.example/en/rain/a-2002">linked <b>word</b></a>.</p>',
    );
  });

  it('become text when the page is not known, or known only of another site', () => {
    expect(read(reference('9999'))).toBe('<p>A linked <b>word</b>.</p>');
    expect(read(reference('2002', 'api.elsewhere.example'))).toBe('<p>A linked <b>word</b>.</p>');
  });

  it('follow the rule of a site that has one', () => {
    expect(read(reference('64510432', 'api.dw.com'))).toContain('<a href="https://www.dw.com/a-64510432">');
  });

  it('are left alone when they lead to a page already', () => {
    const html = '<p><a href="https://www.site.example/x" rel="ArticleRef">x</a></p>';
    expect(read(html)).toBe('<p><a href="https://www.site.example/x">x</a></p>');
  });
});

describe('the body', () => {
  it.each([
    ['<p>a</p><p> </p><p>&nbsp;</p><p><br></p><p>\u200b</p><div><p></p></div><p>b</p>', '<p>a</p><p>b</p>'],
    ['<p>a</p><br><br/><p>b</p><br>', '<p>a</p><p>b</p>'],
    ['<p>a</p>loose <b>words</b><br><br>more<p>b</p>', '<p>a</p><p>loose <b>words</b></p><p>more</p><p>b</p>'],
    ['<p>a</p><style>p{}</style><template>t</template><!-- c -->', '<p>a</p>'],
    ['<pre>a\n\n<span> </span>b</pre>', '<pre>a\n\n<span> </span>b</pre>'],
    ['<p>a<b> </b>b</p>', '<p>a<b> </b>b</p>'],
    [
      '<table><tbody><tr><td></td><td>1</td></tr></tbody></table>',
      '<table><tbody><tr><td></td><td>1</td></tr></tbody></table>',
    ],
    ['<p><a href="/x?a=1&amp;lt;=2">l</a></p>', '<p><a href="/x?a=1&amp;lt;=2">l</a></p>'],
  ])('%s', (body, markup) => {
    expect(markupOf(body)).toBe(markup);
  });
});

it('never throws and always gives an entry or a line, for any bytes', () => {
  const pieces =
    '<!--1714644000000--> [T](https://a.example/x) \n ------ <p> </p> <div> </div> <i> <br> 2024-05-01T00:00:00Z <img_src=" ' +
    'https://images.weserv.nl/?url=b.example/c.jpg "> <small> </small> <a_href="https://api.a.example/article/123"_rel="ArticleRef"> ' +
    '</a> </body> <html> &nbsp; © <pre> <!-- --> <![CDATA[ ]( ) <script> <table><tr><td> <figure> <svg><p> <a<b> <br> \ud800';
  const anyPiece = fc.constantFrom(...pieces.split(' ').map((piece) => piece.replaceAll('_', ' ')));
  const anyText = fc.array(fc.oneof(anyPiece, fc.string({ maxLength: 8 })), { maxLength: 40 });
  fc.assert(
    fc.property(fc.boolean(), anyText, (headed, parts) => {
      const text = headed ? seedOf(parts.join('')) : parts.join('');
      const result = readArchivedArticle(bytesOf(text), 'a/b.md');
      if (!result.ok) return result.failure.line >= 1 && result.failure.reason !== '';
      const { entry } = result.value;
      expect(entry.summary.length).toBeLessThanOrEqual(280);
      expect(entry.summary.isWellFormed()).toBe(true);
      return entry.content?.markup !== '';
    }),
    { numRuns: 1500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      readArchivedArticle(bytes, 'x');
    }),
    { numRuns: 300 },
  );
});

it.each([
  '<div>',
  '<p> ',
  '<b>x',
  '](',
  '<!--',
  '<br>',
  '<img src=a>',
  '<img src=a><small>x',
  '<div class="figure"><img src=a>',
  '<div class="figure"><img src=a><p>x</p>',
  '<p class="caption">x',
  '<IMG SRC=a>',
  '---\na: b\n',
  '<blockquote>x<p>y',
  '<div><img src=a>',
  '<a href=//api.a.example/article/123 rel=ArticleRef>',
  'x<br>',
  '<table><tr><td>x',
  '<html',
  '&nbsp;',
  '<div class=related>x',
  '|<a href=/>Permalink</a><a href=//del.icio.us/post>x</a>',
  '<!--1--><!--tags:x-->',
])('reads 100 KB of %s in less than two seconds of processor time', (piece) => {
  const hostile = piece.repeat(Math.floor(100_000 / piece.length));
  const read = (): void => {
    readArchivedArticle(bytesOf(seedOf(hostile)), 'x.md');
    readArchivedArticle(bytesOf(`<!--1-->\n[${hostile}`), 'x.md');
    readArchivedArticle(bytesOf(hostile), 'x.md');
  };
  expect(leastProcessorMs(read, 2000)).toBeLessThan(2000);
});
