/**
 * How many entries a query selects in all: from what is at hand where that tells, else counted by the Archive up to a bound.
 */
import type { Instant } from '../../../domain/instant.ts';
import { count } from '../../../page/plural.ts';
import type { ArchiveReader } from '../../../pipeline/ports.ts';
import { type Group, groupsOf, type Query } from '../../../query/language/query.ts';
import { createMatcher } from '../../../query/match/matches.ts';
import type { Window } from '../../../window/window.ts';
import type { Answer } from '../../answer.ts';

/** Counting further would cost more than the number is worth. */
const mostCounted = 1000;

/** A number in words, e.g. `12 entries`, `more than 1,000 entries`. `query` has no cursor, and `answer` is its own. */
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

/** Where the window holds the whole archive; it has no text to look into. */
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

/** The archive counts everything, each tag and each source. */
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
