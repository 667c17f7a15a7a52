/**
 * Paging there and back: each page names the one before it and the one after it, in all formats.
 */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bindings } from '../../src/platform/bindings.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';
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

describe('paging', () => {
  it('goes forth and back over the same pages, to the first', async () => {
    for (const path of ['/rss.xml?limit=4', '/tags/paged/atom.xml?limit=5', '/feed.json?content=none&limit=7']) {
      const [first = '', ...further] = await walk(`${origin}${path}`, 'next');
      expect(further.length).toBeGreaterThan(2);
      const back = await walk(further.at(-1) ?? '', 'previous');
      const canonical = linksOf(await worker.fetch(first)).get('self');
      expect(back.toReversed()).toEqual([canonical, ...further]);
    }
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
