/**
 * Answers a query from the window, or says that it cannot: complete, or ask (ADR 3). When the Archive does not answer,
 * the selection goes as far back as the window is complete, and says so.
 */
import type { Instant } from '../domain/instant.ts';
import type { Cursor, Query } from '../query/language/query.ts';
import { isComplete } from '../query/match/completeness.ts';
import { compareNewestFirst } from '../query/match/matches.ts';
import { selectNewest } from '../query/match/select-newest.ts';
import type { Window, WindowEntry } from './window.ts';

/** The entries that answer a query, when the window provably holds the whole answer. */
export interface WindowAnswer {
  readonly entries: readonly WindowEntry[];
  readonly more: boolean;
}

function hasDuplicates({ totals }: Window, { sources: [group] }: Query): boolean {
  return totals.sources.some(
    ({ id, hasDuplicates: has }) => has === true && group !== undefined && 'anyOf' in group && group.anyOf.includes(id),
  );
}

/**
 * Selects from the index; `undefined` means that only the Archive can answer. The window has fragments for full content
 * and plain titles only.
 */
export function selectFromWindow(window: Window, query: Query, now: Instant): WindowAnswer | undefined {
  if (query.content !== 'full' || query.titles !== 'plain') return undefined;
  // The window shows entries as views do, not as one source does.
  if (query.isOwn === true && hasDuplicates(window, query)) return undefined;
  const found = selectNewest(window.entries, query, now);
  if (!isComplete(query, now, window, found)) return undefined;
  return { entries: found.positions.flatMap((position) => window.entries[position] ?? []), more: found.more };
}

/**
 * The answer as far back as the window is complete, for when the Archive does not answer (past a daily limit): for a view
 * that is not remembered, a short answer is better than an error. `undefined` for searches of text, and for older pages.
 */
export function selectToHorizon(
  window: Window,
  query: Query,
  now: Instant,
): (WindowAnswer & { readonly horizon: Cursor }) | undefined {
  const { contiguousFrom: horizon, entries } = window;
  if (horizon === undefined || query.text !== undefined || query.withPrivate === true) return undefined;
  if (query.content !== 'full' || query.titles !== 'plain') return undefined;
  const end = entries.findIndex((entry) => compareNewestFirst(entry, horizon) > 0);
  const { positions } = selectNewest(end === -1 ? entries : entries.slice(0, end), query, now);
  if (positions.length === 0) return undefined;
  return { entries: positions.flatMap((position) => entries[position] ?? []), more: false, horizon };
}
