/**
 * One opened job to its recording: the middle of the line, stations 3 to 7.
 *
 * Whatever happens to the document, a recording comes out of it: failures ride the same line.
 */
import type { Instant } from '../domain/instant.ts';
import type { Config } from './config.ts';
import type { ArchiveWriter, OpenedJob, RecordingReceipt } from './ports.ts';
import { jobOf, type Recording, type RefreshJob } from './recording.ts';
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

/** Works on one job: asks, reads, and returns what to record. */
export function refresh(ports: RefreshPorts, opened: OpenedJob): Promise<Recording> {
  return opened.kind === 'source' ? refreshSource(ports, opened) : refreshArticle(ports, opened);
}

/** What is written down about a job when its recording is there. */
export function toLine(opened: OpenedJob, recording: Recording, receipt: RecordingReceipt): RefreshLine {
  const { state } = recording;
  return {
    event: 'refresh',
    job: jobOf(recording),
    url: addressOf(opened),
    outcome: state.lastOutcome,
    ...(state.lastFailure === undefined ? {} : { failure: state.lastFailure.kind }),
    added: receipt.added,
    revised: receipt.revised,
    nextCheckAt: state.nextCheckAt,
    nextCheckWhy: state.nextCheckWhy,
  };
}

function addressOf(opened: OpenedJob): string {
  return opened.kind === 'source' ? opened.source.url : (opened.entry.url ?? opened.entry.guid);
}
