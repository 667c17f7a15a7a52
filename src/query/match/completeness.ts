/**
 * Proves that a selection from the window equals the selection from the whole Archive: *complete, or ask* (ADR 3).
 *
 * A wrong yes would be a silently shorter feed; a wrong no only costs a question to the Archive. So each rule is a proof, and
 * when no rule applies the answer is no.
 */
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceId } from '../../domain/source.ts';
import type { EntryFacets } from '../language/facets.ts';
import { boundAt, type Cursor, type Group, type Query } from '../language/query.ts';
import { compareNewestFirst } from './matches.ts';
import type { NewestSelection } from './select-newest.ts';

/** The facts about the window and the Archive that proofs need. A published `Window` has them. */
export interface WindowFacts {
  /** Counts over the whole archive, retired entries aside. A tag or source that is not listed has no entries. */
  readonly totals: {
    readonly entries: number;
    readonly tags: readonly { readonly slug: string; readonly count: number }[];
    readonly sources: readonly { readonly id: SourceId; readonly count: number }[];
    /** The lists are too long to be whole: an unlisted tag or source may still have entries. */
    readonly isCut?: true;
  };
  /** The window holds every archive entry at least as new as this one; absent when it holds the whole archive. */
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  /** Newest first. */
  readonly entries: readonly EntryFacets[];
}

/** Whether `found`, which `selectNewest` selected from the window's entries, is the Archive's answer, `more` included. */
export function isComplete(query: Query, now: Instant, window: WindowFacts, found: NewestSelection): boolean {
  if (query.text !== undefined) return false;
  const { contiguousFrom } = window;
  if (contiguousFrom === undefined || window.entries.length === window.totals.entries) return true;
  return (
    isFilledBefore(contiguousFrom, window, found) ||
    // Strictly newer: of the entries of that same instant, the window may lack those with smaller ids.
    (query.since !== undefined && boundAt(query.since, now) > contiguousFrom.sortAt) ||
    query.sources.some((group) => isWhole(group, window, 'sources', (id) => countOfSource(window, id))) ||
    query.tags.some((group) => isWhole(group, window, 'tags', (slug) => countOfTag(window, slug)))
  );
}

/** The page is full and ends before the window's end, and the window itself shows that there is more. */
function isFilledBefore(contiguousFrom: Cursor, window: WindowFacts, found: NewestSelection): boolean {
  const last = window.entries[found.positions.at(-1) ?? -1];
  return found.more && last !== undefined && compareNewestFirst(last, contiguousFrom) <= 0;
}

/** Every entry that matches the group has one of its members, and all entries with one are in the window. */
function isWhole(
  group: Group,
  { entries }: WindowFacts,
  facet: 'tags' | 'sources',
  countInArchive: (member: string) => number,
): boolean {
  if (!('anyOf' in group)) return false;
  return group.anyOf.every((member) => {
    const here = entries.reduce((count, entry) => count + (entry[facet].includes(member) ? 1 : 0), 0);
    return here === countInArchive(member);
  });
}

function countOfTag({ totals }: WindowFacts, slug: string): number {
  return totals.tags.find((tag) => tag.slug === slug)?.count ?? countOfUnlisted(totals);
}

function countOfSource({ totals }: WindowFacts, id: string): number {
  return totals.sources.find((source) => source.id === id)?.count ?? countOfUnlisted(totals);
}

function countOfUnlisted({ isCut }: WindowFacts['totals']): number {
  return isCut === true ? Number.NaN : 0;
}
