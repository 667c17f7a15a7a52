/**
 * Notices what is wrong with the published window and tells the Archive: nothing is published, a value cannot be read, or this
 * Worker carries other seeds than the window was made with.
 *
 * Looks beside the first answer of an isolate and then once a minute, so that a wiped or damaged KV heals without the cron.
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

/** Between two looks of one isolate. Milliseconds. */
const watchEveryMs = 60_000;

/**
 * Creates the watch: a call gives a promise to wait for beside the response when it is time to look. It looks when the response is
 * there, because by then the window was read for that.
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
