/**
 * Any view is a proper feed: random ones, in all formats, by the rules of the formats; each conditional, each a delta.
 */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { restoreSafeHtml } from '../../src/domain/html.ts';
import { feedFileNames, feedFormats } from '../../src/domain/view.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { type GivenArticle, givenSource, recordArticles } from '../support/archive-objects.ts';
import { findFaults } from '../support/feed-rules.ts';
import { givenInstant, givenUrl } from '../support/given.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';

const words = [
  'Straße',
  '中国 新闻',
  'c#',
  'a < b & c',
  '"quoted"',
  "it's",
  '한국의',
  '\u202ertl\u202c',
  'مرحبا',
  '🌊 wave',
];
const languages = ['de', 'zh-Hans', 'en', 'ko', 'ar', undefined];

/** Articles of every kind a feed can hold. */
function givenArticles(): readonly GivenArticle[] {
  return Array.from({ length: 120 }, (_, at) => {
    const word = words[at % words.length] ?? '';
    const language = languages[at % languages.length];
    return {
      name: `article ${at}`,
      title: at % 9 === 0 ? '' : `${word} ${at}`,
      at: new Date(Date.UTC(2026, 8, 1) - at * 7_000_000).toISOString(),
      guid: at % 4 === 0 ? `tag:${at} of no scheme` : `https://many.example/${at}`,
      url: givenUrl(`https://many.example/${at}?a=1&b=${encodeURIComponent(word)}`),
      summary: at % 5 === 0 ? '' : `About ${word}`,
      tags: [{ slug: at % 2 === 0 ? 'even' : '中国-新闻', label: at % 2 === 0 ? 'Even' : '中国 新闻' }],
      authors: at % 3 === 0 ? [] : [{ name: word }, { name: 'Ada', email: 'ada@many.example' }],
      categories: [{ term: word, scheme: 'https://many.example/terms' }],
      enclosures: at % 6 === 0 ? [{ url: givenUrl(`https://many.example/${at}.mp3`), type: 'audio/mpeg' }] : [],
      ...(at % 7 === 0
        ? {}
        : { content: restoreSafeHtml(`<p>${at}: <a href="https://x.example/?a&amp;b">]]&gt;</a></p>`) }),
      ...(at % 2 === 0 ? {} : { updated: givenInstant(Date.UTC(2026, 8, 2) - at * 7_000_000) }),
      ...(language === undefined ? {} : { language }),
    };
  });
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return worker.fetch(`${origin}${path}`, { headers });
}

beforeAll(async () => {
  await recordArticles(bindings, givenSource('many.example'), givenArticles());
  await (await get('/rss.xml')).text();
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
  await new Promise((resolve) => setTimeout(resolve, 1100));
}, 60_000);

const encoded = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values).map(encodeURIComponent);
const part = fc.oneof(
  encoded(['even', '中国-新闻', '-even', 'rivers,even']).map((value) => `tag=${value}`),
  encoded(['Ada', 'c#', '-Ada', '中国 新闻']).map((value) => `author=${value}`),
  encoded(['zh', 'de,en', 'und', '-ko']).map((value) => `lang=${value}`),
  encoded(['Straße', '中国', '"a < b"', '-wave', 'title:c#', 'no such word']).map((value) => `q=${value}`),
  encoded(['2026-08-20', '2026-08', '400d']).map((value) => `since=${value}`),
);
const places = [
  '',
  '',
  '/tags/even',
  `/tags/${encodeURIComponent('中国-新闻')}`,
  `/sources/${givenSource('many.example').id}`,
];
const view = fc
  .record({
    place: fc.constantFrom(...places),
    format: fc.constantFrom(...feedFormats),
    parts: fc.array(part, { maxLength: 2 }),
    limit: fc.constantFrom('', '', 'limit=1', 'limit=7', 'limit=200'),
    content: fc.constantFrom('', '', 'content=summary', 'content=none'),
  })
  .map(({ place, format, parts, limit, content }) => {
    const search = [...parts, limit, content].filter((text) => text !== '').join('&');
    return { format, path: `${place}/${feedFileNames[format]}${search === '' ? '' : `?${search}`}` };
  });

describe('a random view', () => {
  it('breaks no rule of its format that can be kept, and is conditional', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(view, async ({ format, path }) => {
        const response = await get(path);
        const document = await response.text();
        // Two bounds or groups may be too much for one query; that is said, not served.
        if (response.status === 400) return;
        asked += 1;
        expect(response.status).toBe(200);
        expect(findFaults(format, document)).toEqual([]);
        const again = await get(path, { 'If-None-Match': response.headers.get('ETag') ?? '' });
        expect(again.status).toBe(304);
      }),
      { numRuns: 260 },
    );
    expect(asked).toBeGreaterThanOrEqual(200);
  }, 120_000);
});

describe('deltas', () => {
  it('add up to the whole feed', async () => {
    const path = '/tags/even/feed.json?limit=200';
    const whole = await get(path);
    const { items } = await whole.json<{ items: { id: string }[] }>();
    const newest = Number.parseInt((whole.headers.get('ETag') ?? '').slice(1).split('-')[0] ?? '', 36);
    const seen = new Map<string, string>();
    // A reader that comes again after each few changes: what it is told since then, all together, is the feed.
    for (let sequence = newest - 1; sequence > -20; sequence -= 20) {
      const held = `"${Math.max(0, sequence).toString(36)}-0000000000000000"`;
      const delta = await get(path, { 'A-IM': 'feed', 'If-None-Match': held });
      expect(delta.status).toBe(226);
      const told = await delta.json<{ items: { id: string }[] }>();
      for (const item of told.items) {
        const text = JSON.stringify(item);
        expect(seen.get(item.id) ?? text).toBe(text);
        seen.set(item.id, text);
      }
    }
    expect(new Set(seen.values())).toEqual(new Set(items.map((item) => JSON.stringify(item))));
  });
});
