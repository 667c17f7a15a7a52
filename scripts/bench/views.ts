/**
 * Views made for the first time, from the window and from the Archive, against selecting and rendering the same entries with
 * the `feed` package from JSON in KV on each request: from the JSON of all entries, as any view needs it, and from JSON that
 * holds just the entries of this one feed, as if there were no other view. Compared is the CPU time of a whole workerd per answer: unlike answers per second,
 * it does not depend on what else the machine does, nor on how fast the bench itself can read.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { RecordedEntry } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import { backupFormat } from '../../src/pipeline/backup-format.ts';
import type { BenchLine } from '../bench.ts';
import { currentSeedDigest, givenEntries, givenWindow } from './given-window.ts';
import { median, requestsPerSecond } from './load.ts';
import { type BenchWorker, cpuMs, type RunningWorkerd, startWorkerd } from './workerd.ts';
import { productWorker } from './workers.ts';

const connections = 4;

/** Entries of one feed, by default. */
const pageEntries = 50;

/** Runs both comparisons in alternating rounds. */
export async function benchViews(options: { rounds: number; durationMs: number }): Promise<readonly BenchLine[]> {
  const entries = givenEntries(1000, 4700);
  const { served, others } = productWorker(givenWindow(entries, await currentSeedDigest()));
  const bindings = `${served.bindings ?? ''}, (name = "ADMIN_TOKEN", text = "bench")`;
  const product = await startWorkerd({ ...served, bindings }, others);
  await fillArchive(product.port, entries);
  const ofAll = await renderingWorker(entries);
  const ofOne = await renderingWorker(entries.slice(0, pageEntries));
  const selecting = await startWorkerd(ofAll.worker, [ofAll.kv]);
  const rendering = await startWorkerd(ofOne.worker, [ofOne.kv]);
  let views = 0;
  // Each address is asked for once, so that nothing is remembered.
  const next = (address: string) => (): string => {
    views += 1;
    return `${address}since=${new Date(Date.UTC(1990, 0, 1) + views * 1000).toISOString()}`;
  };
  const costOf = async (running: RunningWorkerd, path: () => string): Promise<number> => {
    let asked = 0;
    const counted = (): string => {
      asked += 1;
      return path();
    };
    const before = cpuMs(running.pid);
    await requestsPerSecond({ port: running.port, path: counted, connections, durationMs: options.durationMs });
    return (cpuMs(running.pid) - before) / asked;
  };
  const window = next('/tags/river/rss.xml?');
  const archive = next('/rss.xml?q=schlick&');
  const kinds = {
    'view from the window': { bound: 10, path: window, rival: selecting },
    'view from the Archive, by a word in the text': { bound: 2, path: archive, rival: selecting },
    'view from the window, against JSON of just its entries': { bound: 2.5, path: window, rival: rendering },
  };
  const lines: BenchLine[] = [];
  for (const [what, { bound, path, rival }] of Object.entries(kinds)) {
    const ratios: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const rendered = await costOf(rival, () => '/rss.xml');
      const cost = await costOf(product, path);
      ratios.push(rendered / cost);
      costs.push(cost);
    }
    const ratio = median(ratios);
    const measured = `${ratio.toFixed(1)} x (${median(costs).toFixed(2)} ms CPU)`;
    lines.push({ what, measured, bound: `>= ${bound} x feed from JSON in KV`, holds: ratio >= bound });
  }
  await product.stop();
  await selecting.stop();
  await rendering.stop();
  return lines;
}

/** Restores the entries into the Archive as a backup would. */
async function fillArchive(port: number, entries: readonly RecordedEntry<SafeHtml>[]): Promise<void> {
  const records = entries.map(({ origin, tags, firstSeen, sortAt, modified, sequence, ...entry }) => ({
    kind: 'entry',
    id: entry.id,
    sourceId: origin.sourceId,
    entry,
    guid: entry.guid,
    tags,
    sortAt,
    firstSeen,
    modified,
    sequence,
    revision: 1,
    contentHash: entry.id,
    revisions: [],
  }));
  const lines = [
    { kind: 'tributary-backup', format: backupFormat },
    ...records,
    { kind: 'end', records: records.length },
  ];
  const response = await fetch(`http://127.0.0.1:${port}/admin/api/import`, {
    method: 'POST',
    headers: { Authorization: 'Bearer bench', 'Content-Type': 'application/x-ndjson' },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  const outcome = await response.text();
  if (!outcome.includes(`"restored": ${entries.length}`)) throw new Error(`the Archive was not filled: ${outcome}`);
}

/** What one would write without a window: the newest entries as JSON in KV, rendered by `feed` on each request. */
export async function renderingWorker(
  entries: readonly RecordedEntry<SafeHtml>[],
): Promise<{ readonly worker: BenchWorker; readonly kv: BenchWorker }> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-feed-'));
  const path = join(folder, 'feed.js');
  await build({
    stdin: { contents: renderingCode, resolveDir: resolve(import.meta.dirname, '../..') },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    minify: true,
    outfile: path,
    logLevel: 'error',
  });
  const kvPath = join(folder, 'kv.js');
  writeFileSync(kvPath, `import value from 'value'; export default { fetch: () => new Response(value) };`);
  const valuePath = join(folder, 'value');
  writeFileSync(valuePath, JSON.stringify(entries));
  return {
    worker: { name: 'rendering', modules: [{ name: 'feed.js', path }], bindings: '(name = "KV", kvNamespace = "kv")' },
    kv: {
      name: 'kv',
      modules: [
        { name: 'kv.js', path: kvPath },
        { name: 'value', path: valuePath, type: 'data' },
      ],
    },
  };
}

const renderingCode = `
import { Feed } from 'feed';
export default {
  async fetch(request, env) {
    const all = await env.KV.get('entries', 'json');
    const since = Date.UTC(1990, 0, 1);
    const entries = all
      .filter((entry) => entry.sortAt >= since && entry.tags.some((tag) => tag.slug === 'river'))
      .slice(0, 50);
    const feed = new Feed({
      title: 'River notes', description: 'Notes', id: 'http://bench.example/', link: 'http://bench.example/',
      language: 'en', copyright: '', updated: new Date(entries[0].modified),
      feedLinks: { rss: 'http://bench.example/rss.xml' },
    });
    for (const entry of entries) {
      feed.addItem({
        title: entry.title, id: entry.guid, link: entry.url, description: entry.summary, content: entry.content,
        author: entry.authors, date: new Date(entry.published),
        category: entry.tags.map((tag) => ({ name: tag.label })),
      });
    }
    const body = new TextEncoder().encode(feed.rss2());
    return new Response(body, { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
  },
};`;
