/**
 * Reports faults of the published window to the Archive: nothing is published, a value cannot be read, or the Worker has
 * newer seeds than the window.
 *
 * It looks after the first answer of an isolate and then once a minute, so that a wiped or damaged KV heals without the
 * cron.
 */
import type { ArchiveReader, PublishedWindow } from '../pipeline/ports.ts';

/** What the watch looks at. */
export interface WatchedWindow {
  readonly window: PublishedWindow;
  readonly archive: ArchiveReader;
  /** Digest of the seeds this Worker carries. */
  readonly seedDigest: string;
  readonly now: () => number;
}

/** Time between two looks of one isolate. Milliseconds. */
const watchEveryMs = 60_000;

/**
 * Creates the watch. When it is time to look, a call gives a promise to wait for besides the response. It looks after the
 * response is made, because the window has been read by then.
 */
export function createWindowWatch({
  window,
  archive,
  seedDigest,
  now,
}: WatchedWindow): (response: Response | Promise<Response>) => Promise<void> | undefined {
  let nextAt = 0;
  let reportedSeeds = '';
  const look = async (response: Response | Promise<Response>): Promise<void> => {
    await Promise.resolve(response).catch(() => undefined);
    const current = await window.current();
    const absent = window.absentKeys();
    if (current === undefined) await archive.bootstrap();
    else if (current.seedDigest !== seedDigest && current.seedDigest !== reportedSeeds) {
      reportedSeeds = current.seedDigest;
      await archive.bootstrap();
    } else if (absent.length > 0) await archive.rewrite(absent);
  };
  return (response) => {
    if (now() < nextAt) return undefined;
    nextAt = now() + watchEveryMs;
    return look(response);
  };
}
