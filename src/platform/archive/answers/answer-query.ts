/**
 * Answers queries that the window cannot: which entries, where the answer stops, and their fragments.
 *
 * A query whose cost is not bounded by its own terms looks only so far back (`query/horizon.ts`) and says so. What equal
 * queries of the same second find is found once.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { ArchiveAnswer } from '../../../pipeline/ports.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import type { Query } from '../../../query/language/query.ts';
import type { FragmentFormat } from '../../../window/window.ts';
import { readSequence } from '../ground/meta.ts';
import { rememberUnchanged } from '../ground/remember-unchanged.ts';
import type { ArchiveState } from '../ground/state.ts';
import { type FoundPlaces, findPreviousPage, placesOf } from '../rows/read-entries.ts';
import { listOrigins } from '../rows/source-rows.ts';
import { affordableEntries, findHorizon } from '../search/find-horizon.ts';
import { findAmongFew } from '../search/phrases.ts';
import { spellOut } from '../search/spelling.ts';
import { renderPlaces } from './fragments.ts';

interface RememberedPlaces {
  readonly sequence: number;
  readonly at: Instant;
  readonly found: FoundPlaces;
}

/** How long equal queries are answered from memory: an age bounds a view by the clock. Milliseconds. */
const rememberedMs = 1000;

/** Places are small; a crowd of different queries must not fill the memory all the same. */
const maxRemembered = 256;

/** Creates the answering side of an awake Archive. */
export function createAnswers(
  archive: ArchiveState,
): (query: Query, format: FragmentFormat, now: Instant) => ArchiveAnswer {
  const remembered = new Map<string, RememberedPlaces>();
  const find = (query: Query, now: Instant, sequence: number): FoundPlaces => {
    const key = canonicalQuery(query);
    const known = remembered.get(key);
    if (known !== undefined && known.sequence === sequence && now - known.at < rememberedMs) return known.found;
    const found = findPlaces(archive, query, now);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(key, { sequence, at: now, found });
    return found;
  };
  const stateNow = rememberUnchanged(archive.sql, () => {
    const sequence = readSequence(archive.sql);
    return { sequence, origins: listOrigins(archive.sql), totals: archive.totals.snapshot(sequence) };
  });
  return (query, format, now) => {
    const { sequence, origins, totals } = stateNow(undefined);
    const { places, more, horizon, previous } = find(query, now, sequence);
    return {
      ...renderPlaces(archive, places, origins, format, query.content),
      more,
      ...(horizon === undefined ? {} : { horizon }),
      ...(previous === undefined ? {} : { previous }),
      totals,
    };
  };
}

/** Finds the entries of an answer. @param maxEntries how many may be looked at, where the query itself does not bound it */
export function findPlaces(archive: ArchiveState, asked: Query, now: Instant, maxEntries?: number): FoundPlaces {
  const { sql, totals } = archive;
  const query = spellOut(sql, asked);
  const examined = maxEntries ?? affordableEntries(archive, query);
  if (totals.entries() <= examined) {
    const found = placesOf(sql, query, now, totals.countOf);
    return {
      places: found.slice(0, query.limit),
      more: found.length > query.limit,
      ...(query.before === undefined ? {} : { previous: findPreviousPage(sql, query, now, totals.countOf) }),
    };
  }
  const few = findAmongFew(archive, query, now);
  if (few !== undefined) return few;
  const oldest = findHorizon(archive, query, now, examined);
  const walk = { shareOf: archive.searchSample().shareOf, ...(oldest === undefined ? {} : { oldest }) };
  const found = placesOf(sql, query, now, totals.countOf, walk);
  const isFull = found.length > query.limit;
  return {
    places: found.slice(0, query.limit),
    more: isFull || oldest !== undefined,
    ...(isFull || oldest === undefined ? {} : { horizon: oldest }),
  };
}
