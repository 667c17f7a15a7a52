import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { freePort } from '../../scripts/bench/workerd.ts';
import { type Product, startProduct } from '../../scripts/product/product.ts';

/** From the recording of an entry until whoever follows the view has it. Milliseconds. */
const deliveredWithinMs = 5000;

interface SourceJson {
  readonly id: string;
  readonly push: { readonly status: string } | null;
}

async function start(folder: string, name: string): Promise<Product> {
  const port = await freePort();
  return startProduct({
    persistTo: join(folder, name),
    seedsDir: join(folder, 'no-seeds'),
    port,
    vars: { PRIVATE_HOSTS: '127.0.0.1', SITE_URL: `http://127.0.0.1:${port}`, HOST_PAUSE_MS: '0' },
  });
}

async function upload(product: Product, title: string, words: string): Promise<void> {
  const stamp = Date.now();
  const body = `<!--${stamp}-->\n[${title}](https://birds.river.org/${stamp}-${title.length})\n------\n\n<p>${words}</p>\n`;
  await product.administer('/entries?path=birds/a.md', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/markdown' },
  });
}

let asked = 0;

async function titlesOf({ origin }: Product, query = ''): Promise<readonly string[]> {
  asked += 1;
  const feed = await fetch(`${origin}/feed.json?${query}q=-neverwritten${asked}`);
  const { items } = await feed.json<{ items: readonly { title: string }[] }>();
  return items.map(({ title }) => title);
}

it('has an entry of a filtered view of another Tributary within five seconds', { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-two-'));
  const products: Product[] = [];
  try {
    for (const name of ['sends', 'follows']) products.push(await start(folder, name));
    const [sends, follows] = products as [Product, Product];
    await upload(sends, 'Before', 'A heron was here before anybody followed.');
    const view = `${sends.origin}/atom.xml?q=heron`;
    const added = await follows.administer('/sources', {
      method: 'POST',
      body: JSON.stringify({ url: view }),
      headers: { 'Content-Type': 'application/json' },
    });
    const { id } = JSON.parse(added) as SourceJson;
    await vi.waitFor(
      async () => {
        const source = JSON.parse(await follows.administer(`/sources/${id}`)) as SourceJson;
        expect(source.push?.status).toBe('active');
      },
      { timeout: 60_000, interval: 250 },
    );
    await upload(sends, 'Other', 'A duck.');
    await upload(sends, 'Wanted', 'A heron at the bank.');
    const recordedAt = Date.now();
    await vi.waitFor(async () => expect(await titlesOf(follows)).toContain('Wanted'), {
      timeout: 60_000,
      interval: 100,
    });
    expect(Date.now() - recordedAt).toBeLessThan(deliveredWithinMs);
    expect((await titlesOf(follows)).toSorted()).toEqual(['Before', 'Wanted']);
    expect(follows.logged.refreshes).toBe(0);
    // A check finds nothing that the push did not bring, and nothing that differs from it.
    await follows.administer(`/sources/${id}/refresh?force=1`, { method: 'POST' });
    await vi.waitFor(() => expect(follows.logged.refreshes).toBe(1), { timeout: 30_000, interval: 100 });
    expect(follows.logged).toMatchObject({ added: 0, revised: 0, failed: 0 });
  } finally {
    for (const product of products) await product.kill();
    await rm(folder, { recursive: true, force: true });
  }
});
