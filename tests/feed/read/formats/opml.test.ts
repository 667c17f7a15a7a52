import { describe, expect, it } from 'vitest';
import { type OpmlList, readOpml } from '../../../../src/feed/read/formats/opml.ts';
import { expectFailure, expectOk, givenUrl } from '../../../support/given.ts';
import { leastProcessorMs } from '../../../support/processor-time.ts';

function documentOf(text: string | Uint8Array): Parameters<typeof readOpml>[0] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { bytes, url: givenUrl('https://tributary.example/opml') };
}

function read(text: string): OpmlList {
  return expectOk(readOpml(documentOf(text)));
}

function inBody(lines: string): OpmlList {
  return read(`<opml version="2.0"><head><title>Mine</title></head><body>${lines}</body></opml>`);
}

function readHostileLists(): void {
  inBody('<outline text="x">'.repeat(50_000));
  inBody(`<outline text="x">`.repeat(300) + '<outline xmlUrl="https://a.example/f"/>'.repeat(5_000));
}

describe('readOpml', () => {
  it('reports outlines that name a page to be scraped as not supported', () => {
    const list =
      '<opml version="2.0"><body><outline type="HTML+XPath" text="a" xmlUrl="https://a.example/"/></body></opml>';
    const bytes = new TextEncoder().encode(list);
    const { outlines, rejected } = expectOk(readOpml({ bytes, url: givenUrl('https://a.example/list.opml') }));
    expect([outlines, rejected]).toEqual([[], [{ line: 1, reason: 'feeds of the type HTML+XPath are not supported' }]]);
  });

  it('reads feeds with title, address, site, folders, categories and line', () => {
    const list = read(`<?xml version="1.0"?>
<opml version="2.0">
  <head><title>My &amp; your
    list</title></head>
  <body>
    <outline text="World">
      <outline text="Rivers &#8212; all">
        <outline type="rss" text="A" title="Feed A" xmlUrl="https://a.example/feed?x=1&amp;y=2" htmlUrl="https://a.example/"
          category="/news/water,daily"/>
      </outline>
    </outline>
    <outline text="B" xmlUrl="https://b.example/feed" enabled="false" fullText="TRUE" private="true" maxEntries="-3"
      deduplicate="false" secret="perhaps"></outline>
  </body>
</opml>`);
    expect(list).toEqual({
      title: 'My & your list',
      outlines: [
        {
          title: 'Feed A',
          url: 'https://a.example/feed?x=1&y=2',
          siteUrl: 'https://a.example/',
          categories: ['World', 'Rivers — all', 'news', 'water', 'daily'],
          flags: { enabled: true, fullText: false, maxEntries: 0 },
          line: 8,
        },
        {
          title: 'B',
          url: 'https://b.example/feed',
          categories: [],
          flags: { enabled: false, fullText: true, maxEntries: 0, isPrivate: true, keepsDuplicates: true },
          line: 12,
        },
      ],
      rejected: [],
    });
  });

  it('unites a feed that stands in two folders', () => {
    const feed = '<outline text="A" xmlUrl="https://a.example/f"/>';
    const list = inBody(`<outline text="x">${feed}</outline><outline text="y">${feed}</outline>`);
    expect(list.outlines).toHaveLength(1);
    expect(list.outlines[0]?.categories).toEqual(['x', 'y']);
  });

  it.each([
    ['upper-case names', '<OUTLINE TEXT="A" XMLURL="https://a.example/f"/>'],
    ['an unclosed outline', '<outline text="A" xmlUrl="https://a.example/f">'],
    ['a feed: address', '<outline text="A" xmlUrl="feed:https://a.example/f"/>'],
    ['a bare ampersand', '<outline text="A" title="" note="R&D" xmlUrl="https://a.example/f"/>'],
  ])('forgives %s', (_, line) => {
    expect(inBody(line).outlines).toMatchObject([{ title: 'A', url: 'https://a.example/f', categories: [] }]);
  });

  it('names the lines that are no feeds and reads the rest', () => {
    const list = inBody(`
<outline text="none"/>
<outline text="bad" xmlUrl="/relative"/>
<outline text="evil" xmlUrl="javascript:alert(1)"/>
<outline type="rss" text="empty"></outline>
<!-- <outline text="commented out"/>
--><outline text="empty folder"></outline>
<outline text="good" xmlUrl="https://a.example/f"/>`);
    expect(list.outlines.map((outline) => outline.line)).toEqual([8]);
    expect(list.rejected).toEqual([
      { line: 2, reason: '"none" has no xmlUrl' },
      { line: 3, reason: 'xmlUrl is not an http(s) URL: /relative' },
      { line: 4, reason: 'xmlUrl is not an http(s) URL: javascript:alert(1)' },
      { line: 5, reason: '"empty" has no xmlUrl' },
    ]);
  });

  it('reads an empty list', () => {
    expect(inBody('')).toEqual({ title: 'Mine', outlines: [], rejected: [] });
  });

  it('decodes what is not UTF-8', () => {
    const text =
      '<?xml version="1.0" encoding="iso-8859-1"?><opml><body><outline text="caf\u00e9" xmlUrl="https://a.example/"/></body></opml>';
    const list = expectOk(readOpml(documentOf(Uint8Array.from(text, (character) => character.charCodeAt(0)))));
    expect(list.outlines[0]?.title).toBe('café');
  });

  it.each([
    ['', 'empty-document'],
    ['  \n', 'empty-document'],
    ['<html><body><p>x</p></body></html>', 'not-a-feed'],
    ['{"version":"x"}', 'not-a-feed'],
  ])('refuses %j as %s', (text, kind) => {
    expect(expectFailure(readOpml(documentOf(text))).kind).toBe(kind);
  });

  it('takes less than a second for a deep or long hostile list', () => {
    expect(leastProcessorMs(readHostileLists, 1000)).toBeLessThan(1000);
  });
});
