/**
 * Paging there and back: each page names the one before it and the one after it, in all formats.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { feedFormats } from '../../src/domain/view.ts';
import { createAnswers } from '../../src/platform/archive/answers/answer-query.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { createArchiveReader } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { everything } from '../../src/query/language/query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';
const now = Date.now() as Instant;
const source = givenSource('pages.example', { tags: [{ slug: 'paged', label: 'Paged' }] });

/** The links of a response, by relation. */
function linksOf(response: Response): ReadonlyMap<string, string> {
  const links = [...(response.headers.get('Link') ?? '').matchAll(/<([^>]*)>; rel="([^"]*)"/g)];
  return new Map(links.map(([, url = '', rel = '']) => [rel, url]));
}

async function walk(start: string, rel: 'next' | 'previous'): Promise<readonly string[]> {
  const pages = [start];
  for (let url: string | undefined = start; url !== undefined && pages.length < 50; ) {
    const response = await worker.fetch(url);
    await response.text();
    url = linksOf(response).get(rel);
    if (url !== undefined) pages.push(url);
  }
  return pages;
}

beforeAll(async () => {
  const articles = Array.from({ length: 23 }, (_, at) => ({
    name: `page ${at}`,
    at: new Date(Date.UTC(2026, 5, 1) + at * 3_600_000).toISOString(),
    tags: source.tags,
  }));
  await recordArticles(bindings, source, articles);
  await (await worker.fetch(`${origin}/rss.xml`)).text();
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
  await new Promise((resolve) => setTimeout(resolve, 1100));
}, 60_000);

async function foundAt(path: string): Promise<string | undefined> {
  const page = await (await worker.fetch(`${origin}${path}`)).text();
  return /id="found"[^>]*>([^<]*)/.exec(page)?.[1];
}

describe('a search page', () => {
  it('says how many entries there are beyond what it shows', async () => {
    expect(await foundAt('/search?q=page&limit=10&tag=paged')).toBe('23 entries');
    expect(await foundAt('/search?q=%22page+7%22&limit=10')).toBe('1 entry');
    const reader = createArchiveReader(bindings);
    const query = { ...everything, text: [{ anyOf: [{ in: 'both', text: 'page' }] }] } as const;
    expect(await reader.count(query, 5)).toEqual({ amount: 5, more: true });
    expect(await reader.count(query, 23)).toEqual({ amount: 23, more: false });
  });
});

describe('paging', () => {
  it('goes forth and back over the same pages, to the first', async () => {
    for (const path of [
      '/rss.xml?limit=4',
      '/tags/paged/atom.xml?limit=5',
      '/feed.json?content=none&limit=7',
      '/rss.xml?q=page&limit=6',
    ]) {
      const [first = '', ...further] = await walk(`${origin}${path}`, 'next');
      expect(further.length).toBeGreaterThan(2);
      const back = await walk(further.at(-1) ?? '', 'previous');
      const canonical = linksOf(await worker.fetch(first)).get('self');
      expect(back.toReversed()).toEqual([canonical, ...further]);
    }
  });

  it('goes back beyond what the window holds', async () => {
    await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, state) => {
      const archive = wakeArchive(state.storage);
      const answer = createAnswers(archive);
      const all = answer({ ...everything, limit: 200 }, 'rss', now).entries;
      const places = all.map(({ sortAt, id }) => ({ sortAt, id }));
      for (const format of feedFormats) {
        const [fifth, tenth, fifteenth] = [4, 9, 14].map((position) => places[position]);
        if (fifth === undefined || tenth === undefined || fifteenth === undefined) throw new Error('too few entries');
        const query = { ...everything, limit: 5 };
        expect(answer(query, format, now).previous).toBeUndefined();
        expect(answer({ ...query, before: fifth }, format, now).previous).toEqual({});
        expect(answer({ ...query, before: fifteenth }, format, now).previous).toEqual({ before: tenth });
      }
    });
  });

  it('says so in the documents too', async () => {
    const first = await worker.fetch(`${origin}/tags/paged/atom.xml?limit=5`);
    const next = linksOf(first).get('next') ?? '';
    await first.text();
    const atom = await (await worker.fetch(next)).text();
    expect(atom).toMatch(/<link rel="previous"[^>]* href="https:\/\/feeds\.example\/tags\/paged\/atom\.xml\?limit=5"/);
    const json = await worker.fetch(next.replace('atom.xml', 'feed.json'));
    const { _tributary: links } = await json.json<{ _tributary: Readonly<Record<string, string>> }>();
    expect(links['previous_url']).toBe(`${origin}/tags/paged/feed.json?limit=5`);
  });
});
