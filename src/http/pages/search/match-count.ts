/**
 * Counts all entries that a query selects: from the window if that is enough, else by the Archive, up to a bound.
 */
import type { Instant } from '../../../domain/instant.ts';
import { count } from '../../../page/plural.ts';
import type { ArchiveReader } from '../../../pipeline/ports.ts';
import { type Group, groupsOf, type Query } from '../../../query/language/query.ts';
import { createMatcher } from '../../../query/match/matches.ts';
import type { Window } from '../../../window/window.ts';
import type { Answer } from '../../answer.ts';

/** Counting further would cost too much. */
const mostCounted = 1000;

/** The number in words, e.g. `12 entries`, `more than 1,000 entries`. `query` has no cursor, and `answer` is its answer. */
export async function countInWords(
  query: Query,
  answer: Answer,
  window: Window | undefined,
  archive: Pick<ArchiveReader, 'count'>,
  now: Instant,
): Promise<string> {
  const { selection, totals } = answer;
  if (!selection.more) return count(selection.entries.length, 'entry', 'entries');
  const known = singleTotal(query, totals) ?? countInWindow(query, totals, window, now);
  if (known !== undefined) return count(known, 'entry', 'entries');
  const { amount, more } = await archive.count(query, mostCounted);
  const words = count(amount, 'entry', 'entries');
  if (!more) return words;
  return amount < mostCounted ? `at least ${words}` : `more than ${words}`;
}

/** Counts in a window that holds the whole archive. It has no text, so searches for words are not counted. */
function countInWindow(
  query: Query,
  totals: Answer['totals'],
  window: Window | undefined,
  now: Instant,
): number | undefined {
  const isWhole =
    window !== undefined && (window.contiguousFrom === undefined || window.entries.length === totals.entries);
  if (!isWhole || query.text !== undefined) return undefined;
  return window.entries.filter(createMatcher(query, now)).length;
}

/** The totals have the number of all entries, and of each tag and source. */
function singleTotal(query: Query, totals: Answer['totals']): number | undefined {
  const groups = groupsOf(query);
  if (query.text !== undefined || query.since !== undefined || query.until !== undefined || groups.length > 1) {
    return undefined;
  }
  const tag = onlyMember(query.tags);
  const source = onlyMember(query.sources);
  if (groups.length === 0) return totals.entries;
  if (tag !== undefined) return totals.tags.find(({ slug }) => slug === tag)?.count;
  return source === undefined ? undefined : totals.sources.find(({ id }) => id === source)?.count;
}

function onlyMember([group]: readonly Group[]): string | undefined {
  return group !== undefined && 'anyOf' in group && group.anyOf.length === 1 ? group.anyOf[0] : undefined;
}
