/**
 * Says what searches and rules look at in an entry: what the full-text indexes are made of, and what a term is compared with.
 */
import type { Entry, RecordedEntry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Tag } from '../domain/tag.ts';
import { toPlainText } from '../feed/sanitize/plain-text.ts';
import { foldText } from '../query/language/fold.ts';
import type { EntryFacts } from '../query/match/matches.ts';
import type { SearchedEntry } from '../query/match/text-matches.ts';

/** Everything that a query can ask of a recorded entry. */
export function toRecordedFacts(entry: RecordedEntry<SafeHtml>): EntryFacts & SearchedEntry {
  const { id, sortAt, origin, tags } = entry;
  return { id, sortAt, source: origin.sourceId, ...toSearchedEntry(entry, tags) };
}

/** What `q` can ask of an entry with these tags. */
export function toSearchedEntry(entry: Entry<SafeHtml>, tags: readonly Tag[]): SearchedEntry {
  return {
    title: foldText(entry.title),
    text: foldText(plainTextOf(entry)),
    tags: tags.map((tag) => tag.slug),
    authors: entry.authors.map((author) => foldText(author.name)),
    ...(entry.language === undefined ? {} : { language: entry.language }),
    ...(entry.url === undefined ? {} : { url: entry.url }),
  };
}

/** The text beside the title: the content, or the summary of an entry without any. */
export function plainTextOf({ content, summary }: Entry<SafeHtml>): string {
  return content === undefined ? summary : toPlainText(content);
}
