/**
 * A whole document at once, for tools and tests; what serves feeds joins fragments instead (window/assemble).
 */
import type { RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { ContentMode, FeedFormat, FeedHead } from '../../domain/view.ts';
import { renderEntry } from './entry.ts';
import { renderFrame } from './frame.ts';
import { makeFrameTemplates } from './xml-frame-template.ts';

/** The document, entries in the order given. */
export function renderFeed(
  format: FeedFormat,
  head: FeedHead,
  entries: readonly RecordedEntry<SafeHtml>[],
  mode: ContentMode,
): string {
  const { prefix, separator, suffix } = renderFrame(makeFrameTemplates(), format, head);
  return prefix + entries.map((entry) => renderEntry(format, entry, mode)).join(separator) + suffix;
}
