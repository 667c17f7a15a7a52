/**
 * The product on raw workerd with so many entries in its Archive, restored as a backup would be, and published.
 *
 * Filling takes minutes for a hundred thousand entries, so it can be kept in a folder for the next run.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { givenBackups } from './given-archive.ts';
import { givenEntries, givenWindow } from './given-window.ts';
import { type KeptValues, startKeptValues } from './kept-values.ts';
import { type RunningWorkerd, startWorkerd } from './workerd.ts';
import { productWorker } from './workers.ts';

/** Entries of one request to the import. */
const batch = 2000;

/** A running product; `stop` ends everything that was started for it. */
export interface FilledArchive {
  readonly workerd: RunningWorkerd;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the product with `count` entries. With `keptIn`, what was filled is kept there under its size, and found there.
 */
export async function startFilledArchive(count: number, keptIn?: string): Promise<FilledArchive> {
  const kept = keptIn === undefined ? undefined : join(keptIn, `entries-${count}`);
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-archive-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  if (kept === undefined || !existsSync(kept)) {
    await fill(folder, count);
    if (kept !== undefined) {
      mkdirSync(keptIn ?? '', { recursive: true });
      cpSync(folder, `${kept}.part`, { recursive: true });
      renameSync(`${kept}.part`, kept);
    }
  } else {
    cpSync(kept, folder, { recursive: true });
  }
  const values = await startKeptValues(join(folder, 'kv'));
  const workerd = await startProduct(folder, values);
  return {
    workerd,
    stop: async () => {
      await workerd.stop();
      await values.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function fill(folder: string, count: number): Promise<void> {
  const values = await startKeptValues();
  const workerd = await startProduct(folder, values);
  let restored = 0;
  for (const body of givenBackups(count, batch)) {
    const response = await fetch(`http://127.0.0.1:${workerd.port}/admin/api/import`, {
      method: 'POST',
      headers: { Authorization: 'Bearer bench', 'Content-Type': 'application/x-ndjson' },
      body,
    });
    const outcome = await response.text();
    if (!outcome.includes('"rejected": []')) throw new Error(`the Archive was not filled: ${outcome.slice(0, 500)}`);
    restored += batch;
    if (restored % 10_000 === 0) console.log(`${restored} of ${count} entries are in the Archive`);
  }
  await publishedWhole(workerd.port, count);
  await workerd.stop();
  values.save(join(folder, 'kv'));
  await values.stop();
}

/** Waits until the window knows of all entries. */
async function publishedWhole(port: number, count: number): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    const { entries, queue } = JSON.parse(await response.text());
    if (entries >= count && queue.inFlight === 0) return;
    await delay(500);
  }
  throw new Error('the window was not published');
}

async function startProduct(folder: string, values: KeptValues): Promise<RunningWorkerd> {
  const { served, others } = productWorker(givenWindow(givenEntries(1, 100)));
  const bindings = `${served.bindings ?? ''}, (name = "ADMIN_TOKEN", text = "bench"), (name = "KV_WRITES_PER_DAY", text = "0")`;
  mkdirSync(join(folder, 'disk'), { recursive: true });
  return await startWorkerd(
    { ...served, bindings },
    others.filter((other) => other.name !== 'kv'),
    [{ name: 'kv', port: values.port }],
    join(folder, 'disk'),
  );
}
