import { describe, expect, it } from 'vitest';
import { readArchivedBody } from '../../../../src/feed/read/archived-article/archived-body.ts';
import { languageOfPath } from '../../../../src/feed/read/archived-article/language.ts';
import { givenUrl } from '../../../support/given.ts';
import { givenBody } from './given-body.ts';

function read(markup: string): ReturnType<typeof readArchivedBody> {
  return readArchivedBody(markup, givenBody('https://a.example/x'));
}

describe('the summary', () => {
  it.each([
    ['<p>One. Two. Three.</p>', 'One. Two.'],
    ['<p>第一句话在这里说。第二句也在这里。第三句。</p>', '第一句话在这里说。第二句也在这里。'],
    [
      '<p>Only one long enough sentence to stand for the whole article here.</p><p>Next.</p>',
      'Only one long enough sentence to stand for the whole article here.',
    ],
    ['<p>Short one.</p><p>What it is about.</p>', 'Short one. What it is about.'],
    ['<p>Line<br>broken. And<b>bold</b>.</p>', 'Line broken. Andbold.'],
    ['<div><p>Wrapped words are found.</p></div>', 'Wrapped words are found. '.trim()],
    ['<p>no full stop</p>', 'no full stop'],
    [
      '<p>Am 2. Mai kam Dr. Rohr, z. B. mit dem Boot. Es regnete. Drei.</p>',
      'Am 2. Mai kam Dr. Rohr, z. B. mit dem Boot. Es regnete.',
    ],
    ['<p>静かな川がここにはある。1997年に始まった。次。</p>', '静かな川がここにはある。1997年に始まった。'],
    ['<p>短い。</p><p>次の段落。</p>', '短い。次の段落。'],
  ])('of %s', (markup, summary) => {
    expect(read(markup).summary).toBe(summary);
  });

  it.each([
    ['a caption', '<img src="/a.jpg"><div><small>A weir in May.</small></div>'],
    ['a lone caption', '<div><small>A weir in May.</small></div>'],
    ['a heading', '<h2>Heading here.</h2>'],
    ['a bold line', '<p><strong>A heading in disguise</strong></p>'],
    ['a date', '<p>2024-01-01</p>'],
    ['a credit', '<p>（综合报道）</p>'],
    ['a photo credit', '<p>Foto: Ada Reed, Wasserarchiv der Stadt.</p>'],
    ['a byline', '<p>Ada Reed, Riverside</p>'],
    ['a copyright line', '<p>© 2024 Somebody. All of it.</p>'],
    ['a table', '<table><tr><td><p>Cell text is here.</p></td></tr></table>'],
    ['code', '<pre>code. more code.</pre>'],
    ['a list', '<ul><li>An item of it.</li></ul>'],
    ['a quotation', '<blockquote><p>Quoted words of wisdom.</p></blockquote>'],
  ])('is not %s', (_, markup) => {
    expect(read(`${markup}<p>The real first sentence.</p>`).summary).toBe('The real first sentence.');
  });

  it.each([
    'https://a.example/x',
    '2024-05-02 10:00',
    '02/05/2024 - 10:00',
    '2024年5月2日 10:00',
    'Thu, 02 May 2024 10:00:00 GMT',
  ])('does not begin with %s', (leadIn) => {
    const summary = 'The river rose by a hand in one night.';
    expect(read(`<p>${leadIn} ${summary}</p>`).summary).toBe(summary);
    expect(read(`<p>${leadIn}</p><p>${summary}</p>`).summary).toBe(summary);
  });

  it('keeps a date that is a part of its sentence', () => {
    expect(read('<p>2024年5月2日，河水涨了一尺，全镇的人都来看。</p>').summary).toMatch(/^2024年/);
  });

  it('is a quotation when there is nothing else', () => {
    expect(read('<blockquote><p>Quoted words of wisdom.</p></blockquote>').summary).toBe('Quoted words of wisdom.');
  });

  it('leaves out a second sentence that does not fit', () => {
    const one = `Water ${'word '.repeat(30)}end.`;
    expect(read(`<p>${one} ${one}</p>`).summary).toBe(one);
  });

  it('cuts one endless sentence at a word', () => {
    const { summary } = read(`<p>${'river '.repeat(100)}</p>`);
    expect(summary).toMatch(/^(?:river )+river…$/);
    expect(summary.length).toBeGreaterThan(270);
    expect(summary.length).toBeLessThanOrEqual(280);
  });

  it.each([['👩‍👩‍👧‍👦'], ['e\u0301\u0323'], ['𠮷'], ['नि'], ['🇩🇪']])('never cuts inside %s', (character) => {
    const { summary } = read(`<p>${character.repeat(200)}</p>`);
    expect(summary.length).toBeLessThanOrEqual(280);
    expect(summary.slice(0, -1)).toBe(character.repeat((summary.length - 1) / character.length));
  });
});

describe('the rights', () => {
  it.each([
    ['<p>x</p><p><em>© 2024 Site. No copying.</em></p>', '© 2024 Site. No copying.'],
    ['<p>x</p><p>Copyright 2024 Site</p><p>（综合报道）</p>', 'Copyright 2024 Site'],
    ['<p>x</p><p>版权声明：本文受保护。</p>', '版权声明：本文受保护。'],
    ['<p>x</p><p>Text: CC BY 4.0, © Ada Reed</p>', 'Text: CC BY 4.0, © Ada Reed'],
    ['<p>x</p><div>جميع الحقوق محفوظة</div>', 'جميع الحقوق محفوظة'],
  ])('of %s', (markup, rights) => {
    expect(read(markup).rights).toBe(rights);
    expect(read(markup).markup).toContain(rights.slice(0, 8));
  });

  it.each([
    '<p>Copyright law came late. It is long.</p><p>a</p><p>b</p><p>c</p><p>d</p>',
    `<p>© ${'essay '.repeat(200)}</p>`,
    '<p>x</p>',
  ])('are not found in %.40s', (markup) => {
    expect(read(markup)).not.toHaveProperty('rights');
  });
});

describe('languageOfPath', () => {
  it.each([
    ['https://a.example/zh/x', 'zh'],
    ['https://a.example/pt-br/x', 'pt-BR'],
    ['https://a.example/ZH_Hant/x', 'zh-Hant'],
    ['https://a.example/de', 'de'],
    ['https://a.example/id/berita/a-1', 'id'],
  ])('%s is %s', (url, language) => {
    expect(languageOfPath(givenUrl(url))).toBe(language);
  });

  it.each(['/id/123', '/tv/x', '/x/de/y', '/', '/to/x', '/deutsch/x', '/de-utsch/x'])('%s is none', (path) => {
    expect(languageOfPath(givenUrl(`https://a.example${path}`))).toBeUndefined();
  });
});
