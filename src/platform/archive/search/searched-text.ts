/**
 * The text of an entry that searches look at: what the full-text indexes are made of, and what a term is compared with.
 */
import type { RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { toPlainText } from '../../../feed/sanitize/text.ts';
import { foldText } from '../../../query/fold.ts';

/** Title and text, folded, a line each: as `matchesText` takes them. */
export function toSearchedText({ title, content, summary }: RecordedEntry<SafeHtml>): string {
  return `${foldText(title)}\n${foldText(content === undefined ? summary : toPlainText(content))}`;
}
