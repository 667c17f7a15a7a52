/**
 * Entries and heads into text, in any of the three formats: the only file of this folder that others need.
 *
 * Deterministic: the same entry or head gives the same characters, today and after a redeploy. A document is
 * prefix + entries joined by the separator + suffix, so entries can be rendered once and joined many times.
 */
import type { RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { ContentMode, FeedFormat, FeedHead } from '../../domain/view.ts';
import { renderAtomEntry } from './atom.ts';
import { renderXmlFrame } from './frame.ts';
import { renderJsonFrame, renderJsonItem } from './json-feed.ts';
import { toPublicEntry } from './public-entry.ts';
import { renderRssItem } from './rss.ts';

/** What stands around and between the entries of a document. */
export interface Frame {
  readonly prefix: string;
  readonly separator: string;
  readonly suffix: string;
}

/** One entry, to stand in any frame of the same format. */
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

/** The document around the entries. */
export function renderFrame(format: FeedFormat, head: FeedHead): Frame {
  switch (format) {
    case 'rss':
    case 'atom':
      return { ...renderXmlFrame(format, head), separator: '' };
    case 'json':
      return { ...renderJsonFrame(head), separator: ',' };
  }
}

/** A whole document, entries in the order given. */
export function renderFeed(
  format: FeedFormat,
  head: FeedHead,
  entries: readonly RecordedEntry<SafeHtml>[],
  mode: ContentMode,
): string {
  const { prefix, separator, suffix } = renderFrame(format, head);
  return prefix + entries.map((entry) => renderEntry(format, entry, mode)).join(separator) + suffix;
}
