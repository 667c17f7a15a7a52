/**
 * Notices that this Worker carries other seeds than the published window was made with, or that nothing is published.
 *
 * Asked once per isolate, beside its first feed, so that new seeds need not wait for the cron and a wiped KV heals.
 */
import type { ArchiveReader, PublishedWindow } from '../pipeline/ports.ts';

/** What the watch looks at. */
export interface WatchedSeeds {
  readonly window: PublishedWindow;
  readonly archive: ArchiveReader;
  /** Digest of the seeds this Worker carries. */
  readonly seedDigest: string;
}

/**
 * Creates the watch: the first call gives a promise to wait for beside the response, later ones nothing. It looks when the
 * response is there, because by then the window was read for that.
 */
export function createSeedWatch({
  window,
  archive,
  seedDigest,
}: WatchedSeeds): (response: Response | Promise<Response>) => Promise<void> | undefined {
  let isDone = false;
  const look = async (response: Response | Promise<Response>): Promise<void> => {
    await Promise.resolve(response).catch(() => undefined);
    const current = await window.current();
    if (current?.seedDigest !== seedDigest) await archive.bootstrap();
  };
  return (response) => {
    if (isDone) return undefined;
    isDone = true;
    return look(response);
  };
}
