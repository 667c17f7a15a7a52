/**
 * How far back one answer may look, so that no query costs more than about half a second of CPU, and no search of one
 * word or phrase more than 20 ms.
 *
 * Ordinary queries never meet it. A long phrase of common letters, or several short and long words mixed with "or", in a
 * large archive may: then the answer ends at the horizon, says so, and its next page goes on from there.
 */
import type { Instant } from '../../domain/instant.ts';
import type { Query } from '../language/query.ts';
import type { ShareOf } from './gram-shares.ts';
import { createBinder, type SqlQuery } from './sql-binder.ts';
import { placeSql } from './sql-conditions.ts';
import { type CountOf, drivingGroup, facetGroups } from './sql-plan.ts';
import { type TextMatches, toTextMatches, withoutWords } from './text-match.ts';

/** All that walking lists may cost, in steps of 0.25 us. */
const maxSteps = 2_000_000;

/** All that walking the matches of a text may cost: 9 ms, about half of what a search may. */
const maxTextSteps = 36_000;

/** Asking a text index about one given entry, and asking a facet's index. */
const textLookupSteps = 800;
const facetLookupSteps = 14;

/** Passing over an entry that the walk does not stop at, on each list. */
const passSteps = 0.07;

/**
 * How many entries, from the newest in question on, one answer may look at; infinite when it looks at few anyway.
 * @param found the share of entries that the text query finds, 0 when unknown
 */
export function maxExamined(query: Query, countOf: CountOf = () => undefined, shareOf?: ShareOf, found = 0): number {
  const groups = facetGroups(query, countOf);
  const driving = drivingGroup(groups, query.text !== undefined);
  const asked = driving === undefined || query.text === undefined ? query.text : withoutWords(query.text);
  const text = asked === undefined ? undefined : toTextMatches(asked, shareOf);
  if (driving === undefined && text !== undefined) {
    if (groups.length === 0 && isFoundByWalking(text)) return Number.POSITIVE_INFINITY;
    const steps = walkedSteps(text, groups.length);
    const passed = groups.length === 0 ? (query.limit + 1) / found : Number.POSITIVE_INFINITY;
    return passed * steps <= maxTextSteps ? Number.POSITIVE_INFINITY : Math.floor(maxTextSteps / steps);
  }
  // One list, walked from its newest entry on: the page is full before anything is passed over.
  const isOneList = groups.length === 0 || (groups.length === 1 && driving !== undefined);
  if (isOneList && text === undefined) return Number.POSITIVE_INFINITY;
  const lookups = text === undefined ? 0 : [...text.some.flat(), ...text.none].length * 2;
  const steps = facetLookupSteps * (1 + groups.length) + textLookupSteps * lookups;
  if (driving !== undefined && driving.count * steps <= maxSteps) return Number.POSITIVE_INFINITY;
  return Math.floor(maxSteps / steps);
}

/** Whether one list has what is asked for and nothing else: then the page is full before anything is passed over. */
function isFoundByWalking({ some, none }: TextMatches): boolean {
  const [only, ...more] = some.flat();
  return only?.isExact === true && more.length === 0 && none.length === 0;
}

/**
 * Steps for each entry that a walk over a text's matches passes: those that hold its rarest trigram are looked at closely,
 * one trigram after the other, and then asked about everything else.
 */
function walkedSteps({ some, none }: TextMatches, facets: number): number {
  const [first = none, ...more] = some;
  const singles = [first, ...more.filter((group) => group.length === 1), none].flat();
  const shares = [first, ...more].map((group) => group.reduce((sum, match) => sum + match.share, 0));
  const share = Math.min(1, ...shares);
  const lookups = singles.reduce((sum, match) => sum + match.lookups, 0);
  const passed = singles.reduce((sum, match) => sum + match.passed, 0);
  const mixed = more.filter((group) => group.length > 1).length * 2;
  return share * (lookups + facetLookupSteps * facets + textLookupSteps * mixed) + passSteps * passed;
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
