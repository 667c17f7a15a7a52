import { describe, expect, it } from 'vitest';
import { readWebPage } from '../../../../src/feed/read/page/web-page.ts';
import { expectFailure, expectOk, givenInstant, givenUrl } from '../../../support/given.ts';

const url = givenUrl('https://example.org/2024/flood.html');
const encoder = new TextEncoder();

function read(html: string, contentLanguage?: string) {
  return readWebPage({
    bytes: encoder.encode(html),
    url,
    contentType: 'text/html',
    ...(contentLanguage === undefined ? {} : { contentLanguage }),
  });
}

const sentence =
  'The river rose again last night, and the town, which had seen it all before, moved its chairs upstairs and waited.';
const story = `<p>${sentence}</p>`.repeat(5);
const chrome = (article: string, head = '') =>
  `<!doctype html><html><head><title>Flood on the river | The Paper</title>${head}</head><body>` +
  '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>' +
  `<article>${article}</article><aside>Buy our mug</aside><footer>All rights reserved</footer></body></html>`;

const jsonLd = (facts: unknown) => `<script type="application/ld+json">${JSON.stringify(facts)}</script>`;
const fill = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

describe('the article of a page', () => {
  it('is its text without what stands around it', () => {
    const { content } = expectOk(read(chrome(story)));
    expect(content.markup).toContain(sentence);
    expect(content.markup).not.toMatch(/Buy our mug|Home|All rights reserved/);
    expect(content.base).toBe(url);
  });

  it('has none of the boxes that the page, or the search for it, put around it', () => {
    const { content } = expectOk(read(chrome(`<div class="layout"><section>${story}</section></div>`)));
    expect(content.markup.trim()).toMatch(/^<p>.*<\/p>$/s);
    const { content: cited } = expectOk(read(chrome(`<blockquote>${story}</blockquote>`)));
    expect(cited.markup.trim()).toMatch(/^<blockquote>.*<\/blockquote>$/s);
  });

  it('has its addresses relative to the declared base', () => {
    const page = expectOk(read(chrome(`${story}<img src="a.jpg">`, '<base href="/media/">')));
    expect(page.content.base).toBe('https://example.org/media/');
  });

  it('is found in the element that says it is one when nothing else is', () => {
    const page = `<html><body><div itemprop="articleBody">${`${sentence} `.repeat(2)}</div></body></html>`;
    expect(expectOk(read(page)).content.markup).toContain(sentence);
  });

  it('is what the JSON-LD repeats when a script was to write it', () => {
    const body = JSON.stringify({ '@type': 'Article', articleBody: `${sentence} 1 < 2\n\n${sentence}` });
    const page = `<html><head><script type="application/ld+json">${body}</script></head><body><div id="app"></div></body></html>`;
    expect(expectOk(read(page)).content.markup).toBe(`<p>${sentence} 1 &lt; 2</p><p>${sentence}</p>`);
  });

  it.each([
    '',
    '<html></html>',
    '<p>Please accept our cookies.</p>',
    'not a page at all',
    '<?xml version="1.0"?><rss/>',
  ])('is missing from %j', (html) => {
    expect(expectFailure(read(html)).kind).toBe('no-article');
  });
});

describe('what a page says about its article', () => {
  it('is believed in JSON-LD first', () => {
    const facts = {
      '@graph': [
        { '@type': 'WebSite', name: 'The Paper' },
        {
          '@type': ['NewsArticle'],
          headline: 'Flood',
          author: [{ '@type': 'Person', name: 'Ann' }, { name: 'Ben' }],
          datePublished: '2024-03-01T10:00:00+01:00',
          dateModified: '2024-03-02',
          image: [{ url: '/i.jpg' }],
          inLanguage: 'en-GB',
        },
      ],
    };
    const meta = '<meta property="og:title" content="Other"><meta name="author" content="Nobody">';
    expect(expectOk(read(chrome(story, meta + jsonLd(facts))))).toMatchObject({
      title: 'Flood',
      author: 'Ann, Ben',
      published: givenInstant('2024-03-01T09:00:00Z'),
      updated: givenInstant('2024-03-02'),
      image: 'https://example.org/i.jpg',
      language: 'en-GB',
    });
  });

  it('is believed in Open Graph and meta next', () => {
    const head =
      '<meta property="og:title" content="Flood &amp; mud"><meta property="article:author" content="https://social.example/ann">' +
      '<meta name="author" content="Ann"><meta property="article:published_time" content="2024-03-01T10:00:00Z">' +
      '<meta property="og:image" content="//cdn.example/i.jpg"><meta property="og:locale" content="de_AT">';
    expect(expectOk(read(chrome(story, head)))).toMatchObject({
      title: 'Flood & mud',
      author: 'Ann',
      published: givenInstant('2024-03-01T10:00:00Z'),
      image: 'https://cdn.example/i.jpg',
      language: 'de-AT',
    });
  });

  it('is taken from the page itself when nothing is declared', () => {
    const page = expectOk(
      read(chrome(`<h1>The flood</h1><time datetime="2024-03-01T08:00Z">today</time>${story}`), 'fr'),
    );
    expect(page).toMatchObject({ title: 'The flood', published: givenInstant('2024-03-01T08:00:00Z'), language: 'fr' });
  });

  it('is the title up to the name of the site when there is no heading', () => {
    expect(expectOk(read(chrome(story))).title).toBe('Flood on the river');
  });

  it('includes its own address and its feeds', () => {
    const head =
      '<link rel="canonical" href="/2024/flood"><link rel="alternate" type="application/atom+xml" href="/atom.xml">';
    const page = expectOk(read(chrome(story, head)));
    expect(page.canonicalUrl).toBe('https://example.org/2024/flood');
    expect(page.feeds).toEqual(['https://example.org/atom.xml']);
  });

  it('is unknown when it is nonsense', () => {
    const head = `<meta name="date" content="soon"><meta property="og:locale" content="!">${jsonLd([1, null, 'x'])}<script type="application/ld+json">{</script>`;
    const page = expectOk(read(chrome(story, head)));
    expect(page).not.toHaveProperty('published');
    expect(page).not.toHaveProperty('language');
    expect(page).not.toHaveProperty('author');
  });
});

describe('hostile pages', () => {
  it.each([
    ['20,000 nested elements', fill('<b>', 60_000)],
    ['a million elements', fill('<div>', 5_000_000)],
    ['text that looks like tags', fill('< ', 1_000_000)],
    ['references', fill('&lt;', 1_000_000)],
    ['an unclosed quote', `<a title="${fill('<p>', 100_000)}`],
    ['deep JSON', `<script type="application/ld+json">${fill('[', 100_000)}${fill(']', 100_000)}</script>`],
  ])('cost little: %s', (_, body) => {
    const before = process.threadCpuUsage();
    const page = read(`<html><body>${body}<p>${sentence.repeat(3)}</p></body></html>`);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(4000);
    expect(page.ok || page.failure.kind === 'no-article').toBe(true);
  });
});
