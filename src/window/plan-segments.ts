/**
 * Decides which segment holds which entry, so that a publish writes only what changed.
 *
 * New and changed entries go into the open segment, which is sealed when it is full. The former copy of a changed entry
 * stays in its segment as dead bytes. A segment that is mostly dead is emptied into the open one, at most one in a
 * publish.
 */
import { fingerprintAll } from '../domain/fingerprint.ts';

/** An entry of the window, with the digest of its state. */
export interface LiveEntry {
  readonly digest: string;
  /** Bytes of its fragments in all formats. */
  readonly bytes: number;
}

/** A segment and the digests of its members in their order, dead ones included. */
export interface PlannedSegment {
  readonly name: string;
  readonly isOpen: boolean;
  readonly members: readonly string[];
}

/** Segments at most, the open one included. */
export const maxSegments = 24;

/** A segment is sealed with this many entries or bytes; with more of both when the window is large. */
const sealedEntries = 64;
const sealedBytes = 768 * 1024;

/** How many segments all entries fill when they are placed anew: the rest is room for partly dead ones. */
const freshSegments = 16;

/** Layout of segments. It is part of their names, so that a release does not use values of a former layout. */
const layout = 'segment 2';

/** Places every live entry (oldest first) into the segments of the former publish and new ones. */
export function planSegments(live: readonly LiveEntry[], held: readonly PlannedSegment[]): readonly PlannedSegment[] {
  const isLive = new Set(live.map(({ digest }) => digest));
  const counted = held
    .filter(({ isOpen }) => !isOpen)
    .map((segment) => ({ segment, count: segment.members.filter((digest) => isLive.has(digest)).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.count - b.count);
  const [emptiest] = counted;
  const isEmptied =
    emptiest !== undefined &&
    (emptiest.count * 2 <= emptiest.segment.members.length || counted.length >= maxSegments - 2);
  const kept = (isEmptied ? counted.slice(1) : counted).map(({ segment }) => segment);
  const placed = new Set(kept.flatMap(({ members }) => members));
  const order = new Map(held.find(({ isOpen }) => isOpen)?.members.map((digest, position) => [digest, position]));
  const placeOf = ({ digest }: LiveEntry): number => order.get(digest) ?? Number.MAX_SAFE_INTEGER;
  const waiting = live.filter(({ digest }) => !placed.has(digest)).toSorted((a, b) => placeOf(a) - placeOf(b));
  const planned = [...kept, ...cut(waiting, live)];
  return planned.length <= maxSegments || held.length === 0 ? planned : planSegments(live, []);
}

/** Cuts entries into segments; the last one stays open unless it is full. */
function cut(waiting: readonly LiveEntry[], live: readonly LiveEntry[]): readonly PlannedSegment[] {
  const total = live.reduce((sum, { bytes }) => sum + bytes, 0);
  let fullEntries = Math.max(sealedEntries, Math.ceil(live.length / freshSegments));
  let fullBytes = Math.max(sealedBytes, Math.ceil(total / freshSegments));
  for (;;) {
    const segments = cutAt(waiting, fullEntries, fullBytes);
    if (segments.length < maxSegments) return segments;
    fullEntries *= 2;
    fullBytes *= 2;
  }
}

function cutAt(waiting: readonly LiveEntry[], fullEntries: number, fullBytes: number): readonly PlannedSegment[] {
  const segments: PlannedSegment[] = [];
  let members: string[] = [];
  let size = 0;
  const finish = (isOpen: boolean): void => {
    if (members.length > 0) segments.push({ name: fingerprintAll([layout, ...members]), isOpen, members });
    members = [];
    size = 0;
  };
  for (const { digest, bytes } of waiting) {
    members.push(digest);
    size += bytes;
    if (members.length >= fullEntries || size >= fullBytes) finish(false);
  }
  finish(true);
  return segments;
}
