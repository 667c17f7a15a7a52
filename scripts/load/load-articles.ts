/**
 * Loads a directory of archived articles into an installation, in batches, a few at a time.
 */
import { listSeedPaths, readSeedFile } from '../seeds/read-files.ts';
import { openLoadState } from './load-state.ts';
import { type BarOutput, createProgressBar } from './progress-bar.ts';
import { type BatchFile, type BatchOutcome, type RejectedFile, type SendOptions, sendBatch } from './send-batch.ts';

/** What to load, where to, and how. */
export interface LoadOptions extends SendOptions {
  readonly directory: string;
  /** Files in one request. */
  readonly batch: number;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Ignores the state of an interrupted load. */
  readonly startOver: boolean;
  readonly output: BarOutput;
}

/** The outcome for all files. */
export interface LoadReport {
  readonly files: number;
  /** Sent by an earlier, interrupted load. */
  readonly before: number;
  readonly recorded: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedFile[];
  /** Why the load ended early. */
  readonly aborted?: string;
}

/** Files of one batch together: far below the limit of a request. Bytes. */
const maxBatchBytes = 4 * 1024 * 1024;

/** Loads every file that was not sent yet. Remembers sent files after each batch. */
export async function loadArticles(options: LoadOptions): Promise<LoadReport> {
  const { directory, to, startOver, concurrency, output } = options;
  const paths = await listSeedPaths(directory);
  const state = await openLoadState(directory, to, startOver);
  const waiting = paths.filter((path) => !state.sent.has(path));
  const before = paths.length - waiting.length;
  const bar = createProgressBar(output, paths.length, before, () => performance.now());
  const total = { recorded: 0, unchanged: 0, rejected: [] as RejectedFile[] };
  let done = before;
  let aborted: string | undefined;

  const finishBatch = async (files: readonly string[], outcome: BatchOutcome): Promise<void> => {
    total.recorded += outcome.recorded;
    total.unchanged += outcome.unchanged;
    total.rejected.push(...outcome.rejected);
    done += files.length;
    const bad = new Set(outcome.rejected.map(({ file }) => file));
    // A bad file is not done: when it is mended before the load goes on, it is sent.
    await state.note(files.filter((path) => !bad.has(path)));
    bar.show(done, total.rejected.length);
  };
  const work = async (): Promise<void> => {
    while (aborted === undefined) {
      const taken = waiting.splice(0, options.batch);
      if (taken.length === 0) return;
      const { files, unreadable, left } = await readBatch(directory, taken);
      waiting.unshift(...left);
      const sent = files.length === 0 ? nothing : await sendBatch(files, options);
      if ('kind' in sent) {
        aborted ??= sent.reason;
        return;
      }
      const rejected = [...unreadable, ...sent.rejected];
      await finishBatch(
        taken.filter((path) => !left.includes(path)),
        { ...sent, rejected },
      );
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
  bar.end();
  if (aborted === undefined) await state.finish();
  return { files: paths.length, before, ...total, ...(aborted === undefined ? {} : { aborted }) };
}

const nothing: BatchOutcome = { recorded: 0, unchanged: 0, rejected: [] };

/** Reads files until the batch is full by bytes; at least one. */
async function readBatch(
  directory: string,
  paths: readonly string[],
): Promise<{ readonly files: readonly BatchFile[]; readonly unreadable: RejectedFile[]; readonly left: string[] }> {
  const files: BatchFile[] = [];
  const unreadable: RejectedFile[] = [];
  let bytes = 0;
  for (const [position, path] of paths.entries()) {
    if (bytes >= maxBatchBytes) return { files, unreadable, left: paths.slice(position) };
    const read = await readSeedFile(directory, path);
    if (typeof read.bytes === 'string') {
      unreadable.push({ file: path, line: 1, reason: read.bytes });
      continue;
    }
    files.push({ path, bytes: read.bytes });
    bytes += read.bytes.length;
  }
  return { files, unreadable, left: [] };
}
