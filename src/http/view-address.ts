/**
 * Where a view lives: its path, what the path itself selects, and its one canonical address.
 */
import type { Instant } from '../domain/instant.ts';
import type { Month } from '../domain/month.ts';
import type { FeedFormat } from '../domain/view.ts';
import { feedFileNames } from '../domain/view.ts';
import { canonicalQuery } from '../query/canonical.ts';
import { narrowQuery } from '../query/narrow.ts';
import { parseQuery } from '../query/parse.ts';
import { type Cursor, everything, type Query } from '../query/query.ts';

/** A view's place: `''` for everything, `/tags/world`, `/sources/abc`, `/views/mine`. */
export type ViewPlace =
  | {
      readonly kind: 'all' | 'tag' | 'source';
      /** The slug or source id; empty for `all`. */
      readonly name: string;
    }
  | {
      readonly kind: 'view';
      readonly name: string;
      readonly title: string;
      /** What the saved view selects. */
      readonly query: Query;
      /** Behind a key, which no address we write has in it. */
      readonly isPrivate: boolean;
    };

/** The place of everything. */
export const everywhere: ViewPlace = { kind: 'all', name: '' };

/** The path of a place without a trailing slash; empty for everything. */
export function pathOf(place: ViewPlace): string {
  switch (place.kind) {
    case 'all':
      return '';
    case 'tag':
      return `/tags/${encodeURIComponent(place.name)}`;
    case 'source':
      return `/sources/${encodeURIComponent(place.name)}`;
    case 'view':
      return `/views/${encodeURIComponent(place.name)}`;
  }
}

/** Path and search of the view's document in one format: the one spelling that self link and cache key share. */
export function feedAddress(place: ViewPlace, format: FeedFormat, query: Query): string {
  return `${pathOf(place)}/${feedFileNames[format]}${toSearch(query)}`;
}

/** Path and search of an archive document; `before` is where it goes on with its month. */
export function archiveAddress(month: Month, format: FeedFormat, before?: Cursor): string {
  const search = before === undefined ? '' : toSearch({ ...everything, before });
  return `/archive/${month}/${feedFileNames[format]}${search}`;
}

/** Path and search of the view's page. */
export function pageAddress(place: ViewPlace, query: Query): string {
  return `${pathOf(place) || '/'}${toSearch(query)}`;
}

/** The query narrowed to the place; `now` decides between bounds of time where a saved view has some too. */
export function placedQuery(place: ViewPlace, query: Query, now: Instant = 0 as Instant): Query {
  switch (place.kind) {
    case 'all':
      return query;
    case 'tag':
      return { ...query, tags: [{ anyOf: [place.name] }, ...query.tags] };
    case 'source':
      return { ...query, sources: [{ anyOf: [place.name] }, ...query.sources] };
    case 'view': {
      const narrowed = narrowQuery(place.query, query, now);
      // Refused before it comes here (`parsePlaced`): nothing may select more than the view.
      return narrowed.ok ? narrowed.value : { ...place.query, tags: [{ anyOf: [] }] };
    }
  }
}

/** The parameters of a request at a place, with every problem, those of the two together included. */
export function parsePlaced(place: ViewPlace, params: URLSearchParams, now: Instant): ReturnType<typeof parseQuery> {
  if (place.kind !== 'view') return parseQuery(params);
  const query = parseQuery(params, ['key']);
  if (!query.ok) return query;
  const narrowed = narrowQuery(place.query, query.value, now);
  return narrowed.ok ? query : narrowed;
}

function toSearch(query: Query): string {
  const text = canonicalQuery(query);
  return text === '' ? '' : `?${text}`;
}
