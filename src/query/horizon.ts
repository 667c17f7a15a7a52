/**
 * How far back one answer may look, so that no query costs more than about half a second of CPU.
 *
 * Ordinary queries never meet it. A long phrase of common letters, or several short and long words mixed with "or", in a
 * large archive may: then the answer ends at the horizon, says so, and its next page goes on from there.
 */
import type { Instant } from '../domain/instant.ts';
import { isShort } from './grams.ts';
import type { Group, Query, TextQuery, TextTerm } from './query.ts';
import { createBinder, type SqlQuery } from './sql-binder.ts';
import { placeSql } from './sql-conditions.ts';
import { type CountOf, drivingGroup, facetGroups } from './sql-plan.ts';
import { toTextMatches } from './text-match.ts';

/** All a query may spend, in steps of 0.25 us: comparing one entry's postings of one trigram was measured at that. */
const maxSteps = 2_000_000;

/** Asking a text index about one given entry, and asking a facet's index. */
const textLookupSteps = 400;
const facetLookupSteps = 14;

/** How many entries, from the newest in question on, one answer may look at; infinite when it looks at few anyway. */
export function maxExamined(query: Query, countOf: CountOf = () => undefined): number {
  const text = query.text === undefined ? undefined : toTextMatches(query.text);
  const groups = facetGroups(query, countOf);
  const driving = drivingGroup(groups, text !== undefined);
  const isWalked = driving === undefined && query.text !== undefined;
  const [, ...more] = text?.some ?? [];
  const lookups = isWalked ? more.filter((group) => group.length > 1).length * 2 : (text?.some.flat().length ?? 0);
  const walked = isWalked ? countTrigrams(query.text) : 0;
  const steps = facetLookupSteps * (1 + groups.length) + textLookupSteps * lookups + walked;
  if (driving !== undefined && driving.count * steps <= maxSteps) return Number.POSITIVE_INFINITY;
  return Math.floor(maxSteps / steps);
}

function countTrigrams(query: TextQuery): number {
  return query.flatMap(membersOf).reduce((sum, term) => sum + (isShort(term.text) ? 1 : term.text.length - 2), 0);
}

function membersOf(group: Group<TextTerm>): readonly TextTerm[] {
  return 'anyOf' in group ? group.anyOf : group.noneOf;
}

/**
 * The statement that finds the horizon when the archive holds more than `examined` entries: one row (sort_at, id), to be
 * given to `toSql` as `oldest`, or none when everything may be looked at.
 */
export function horizonSql(query: Query, now: Instant, examined: number): SqlQuery {
  const binder = createBinder();
  const conditions = ['e.retired_at IS NULL', ...placeSql({ query, now, order: 'DESC' }, 'e', binder)];
  return binder.finish(`SELECT e.sort_at AS sort_at, e.id AS id FROM entry e INDEXED BY entry_by_order
    WHERE ${conditions.join(' AND ')} ORDER BY e.sort_at DESC, e.id DESC LIMIT 1 OFFSET ${binder.bind(Math.max(0, examined - 1))}`);
}
