/**
 * The text of an entry that searches look at: what the full-text indexes are made of, and what a term is compared with.
 */
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { toPlainText } from '../../../feed/sanitize/plain-text.ts';
import { foldText } from '../../../query/language/fold.ts';

/** Title and text, folded, a line each: as `matchesText` takes them. */
export function toSearchedText(entry: Entry<SafeHtml>): string {
  return `${foldText(entry.title)}\n${foldText(plainTextOf(entry))}`;
}

/** The text beside the title: the content, or the summary of an entry without any. */
export function plainTextOf({ content, summary }: Entry<SafeHtml>): string {
  return content === undefined ? summary : toPlainText(content);
}
