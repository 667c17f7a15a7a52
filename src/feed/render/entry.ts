/**
 * One entry in any of the three formats, to stand in any frame of the same format (frame.ts).
 *
 * Deterministic: the same entry gives the same characters, today and after a redeploy.
 */
import type { RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { ContentMode, FeedFormat } from '../../domain/view.ts';
import { renderAtomEntry } from './atom.ts';
import { renderJsonItem } from './json-item.ts';
import { toPublicEntry } from './public-entry.ts';
import { renderRssItem } from './rss.ts';

/** The entry, as much of its content as `mode` says. */
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
