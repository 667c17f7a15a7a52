/**
 * How many entries a query selects in all, as exactly as can be told without asking for more than is at hand.
 */
import type { Instant } from '../../domain/instant.ts';
import { count } from '../../page/plural.ts';
import { matches } from '../../query/matches.ts';
import type { Group, Query } from '../../query/query.ts';
import type { Window } from '../../window/window.ts';
import type { Answer } from '../answer.ts';

/** A number in words, e.g. `12 entries`, `more than 50 entries`. `query` has no cursor. */
export function countInWords(query: Query, answer: Answer, window: Window | undefined, now: Instant): string {
  const { selection, totals } = answer;
  const shown = selection.entries.length;
  if (!selection.more) return count(shown, 'entry', 'entries');
  const single = singleTotal(query, totals);
  if (single !== undefined) return count(single, 'entry', 'entries');
  // The window has no text to look into.
  if (window === undefined || query.text !== undefined) return `more than ${count(shown, 'entry', 'entries')}`;
  const here = window.entries.reduce((sum, entry) => sum + (matches(query, entry, now) ? 1 : 0), 0);
  const isWhole = window.contiguousFrom === undefined || window.entries.length === totals.entries;
  return isWhole ? count(here, 'entry', 'entries') : `at least ${count(Math.max(here, shown + 1), 'entry', 'entries')}`;
}

/** The archive counts everything, each tag and each source. */
function singleTotal(query: Query, totals: Answer['totals']): number | undefined {
  const groups = [query.tags, query.sources, query.authors, query.languages].flat();
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
