/**
 * A whole document at once, for tools and tests; what serves feeds joins fragments instead (window/assemble).
 */
import type { RecordedEntry } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { ContentMode, FeedFormat, FeedHead } from '../../src/domain/view.ts';
import { renderFrame } from '../../src/feed/render/frame.ts';
import { renderEntry } from '../../src/feed/render/render-entry.ts';
import { makeFrameTemplates } from '../../src/feed/render/xml-frame-template.ts';

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
