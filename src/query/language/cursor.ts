/**
 * Writes and reads the cursor in `before`: opaque to readers, stable for ever, made of characters that no URL has to escape.
 *
 * It names a place in the order, not an entry: the entry may be gone and paging still goes on from there.
 */
import type { EntryId } from '../../domain/entry.ts';
import { toInstant } from '../../domain/instant.ts';
import type { Cursor } from './query.ts';

/** Instants start in the year 1000; counted from there they are never negative. */
const epochMs = Date.UTC(1000, 0, 1);

const pattern = /^([0-9a-z]{1,10})_([0-9a-v]{20})$/;

/** Writes a cursor, e.g. `b8zkq2vo_0a1b2c3d4e5f6g7h8i9j`. */
export function renderCursor(cursor: Cursor): string {
  return `${(cursor.sortAt - epochMs).toString(36)}_${cursor.id}`;
}

/** Reads what `renderCursor` wrote; `undefined` for anything else. */
export function parseCursor(text: string): Cursor | undefined {
  const [, at, id] = pattern.exec(text) ?? [];
  if (at === undefined || id === undefined) return undefined;
  const sortAt = toInstant(Number.parseInt(at, 36) + epochMs);
  // One spelling only: a leading zero would be a second one for the same place, and so a second cache key.
  if (sortAt === undefined || (at.startsWith('0') && at !== '0')) return undefined;
  return { sortAt, id: id as EntryId };
}
