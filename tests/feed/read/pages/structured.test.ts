import { describe, expect, it } from 'vitest';
import { renderRfc3339 } from '../../../../src/domain/instant.ts';
import { toSourceId } from '../../../../src/domain/source.ts';
import { normalizeFeed } from '../../../../src/feed/read/normalize-feed.ts';
import { readPageList } from '../../../../src/feed/read/page-list/read-page-list.ts';
import { expectFailure, expectOk, givenInstant, givenUrl } from '../../../support/given.ts';

const now = givenInstant('2026-11-27T12:00:00Z');
const url = givenUrl('https://places.example/blog/');

function read(body: string, head = '') {
  const text = `<!doctype html><html lang="en"><head><title>Marked</title>${head}</head><body>${body}</body></html>`;
  const document = { bytes: new TextEncoder().encode(text), url };
  const found = readPageList(document, undefined, now);
  if (!found.ok) return { format: expectFailure(found).kind, entries: [] };
  const { raw, format } = expectOk(found);
  const { feed } = normalizeFeed(raw, { sourceId: toSourceId(url), document });
  return {
    format,
    entries: feed.entries.map((entry) => [
      entry.title,
      entry.url,
      entry.published && renderRfc3339(entry.published),
      entry.authors[0]?.name,
      entry.content?.markup,
      entry.image,
    ]),
  };
}

function jsonLd(value: unknown): string {
  return `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
}

function posting(at: number, more: object = {}): object {
  return {
    '@type': 'BlogPosting',
    headline: `Posting ${at}`,
    url: `https://places.example/p/${at}`,
    datePublished: `2026-11-1${at}T08:00:00+01:00`,
    ...more,
  };
}

describe('a page that describes its entries in JSON-LD', () => {
  it('lists the postings of a blog', () => {
    const author = { '@type': 'Person', name: 'Ada Example' };
    const more = { author, description: 'Short &amp; good', image: { '@type': 'ImageObject', url: '/a.jpg' } };
    const blog = { '@context': 'https://schema.org', '@type': 'Blog', blogPost: [posting(2, more), posting(1)] };
    const { format, entries } = read('', jsonLd(blog));
    expect(format).toBe('page-json-ld');
    expect(entries).toEqual([
      [
        'Posting 2',
        'https://places.example/p/2',
        '2026-11-12T07:00:00Z',
        'Ada Example',
        'Short &amp; good',
        'https://places.example/a.jpg',
      ],
      ['Posting 1', 'https://places.example/p/1', '2026-11-11T07:00:00Z', undefined, undefined, undefined],
    ]);
  });

  it.each([
    ['a graph', { '@graph': [{ '@type': 'WebSite', url: 'https://places.example/' }, posting(2), posting(1)] }],
    [
      'a list of items',
      {
        '@type': 'ItemList',
        itemListElement: [2, 1].map((at) => ({ '@type': 'ListItem', position: at, item: posting(at) })),
      },
    ],
    [
      'a list of addresses',
      {
        '@type': 'ItemList',
        itemListElement: [2, 1].map((at) => ({ '@type': 'ListItem', name: `Posting ${at}`, url: `/p/${at}` })),
      },
    ],
    [
      'a collection',
      { '@type': 'CollectionPage', mainEntity: { '@type': 'ItemList', itemListElement: [posting(2), posting(1)] } },
    ],
    ['a list of news', [posting(2, { '@type': ['NewsArticle', 'Article'] }), posting(1, { '@type': 'NewsArticle' })]],
    ['a blog of one', { '@type': 'Blog', blogPosts: [posting(2)] }],
  ])('is read from %s', (_, value) => {
    expect(
      read('', jsonLd(value))
        .entries.map(([title]) => title)
        .slice(0, 1),
    ).toEqual(['Posting 2']);
  });

  it.each([
    ['one article, which is the page itself', posting(1)],
    [
      'bread crumbs',
      {
        '@type': 'BreadcrumbList',
        itemListElement: [1, 2].map((at) => ({ '@type': 'ListItem', name: `Level ${at}`, item: `/l/${at}` })),
      },
    ],
    ['an organisation', { '@type': 'Organization', name: 'Us', url: '/' }],
    ['what is no JSON', '{'],
  ])('is none with %s', (_, value) => {
    const head = typeof value === 'string' ? `<script type="application/ld+json">${value}</script>` : jsonLd(value);
    expect(read('<p>Text</p>', head).format).toBe('no-items');
  });
});

describe('a page that marks its entries', () => {
  it('is read by microformats', () => {
    const body = [2, 1]
      .map(
        (at) =>
          `<article class="h-entry"><a class="u-url" href="/n/${at}"><h2 class="p-name">Note ${at}</h2></a>` +
          `<time class="dt-published" datetime="2026-11-0${at}">then</time><span class="p-author">Ada</span>` +
          `<div class="e-content"><p>Said ${at}</p></div><img class="u-photo" src="/n${at}.png" alt=""></article>`,
      )
      .join('');
    expect(read(`<main class="h-feed">${body}</main>`)).toEqual({
      format: 'page-microformats',
      entries: [
        [
          'Note 2',
          'https://places.example/n/2',
          '2026-11-02T00:00:00Z',
          'Ada',
          '<p>Said 2</p>',
          'https://places.example/n2.png',
        ],
        [
          'Note 1',
          'https://places.example/n/1',
          '2026-11-01T00:00:00Z',
          'Ada',
          '<p>Said 1</p>',
          'https://places.example/n1.png',
        ],
      ],
    });
  });

  it('is read by the microformats of older themes', () => {
    const body = [2, 1]
      .map(
        (at) =>
          `<div class="post hentry"><h2 class="entry-title"><a href="/?p=${at}" rel="bookmark">Post ${at}</a></h2>` +
          `<abbr class="published" title="2026-10-0${at}T10:00:00Z">October</abbr><div class="entry-content"><p>Body</p></div></div>`,
      )
      .join('');
    const { entries } = read(body);
    expect(entries.map(([title, link, at]) => [title, link, at])).toEqual([
      ['Post 2', 'https://places.example/?p=2', '2026-10-02T10:00:00Z'],
      ['Post 1', 'https://places.example/?p=1', '2026-10-01T10:00:00Z'],
    ]);
  });

  it('is read by microdata', () => {
    const body = [2, 1]
      .map(
        (at) =>
          `<div itemscope itemtype="https://schema.org/BlogPosting"><meta itemprop="datePublished" content="2026-09-0${at}">` +
          `<h3 itemprop="headline"><a href="/m/${at}" itemprop="url">Item ${at}</a></h3>` +
          `<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada</b></span>` +
          `<p itemprop="description">About ${at}</p></div>`,
      )
      .join('');
    const { format, entries } = read(body);
    expect(format).toBe('page-microdata');
    expect(entries[0]).toEqual([
      'Item 2',
      'https://places.example/m/2',
      '2026-09-02T00:00:00Z',
      'Ada',
      'About 2',
      undefined,
    ]);
  });
});
