/**
 * Room for documents that are sent once and not remembered: one after the other in the same place, because new memory has
 * to be cleared, and given back, for each (a sixth of such an answer). `Response` must copy what it is given, as Fetch says
 * and tests/workers/response-bytes.test.ts holds the runtime to.
 */
import type { TakeBytes } from '../window/assemble.ts';

/** Larger documents are rare, and so much memory is not kept for them. Bytes. */
const largestShared = 2 * 1024 * 1024;

/** Creates the room; what it gave before is overwritten. */
export function createSharedBytes(): TakeBytes {
  let room = new Uint8Array(0);
  return (length) => {
    if (length > largestShared) return new Uint8Array(length);
    if (length > room.length) room = new Uint8Array(Math.min(largestShared, length * 2));
    return room.subarray(0, length);
  };
}
