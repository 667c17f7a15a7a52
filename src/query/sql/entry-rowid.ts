/**
 * Makes row ids of entries that follow the order of views closely enough for full-text search to page in it.
 *
 * FTS5 can only walk its matches by row id. So an entry's row id starts with the span of time its `sortAt` falls into; inside
 * a span, row ids are counted up. A search walks spans newest first, stops as soon as a page is full, and sorts only inside
 * the last span. When `sortAt` moves to another span, the entry gets a new row id.
 */
import type { Instant } from '../../domain/instant.ts';

/** 2^24 ms, about four and a half hours: wider spans sort more per page, narrower ones make the index larger (6 % here, 13 % at 2^22). */
const spanMs = 2 ** 24;

/** Entries in one span: more than ten gigabytes can hold. With about 2^24 spans, row ids stay below 2^45. */
const spanSize = 2 ** 20;

const epochMs = Date.UTC(1000, 0, 1);

/** The lowest row id of the span that holds the instant. */
export function firstRowid(sortAt: number): number {
  return Math.floor((sortAt - epochMs) / spanMs) * spanSize;
}

/** The highest row id of the span that holds the instant. */
export function lastRowid(sortAt: number): number {
  return firstRowid(sortAt) + spanSize - 1;
}

/**
 * The row id of a new entry. `highest` is the greatest one in use between `firstRowid` and `lastRowid`, if any;
 * `undefined` when the span is full. The last one is that of the span's stop row (`search-tables.ts`).
 */
export function nextRowid(sortAt: Instant, highest: number | undefined): number | undefined {
  const next = highest === undefined ? firstRowid(sortAt) : highest + 1;
  return next < lastRowid(sortAt) ? next : undefined;
}

/** SQL for the lowest row id of the span of the row id that `expression` gives. */
export function spanStartSql(expression: string): string {
  return `${expression} / ${spanSize} * ${spanSize}`;
}

/** SQL for the highest row id of the span of the row id that `expression` gives. */
export function spanEndSql(expression: string): string {
  return `${spanStartSql(expression)} + ${spanSize - 1}`;
}

/** SQL for the first instant of the span of the row id that `expression` gives. */
export function spanStartAtSql(expression: string): string {
  return `${expression} / ${spanSize} * ${spanMs} + ${epochMs}`;
}

/** An id below all others: at its instant, no entry comes after this place. */
export const lowestId = '00000000000000000000';
