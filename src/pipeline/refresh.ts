/**
 * One job from the queue to its recording: the middle of the line, stations 3 to 8.
 *
 * Whatever happens to the document, a recording comes out of it: failures ride the same line.
 */
import type { Instant } from '../domain/instant.ts';
import type { Config } from './config.ts';
import type { ArchiveWriter, OpenedJob, RecordingReceipt } from './ports.ts';
import type { RefreshJob } from './recording.ts';
import { refreshArticle } from './refresh-article.ts';
import { refreshSource } from './refresh-source.ts';
import type { Retrieve } from './retrieval.ts';

/** What a refresh needs of the world. */
export interface RefreshPorts {
  readonly archive: ArchiveWriter;
  readonly retrieve: Retrieve;
  readonly config: Config;
  readonly now: () => Instant;
  /** 0 to 1, at random. */
  readonly jitter: () => number;
  /** Waits; milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Called once per job that was worked on. */
  readonly log: (line: RefreshLine) => void;
}

/** What is written down about one refresh: one JSON line. */
export interface RefreshLine {
  readonly event: 'refresh';
  readonly job: RefreshJob;
  readonly url: string;
  readonly outcome: string;
  readonly failure?: string;
  readonly added: number;
  readonly revised: number;
  readonly nextCheckAt: number;
  readonly nextCheckWhy: string;
}

/** Works on one job; `undefined` when there was nothing left to do. */
export async function refresh(ports: RefreshPorts, job: RefreshJob): Promise<RecordingReceipt | undefined> {
  const opened = await ports.archive.openJob(job);
  if (opened === undefined) return undefined;
  const recording = opened.kind === 'source' ? await refreshSource(ports, opened) : await refreshArticle(ports, opened);
  const receipt = await ports.archive.record(recording);
  const { state } = recording;
  ports.log({
    event: 'refresh',
    job,
    url: addressOf(opened),
    outcome: state.lastOutcome,
    ...(state.lastFailure === undefined ? {} : { failure: state.lastFailure.kind }),
    added: receipt.added,
    revised: receipt.revised,
    nextCheckAt: state.nextCheckAt,
    nextCheckWhy: state.nextCheckWhy,
  });
  return receipt;
}

function addressOf(opened: OpenedJob): string {
  return opened.kind === 'source' ? opened.source.url : (opened.entry.url ?? opened.entry.guid);
}
