/**
 * Watches a directory of archived articles and sends each file when it is new or has changed.
 *
 * Looks at names, sizes and times every few seconds: that works on every file system, network folders included. A file is sent
 * once it has rested for one look, so that no half-written file goes out. What the server could not take now is tried again.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listSeedPaths, readSeedFile } from '../seeds/read-files.ts';
import { type BatchFile, type BatchOutcome, type RejectedFile, type SendOptions, sendBatch } from './send-batch.ts';

/** What to watch, and the functions to call. */
export interface WatchOptions extends SendOptions {
  readonly directory: string;
  /** Files in one request. */
  readonly batch: number;
  /** Between two looks. Milliseconds. */
  readonly everyMs: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  readonly report: (outcome: BatchOutcome) => void;
}

/** The state of each file: its size and time of change. */
export type Seen = ReadonlyMap<string, string>;

/** Whether a server that was away or busy may take the file later. */
export function isPassing({ reason }: RejectedFile): boolean {
  return /^no answer|^the server answered (?:408|429|5\d\d)/.test(reason);
}

/** The states of all files of a directory now. */
export async function lookAt(directory: string): Promise<Seen> {
  const seen = new Map<string, string>();
  for (const path of await listSeedPaths(directory)) {
    const facts = await stat(join(directory, path)).catch(() => undefined);
    if (facts !== undefined) seen.set(path, `${facts.size} ${facts.mtimeMs}`);
  }
  return seen;
}

/** Watches until the signal stops it; `sent` are the files sent before. Returns why it had to end, if it had to. */
export async function watchArticles(options: WatchOptions, sent: Seen): Promise<string | undefined> {
  const { directory, signal, everyMs, batch, report } = options;
  const done = new Map(sent);
  let before: Seen = sent;
  while (!signal.aborted) {
    const now = await lookAt(directory);
    const due = [...now].filter(([path, state]) => done.get(path) !== state && before.get(path) === state);
    before = now;
    for (let start = 0; start < due.length && !signal.aborted; start += batch) {
      const part = due.slice(start, start + batch);
      const outcome = await send(
        directory,
        part.map(([path]) => path),
        options,
      );
      if ('kind' in outcome) return outcome.reason;
      const later = new Set(outcome.rejected.filter(isPassing).map(({ file }) => file));
      for (const [path, state] of part) if (!later.has(path)) done.set(path, state);
      report(outcome);
    }
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function send(directory: string, paths: readonly string[], options: SendOptions): ReturnType<typeof sendBatch> {
  const files: BatchFile[] = [];
  for (const path of paths) {
    const { bytes } = await readSeedFile(directory, path);
    // The file was deleted in the meantime.
    if (typeof bytes !== 'string') files.push({ path, bytes });
  }
  return files.length === 0 ? { recorded: 0, unchanged: 0, rejected: [] } : await sendBatch(files, options);
}
