/**
 * Answers queries that the window cannot: which entries, where the answer stops, and their fragments.
 *
 * A query whose cost is not bounded by its own terms looks only so far back (`query/horizon.ts`) and says so. What equal
 * queries of the same second find is found once.
 */
import type { Origin } from '../domain/entry.ts';
import type { Instant } from '../domain/instant.ts';
import type { ContentMode } from '../domain/view.ts';
import { renderEntry } from '../feed/render/entry.ts';
import type { ArchiveAnswer } from '../pipeline/ports.ts';
import { canonicalQuery } from '../query/canonical.ts';
import { horizonSql, maxExamined } from '../query/horizon.ts';
import type { Cursor, Query } from '../query/query.ts';
import { joinFragments } from '../window/join-fragments.ts';
import type { RenderedEntry } from '../window/rendered-entry.ts';
import type { FragmentFormat } from '../window/window.ts';
import { type EntryPlace, findHorizon, findPreviousPage, placesOf, readEntry } from './archive-queries.ts';
import { listOrigins } from './archive-sources.ts';
import { type ArchiveState, readSequence } from './archive-state.ts';
import { rememberUnchanged } from './archive-unchanged.ts';
import { renderPlace } from './archive-window.ts';

/** Where the entries of an answer are. */
export interface FoundPlaces {
  /** At most the query's limit. */
  readonly places: readonly EntryPlace[];
  readonly more: boolean;
  /** Set when older entries were not looked at. */
  readonly horizon?: Cursor;
  /** The page before; not of first pages, nor of queries whose cost has to be bounded. */
  readonly previous?: { readonly before?: Cursor };
}

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
  const find = (query: Query, now: Instant): FoundPlaces => {
    const key = canonicalQuery(query);
    const sequence = readSequence(archive.sql);
    const known = remembered.get(key);
    if (known !== undefined && known.sequence === sequence && now - known.at < rememberedMs) return known.found;
    const found = findPlaces(archive, query, now);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(key, { sequence, at: now, found });
    return found;
  };
  const originsNow = rememberUnchanged(archive.sql, () => listOrigins(archive.sql));
  return (query, format, now) => {
    const origins = originsNow(undefined);
    const { places, more, horizon, previous } = find(query, now);
    const entries = places.flatMap((at) => {
      const rendered = renderPlace(archive, at, origins);
      return rendered === undefined ? [] : [{ at, rendered }];
    });
    return {
      entries: entries.map(({ rendered }) => rendered.facts),
      ...joinFragments(
        entries.map(({ at, rendered }) => fragmentOf(archive, at, rendered, origins, format, query.content)),
      ),
      more,
      ...(horizon === undefined ? {} : { horizon }),
      ...(previous === undefined ? {} : { previous }),
      totals: archive.totals.snapshot(readSequence(archive.sql)),
    };
  };
}

/** Finds the entries of an answer. @param maxEntries how many may be looked at, where the query itself does not bound it */
export function findPlaces(
  archive: ArchiveState,
  query: Query,
  now: Instant,
  maxEntries: number = maxExamined(query, archive.totals.countOf),
): FoundPlaces {
  const { sql, totals } = archive;
  const isBounded = totals.entries() > maxEntries;
  const oldest = isBounded ? findHorizon(sql, horizonSql(query, now, maxEntries)) : undefined;
  const found = placesOf(sql, query, now, totals.countOf, oldest);
  const isFull = found.length > query.limit;
  return {
    places: found.slice(0, query.limit),
    more: isFull || oldest !== undefined,
    ...(isFull || oldest === undefined ? {} : { horizon: oldest }),
    ...(isBounded || query.before === undefined ? {} : { previous: findPreviousPage(sql, query, now, totals.countOf) }),
  };
}

const encoder = new TextEncoder();

/** Fragments are kept with full content; shorter ones are asked for seldom and rendered each time. Cards know one size. */
function fragmentOf(
  { sql }: ArchiveState,
  at: EntryPlace,
  rendered: RenderedEntry,
  origins: ReadonlyMap<string, Origin>,
  format: FragmentFormat,
  mode: ContentMode,
): Uint8Array {
  const entry = mode === 'full' || format === 'card' ? undefined : readEntry(sql, at.rowid, origins);
  if (entry === undefined || format === 'card') return rendered.fragments[format];
  return encoder.encode(renderEntry(format, entry, mode));
}
