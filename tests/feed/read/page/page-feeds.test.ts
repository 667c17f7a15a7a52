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
      'https://example.org/about/index.xml',
      'https://feeds.feedburner.com/x',
    ]);
  });

  it('are links whose query or words say so, and links for programs', () => {
    const html =
      '<a href="/?feed=rss2">a</a><a href="/index.php?format=feed&amp;type=rss">b</a><a href="/blog?format=rss">c</a>' +
      '<a href="/syndication/7">RSS feed</a><a href="/all"><img src="i.png" alt="RSS"></a><a href="itpc://example.org/pod">d</a>' +
      '<a href="/2026/rss-is-great">Why RSS is great</a><a href="/?feedback=rss">e</a><a href="feed:https://example.org/f">f</a>';
    expect(urls(html)).toEqual([
      'https://example.org/?feed=rss2',
      'https://example.org/index.php?format=feed&type=rss',
      'https://example.org/blog?format=rss',
      'https://example.org/syndication/7',
      'https://example.org/all',
      'https://example.org/pod',
      'https://example.org/f',
    ]);
  });

  it('are announced without a type, or by the relation that Blogger used, but not by an empty address or as the page itself', () => {
    const html =
      '<link rel="alternate" href="/rss.xml"><link rel="alternate" hreflang="de" href="/de/feed"><link rel="alternate" href="/print">' +
      '<link rel="service.feed" type="application/atom+xml" href="/s.xml"><link rel="alternate feed" type="text/html" href="/blog">' +
      '<link rel="alternate" type="application/rss+xml" href=""><!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->';
    expect(urls(html)).toEqual(['https://example.org/rss.xml', 'https://example.org/s.xml']);
  });

  it('are links that look like feeds before the comments, when it announces those only', () => {
    const html =
      '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><a href="/feed.xml">RSS</a>';
    expect(urls(html)).toEqual(['https://example.org/feed.xml', 'https://example.org/comments/feed']);
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
