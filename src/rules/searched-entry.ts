/**
 * Says what searches and rules look at in an entry: what the full-text indexes are made of, and what a term is compared with.
 */
import type { Entry, RecordedEntry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Tag } from '../domain/tag.ts';
import { toPlainText } from '../feed/sanitize/plain-text.ts';
import { type EntryFacets, toFacets } from '../query/language/facets.ts';
import { foldText } from '../query/language/fold.ts';
import type { SearchedEntry } from '../query/match/text-matches.ts';

/** Everything that a query can ask of a recorded entry. */
export function toRecordedFacts(entry: RecordedEntry<SafeHtml>): EntryFacets & SearchedEntry {
  const { id, sortAt, origin, also = [], tags } = entry;
  const sourceIds = [origin.sourceId, ...also.map((other) => other.origin.sourceId)];
  return { id, sortAt, ...toSearchedEntry(entry, tags), ...toFacets({ ...entry, sourceIds }) };
}

/** What `q` can ask of an entry with these tags. */
export function toSearchedEntry(entry: Entry<SafeHtml>, tags: readonly Tag[]): SearchedEntry {
  const { authors, languages, tags: slugs } = toFacets({ ...entry, tags, sourceIds: [] });
  return {
    title: foldText(entry.title),
    text: foldText(plainTextOf(entry)),
    tags: slugs,
    authors,
    languages,
    ...(entry.url === undefined ? {} : { url: entry.url }),
  };
}

/** The text beside the title: the content, or the summary of an entry without any. */
export function plainTextOf({ content, summary }: Entry<SafeHtml>): string {
  return content === undefined ? summary : toPlainText(content);
}
