/**
 * Takes a place at each host that a redirect leads to, so that a hundred sources that redirect to one host ask it one by
 * one. A redirect within the first host costs nothing.
 */
import type { ArchiveWriter } from '../../pipeline/ports.ts';

/** What taking places needs from outside. */
export interface HostPlaces extends Pick<ArchiveWriter, 'enterHost' | 'leaveHost'> {
  /** Waits; milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** The place of one request under way. */
export interface Place {
  /** Waits until the host is free and takes a place there; returns why not, when it stays busy. */
  readonly moveTo: (host: string) => Promise<string | undefined>;
  /** Gives back the place that was taken last. */
  readonly leave: () => Promise<void>;
}

/** Pause before a busy host is tried again. Milliseconds. */
const retryMs = 1000;

/** A place is taken ahead when the host is free within this: no pause between two requests is longer. Milliseconds. */
const patienceMs = 60_000;

/** Tries at a busy host before the request fails: about a minute. */
const maxTries = 60;

/** Begins at `firstHost`, where the caller has a place. */
export function createPlace(places: HostPlaces, firstHost: string): Place {
  let held: string | undefined;
  const leave = async (): Promise<void> => {
    const host = held;
    held = undefined;
    if (host !== undefined) await places.leaveHost(host, []);
  };
  const moveTo = async (host: string): Promise<string | undefined> => {
    if (host === (held ?? firstHost)) return undefined;
    await leave();
    if (host === firstHost) return undefined;
    for (let tries = 0; tries < maxTries; tries += 1) {
      const entry = await places.enterHost(host, patienceMs);
      if (entry === 'resting') return `the redirect leads to ${host}, which asked us to wait (Retry-After)`;
      if (entry !== 'busy') {
        held = host;
        if (entry > 0) await places.pause(entry);
        return undefined;
      }
      await places.pause(retryMs);
    }
    return `the redirect leads to ${host}, which is being asked for something else`;
  };
  return { moveTo, leave };
}
