/**
 * Archives and backups of former builds are opened by this one: every feed has the same entries, ids and dates.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

const archives = resolve(import.meta.dirname, '../fixtures/archives');
const seeds = 'tests/fixtures/archives/seeds';
const token = 'fixture-token-of-tests';

interface JsonFeed {
  readonly items: readonly Readonly<Record<string, string>>[];
  readonly next_url?: string;
}

/** Id, title, date_published, date_modified. */
type Item = readonly [string, string, string, string | null];

type Feeds = Readonly<Record<string, { readonly status: number; readonly items: readonly Item[] }>>;

function fixture(name: string): Buffer {
  return brotliDecompressSync(readFileSync(resolve(archives, name)));
}

const former = JSON.parse(fixture('25e2817.feeds.json.br').toString()) as Feeds;

async function readFeed(address: string): Promise<{ status: number; items: Item[]; next?: string }> {
  const response = await fetch(address);
  const feed: JsonFeed = JSON.parse(response.ok ? await response.text() : '{"items":[]}');
  const items = feed.items.map(
    (item): Item => [
      item['id'] ?? '',
      item['title'] ?? '',
      item['date_published'] ?? '',
      item['date_modified'] ?? null,
    ],
  );
  return { status: response.status, items, ...(feed.next_url === undefined ? {} : { next: feed.next_url }) };
}

/** All pages from one on, as a reader that follows `next_url` gets them. */
async function readPages(origin: string, path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page = await readFeed(origin + next);
    items.push(...page.items);
    next = page.next === undefined ? undefined : page.next.replace('https://feeds.example', '');
  }
  return items;
}

describe('an archive of 25e2817', () => {
  let product: Product;

  beforeAll(async () => {
    const settings = { ADMIN_TOKEN: token, SITE_URL: 'https://feeds.example' };
    product = await startProduct(settings, seeds, fixture('25e2817.sqlite.br'));
  }, 120_000);

  afterAll(() => product.close());

  it.each(Object.keys(former).filter((path) => path.startsWith('/')))(
    '%s has the same entries, ids and dates',
    async (path) => {
      const { status, items } = await readFeed(product.origin + path);
      expect({ status, items }).toEqual(former[path]);
    },
    60_000,
  );

  it('has nothing new, and the same order of everything', async () => {
    const all = await readPages(product.origin, '/feed.json?limit=200&since=1990-01-01');
    expect(all).toEqual(former['everything']?.items);
  }, 60_000);

  it('announces nothing as new after a round of refreshes', async () => {
    await product.fireCron();
    const all = await readPages(product.origin, '/feed.json?limit=200&since=1990-01-02');
    expect(all).toEqual(former['everything']?.items);
  }, 60_000);
});

describe('a backup of 25e2817', () => {
  it('is imported whole into an empty archive', async () => {
    const product = await startProduct({ ADMIN_TOKEN: token, SITE_URL: 'https://feeds.example' }, seeds);
    try {
      const response = await fetch(`${product.origin}/admin/api/import`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
        body: new Uint8Array(fixture('25e2817.backup.ndjson.br')),
      });
      expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
      const idsOf = (items: readonly Item[]): readonly string[] => items.map(([id]) => id).toSorted();
      // A slow import is published once before it is whole, and again soon after.
      const readIds = async (): Promise<readonly string[]> =>
        idsOf(await readPages(product.origin, '/feed.json?limit=200&since=1990-01-01'));
      await expect.poll(readIds, { timeout: 60_000, interval: 500 }).toEqual(idsOf(former['everything']?.items ?? []));
    } finally {
      await product.close();
    }
  }, 120_000);
});
