/**
 * Defines a query: what a view selects. Immutable and JSON-like, always in its normal form.
 *
 * `parse-query.ts` makes it from URL parameters, `canonical.ts` writes it back. Groups are joined by *and*; inside a group,
 * members are alternatives (`anyOf`) or all unwanted (`noneOf`).
 */
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PeriodKind } from '../../domain/period.ts';
import type { ContentMode, TitleMode } from '../../domain/view.ts';
import { type ByFacet, byFacet, facetNames } from './facets.ts';
import { defaultLimit } from './query-limits.ts';

/** Members that are alternatives, or that are all unwanted; sorted, each once, never empty. */
export type Group<T = string> = { readonly anyOf: readonly T[] } | { readonly noneOf: readonly T[] };

/** Where a term of `q` is looked for: in title and text, or in what its prefix names. */
export type TextPlace = 'both' | 'title' | 'text' | 'author' | 'category' | 'lang' | 'url';

/** One term of `q`: never empty, spelled as `text-terms.ts` spells it for its place. */
export interface TextTerm {
  readonly text: string;
  readonly in: TextPlace;
}

/** All groups must hold; never empty. */
export type TextQuery = readonly Group<TextTerm>[];

/** A moment, or an age that becomes one when the query is answered. */
export type TimeBound =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'age'; readonly ms: number };

/** The place of an entry in the order of all views. */
export interface Cursor {
  readonly sortAt: Instant;
  readonly id: EntryId;
}

/** What a view selects. Absent bounds do not bound. `memberReaders` (members.ts) spells the members. */
export interface Query extends ByFacet<readonly Group[]> {
  readonly text?: TextQuery;
  /** Inclusive. */
  readonly since?: TimeBound;
  /** Inclusive. */
  readonly until?: TimeBound;
  /** 1 to 200. */
  readonly limit: number;
  readonly content: ContentMode;
  readonly titles: TitleMode;
  /** One entry for each period that is over, instead of the entries themselves. */
  readonly digest?: PeriodKind;
  /** The time zone of the periods, as in the IANA list; that of the settings when absent. */
  readonly zone?: string;
  /** Only entries that come after this place, newest first. */
  readonly before?: Cursor;
  /**
   * Selects the entries of one source as that source shows them, not as views show them. Only the path of a source sets it,
   * no parameter.
   */
  readonly isOwn?: true;
  /** Includes entries of private sources: the request has the key of a view. No parameter sets it. */
  readonly withPrivate?: true;
  /** Excludes entries that came late: digests list those under the day they came. No parameter sets it. */
  readonly isOnTime?: true;
}

/** The query of a URL without parameters: everything, newest first. */
export const everything: Query = {
  ...byFacet(() => []),
  limit: defaultLimit,
  content: 'full',
  titles: 'plain',
};

/** Whether a query is that of a URL without parameters. */
export function isEverything(query: Query): boolean {
  const { text, since, until, before, digest, limit, content, titles } = query;
  const isUsual = limit === everything.limit && content === everything.content && titles === everything.titles;
  return isUsual && [text, since, until, before, digest].every(isAbsent) && groupsOf(query).length === 0;
}

function isAbsent(value: unknown): boolean {
  return value === undefined;
}

/** The groups of all facets. */
export function groupsOf(query: Query): readonly Group[] {
  return facetNames.flatMap((facet) => query[facet]);
}

/** The moment of a bound at `now`. Not an `Instant`: an age may reach before the year 1000. */
export function boundAt(bound: TimeBound, now: Instant): number {
  return bound.kind === 'instant' ? bound.at : now - bound.ms;
}

/** One problem of a request, for the person who wrote the address. */
export interface QueryProblem {
  /** The parameter's name as given, cut to a readable length. */
  readonly parameter: string;
  /** What to do, one or two sentences. */
  readonly detail: string;
  /** Allowed values, when they can be listed. */
  readonly allowed?: readonly string[];
}
