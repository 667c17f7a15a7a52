/**
 * Answers queries that the window cannot answer: which entries, where the answer stops, and their fragments.
 *
 * Equal queries within a second are searched once.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { ArchiveAnswer } from '../../../pipeline/ports.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import type { Query } from '../../../query/language/query.ts';
import type { FragmentFormat } from '../../../window/window.ts';
import { readSequence, rememberUnchanged } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { type FoundPlaces, findPlaces } from './find-places.ts';
import { renderPlaces } from './fragments.ts';

interface RememberedPlaces {
  readonly sequence: number;
  readonly at: Instant;
  readonly found: FoundPlaces;
}

/**
 * How long equal queries are answered from memory. It is short, because an age in a query depends on the clock.
 * Milliseconds.
 */
const rememberedMs = 1000;

/** Answers are small, but many different queries must not fill the memory. */
const maxRemembered = 256;

/** Creates the function that answers queries of an awake Archive. */
export function createAnswers(
  archive: ArchiveState,
): (query: Query, format: FragmentFormat, now: Instant) => ArchiveAnswer {
  const remembered = new Map<string, RememberedPlaces>();
  const find = (query: Query, now: Instant, sequence: number): FoundPlaces => {
    const kind = `${query.withPrivate === true ? 'private ' : ''}${query.isOwn === true ? 'own ' : ''}`;
    const key = kind + canonicalQuery(query);
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
    const { isCut, ...rendered } = renderPlaces(archive, places, origins, format, query);
    return {
      ...rendered,
      more: more || isCut,
      // The next page starts after the last answered entry, not where the search stopped.
      ...(horizon === undefined || isCut ? {} : { horizon }),
      ...(previous === undefined ? {} : { previous }),
      totals,
    };
  };
}
