import { describe, expect, it } from 'vitest';
import { discoverFeeds, guessFeeds } from '../../../../src/feed/read/page/page-feeds.ts';
import { givenUrl } from '../../../support/given.ts';

const url = givenUrl('https://example.org/blog/');
const discover = (html: string) => discoverFeeds({ bytes: new TextEncoder().encode(html), url });
const urls = (html: string) => discover(html).map((feed) => feed.url);

describe('feeds of a page', () => {
  it('are those it announces, with title and type', () => {
    const html =
      '<link rel="alternate" type="application/rss+xml" title=" All  posts " href="feed/">' +
      '<LINK REL="ALTERNATE home" TYPE="application/atom+xml; charset=utf-8" HREF="/atom.xml">' +
      '<link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">';
    expect(discover(html)).toEqual([
      { url: 'https://example.org/blog/feed/', title: 'All posts', type: 'application/rss+xml' },
      { url: 'https://example.org/atom.xml', type: 'application/atom+xml' },
      { url: 'https://cdn.example/feed.json', type: 'application/feed+json' },
    ]);
  });

  it('resolve against the base the page declares', () => {
    const html = '<base href="/news/"><link rel="alternate" type="application/rss+xml" href="rss">';
    expect(urls(html)).toEqual(['https://example.org/news/rss']);
  });

  it('do not include other languages, style sheets, or an API', () => {
    const html =
      '<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate stylesheet" type="text/xml" href="/s.xml">' +
      '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">' +
      '<link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" type="application/rss+xml" href="/feed">';
    expect(urls(html)).toEqual(['https://example.org/feed']);
  });

  it('come once each, those of comments last', () => {
    const html =
      '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">' +
      '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="feed" href="/feed">';
    expect(urls(html)).toEqual(['https://example.org/feed', 'https://example.org/comments/feed']);
  });

  it('are links that look like feeds when it announces none', () => {
    const html =
      '<a href="/feedback">a</a><a href="/rss.xml">b</a><a href="/feeds/">c</a><a href="https://feeds.feedburner.com/x">d</a>' +
      '<a href="/about/index.xml">e</a><a href="/brass">f</a><a href="javascript:feed">g</a><a href="mailto:rss@example.org">h</a>';
    expect(urls(html)).toEqual([
      'https://example.org/rss.xml',
      'https://example.org/feeds/',
      'https://feeds.feedburner.com/x',
      'https://example.org/about/index.xml',
    ]);
  });

  it('are none in a page without any', () => {
    expect(discover('')).toEqual([]);
    expect(discover('<p>a</p>')).toEqual([]);
  });

  it('stay few when a page announces a thousand', () => {
    const html = Array.from(
      { length: 1000 },
      (_, index) => `<link rel=alternate type=application/rss+xml href=/${index}>`,
    );
    expect(discover(html.join('')).length).toBe(50);
  });

  it('may be at usual places: below the path of the page first, then at the root of its site', () => {
    const guesses = guessFeeds(givenUrl('https://example.org/blog'));
    expect(guesses.slice(0, 2)).toEqual(['https://example.org/blog/feed', 'https://example.org/blog/rss.xml']);
    expect(guesses[5]).toBe('https://example.org/feed');
    expect(guessFeeds(givenUrl('https://example.org/~ann/notes/1.html'))[0]).toBe(
      'https://example.org/~ann/notes/feed',
    );
    expect(guesses.filter((guess) => guess.includes('/other'))).toEqual([]);
    expect(guessFeeds(givenUrl('https://example.org/'))[0]).toBe('https://example.org/feed');
    for (const guess of guesses) expect(new URL(guess).origin).toBe('https://example.org');
  });
});
