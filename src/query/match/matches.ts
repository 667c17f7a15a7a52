/**
 * Whether an entry belongs to a query, by everything that can be told without its text.
 *
 * Text is another matter (`text-matches.ts`): the window does not carry it, the Archive has indexes for it.
 */
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceId } from '../../domain/source.ts';
import { boundAt, type Group, type Query } from '../language/query.ts';
import { isAfterCursor } from './compare.ts';

/** What a query can ask of an entry, its text aside. */
export interface EntryFacts {
  readonly id: EntryId;
  readonly sortAt: Instant;
  /** Slugs. */
  readonly tags: readonly string[];
  readonly source: SourceId;
  /** Names, folded by `foldText`. */
  readonly authors: readonly string[];
  /** BCP 47 in any case; absent when unknown. */
  readonly language?: string;
}

/** Whether an entry is selected: groups, bounds of time, and the cursor; the limit and the text are not looked at. */
export function matches(query: Query, facts: EntryFacts, now: Instant): boolean {
  return (
    (query.since === undefined || facts.sortAt >= boundAt(query.since, now)) &&
    (query.until === undefined || facts.sortAt <= boundAt(query.until, now)) &&
    (query.before === undefined || isAfterCursor(facts, query.before)) &&
    // Most queries have no group of most kinds, and this is asked of every entry: no function is made for nothing.
    (query.tags.length === 0 || holds(query.tags, (tag) => facts.tags.includes(tag))) &&
    (query.sources.length === 0 || holds(query.sources, (source) => facts.source === source)) &&
    (query.authors.length === 0 || holds(query.authors, (author) => facts.authors.includes(author))) &&
    (query.languages.length === 0 || holds(query.languages, (range) => isInLanguage(facts.language, range)))
  );
}

/** Whether all groups hold when `has` says which members do. */
export function holds<T>(groups: readonly Group<T>[], has: (member: T) => boolean): boolean {
  return groups.every((group) => ('anyOf' in group ? group.anyOf.some(has) : !group.noneOf.some(has)));
}

/** Basic filtering of RFC 4647 section 3.3.1: `zh` is in zh, zh-CN and zh-Hans; `und` is where nobody said. */
export function isInLanguage(language: string | undefined, range: string): boolean {
  const tag = language?.toLowerCase() ?? 'und';
  return tag === range || tag.startsWith(`${range}-`);
}
