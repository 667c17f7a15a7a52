/**
 * Compares entries in the order of all views: newest first, and among entries of one instant by id, so that the order is
 * total.
 *
 * Ids are ASCII, so comparing them as strings agrees with SQLite's BINARY collation.
 */
import type { Cursor } from '../language/query.ts';

/** Negative when `a` comes before `b`: later `sortAt` first, then greater id first. */
export function compareNewestFirst(a: Cursor, b: Cursor): number {
  if (a.sortAt !== b.sortAt) return b.sortAt - a.sortAt;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}

/** Whether an entry comes strictly after the cursor: on a later page. */
export function isAfterCursor(entry: Cursor, cursor: Cursor): boolean {
  return compareNewestFirst(cursor, entry) < 0;
}
