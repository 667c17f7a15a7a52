/**
 * Writes one entry in any of the three formats, to stand in any frame of the same format (frame.ts).
 *
 * Deterministic: the same entry gives the same characters, today and after a redeploy.
 */
import type { RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { ContentMode, FeedFormat } from '../../domain/view.ts';
import { renderAtomEntry } from './atom-writer.ts';
import { renderJsonItem } from './json-item.ts';
import { toPublicEntry } from './public-entry.ts';
import { renderRssItem } from './rss-writer.ts';
import type { Writable } from './xml-writer.ts';

/** The entry, with as much content as `mode` says. */
export function renderEntry(format: FeedFormat, entry: RecordedEntry<SafeHtml>, mode: ContentMode): string {
  const shown = toPublicEntry(entry, mode);
  switch (format) {
    case 'rss':
      return renderRssItem(shown);
    case 'atom':
      return renderAtomEntry(shown);
    case 'json':
      return renderJsonItem(shown);
  }
}

/** Marks the place of the content: a character that no text of a feed can hold. */
const contentPlace = '\0' as Writable;

/**
 * The entry without its content, in two pieces: before it and after it. A caller that has the content as bytes puts them
 * between, unchanged; they must be `isCdataAlready` (xml-writer.ts).
 */
export function renderAroundContent(
  format: 'rss' | 'atom',
  entry: RecordedEntry<SafeHtml>,
): { readonly before: string; readonly after: string } {
  const shown = { ...toPublicEntry(entry, 'full'), content: contentPlace };
  const text = format === 'rss' ? renderRssItem(shown) : renderAtomEntry(shown);
  const at = text.indexOf(contentPlace);
  return { before: text.slice(0, at), after: text.slice(at + 1) };
}
