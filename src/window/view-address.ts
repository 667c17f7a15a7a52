/**
 * Makes the address of a view: its path, the selection of that path, and its canonical address.
 */
import type { Month } from '../domain/month.ts';
import { type FeedFormat, feedFileNames } from '../domain/view.ts';
import { canonicalQuery } from '../query/language/canonical.ts';
import { type Cursor, everything, type Query } from '../query/language/query.ts';

/** A view's place: `''` for everything, `/tags/world`, `/sources/abc`, `/views/mine`. */
export type ViewPlace = PathPlace | SavedPlace;

/** A place whose path is its selection. */
export interface PathPlace {
  readonly kind: 'all' | 'tag' | 'source';
  /** The slug or source id; empty for `all`. */
  readonly name: string;
}

/** A saved view. */
export interface SavedPlace {
  readonly kind: 'view';
  readonly name: string;
  readonly title: string;
  readonly query: Query;
  /** Behind a key. Only the addresses of its further pages contain the key. */
  readonly isPrivate: boolean;
  /** The key that opened it. */
  readonly key?: string;
}

/** The place of everything. */
export const everywhere: PathPlace = { kind: 'all', name: '' };

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

/** Path and search of the view's document in one format: the one spelling for self link and cache key. */
export function feedAddress(place: ViewPlace, format: FeedFormat, query: Query): string {
  return `${pathOf(place)}/${feedFileNames[format]}${toSearch(query)}`;
}

/** The address of another page of a place; behind a key it contains the key. */
export function withKey(place: ViewPlace, address: string): string {
  if (place.kind !== 'view' || place.key === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}key=${encodeURIComponent(place.key)}`;
}

/** Path and search of an archive document; `before` continues a long month. */
export function archiveAddress(month: Month, format: FeedFormat, before?: Cursor): string {
  const search = before === undefined ? '' : toSearch({ ...everything, before });
  return `/archive/${month}/${feedFileNames[format]}${search}`;
}

/** Path and search of the view's page. */
export function pageAddress(place: ViewPlace, query: Query): string {
  return `${pathOf(place) || '/'}${toSearch(query)}`;
}

/** The query narrowed to a place whose path names it. */
export function withinPath(place: PathPlace, query: Query): Query {
  switch (place.kind) {
    case 'all':
      return query;
    case 'tag':
      return { ...query, tags: [{ anyOf: [place.name] }, ...query.tags] };
    case 'source':
      return { ...query, sources: [{ anyOf: [place.name] }, ...query.sources], isOwn: true };
  }
}

function toSearch(query: Query): string {
  const text = canonicalQuery(query);
  return text === '' ? '' : `?${text}`;
}
