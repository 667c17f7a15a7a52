/**
 * A subscription list as OPML 2.0.
 *
 * No dates: a list that did not change is the same bytes.
 * @see http://opml.org/spec2.opml
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Tag } from '../../domain/tag.ts';
import { toUri } from './format-rules.ts';
import { escapeText, renderEmpty, toWritable } from './xml-writer.ts';

/** One subscription. */
export interface OpmlSource {
  readonly title: string;
  /** The feed's address. */
  readonly url: HttpUrl;
  readonly siteUrl?: HttpUrl | undefined;
  readonly tags: readonly Tag[];
}

/** A list of subscriptions with a title. */
export interface OpmlList {
  readonly title: string;
  readonly sources: readonly OpmlSource[];
}

function renderOutline(source: OpmlSource): string {
  const title = toWritable(source.title).trim() || new URL(source.url).host;
  return renderEmpty('outline', {
    type: 'rss',
    text: title,
    title,
    xmlUrl: toUri(source.url),
    htmlUrl: source.siteUrl === undefined ? undefined : toUri(source.siteUrl),
    // Comma-separated; a word without a slash is a tag. Slugs hold neither commas nor slashes, labels may.
    category: source.tags.length === 0 ? undefined : source.tags.map((tag) => tag.slug).join(','),
  });
}

/** The list, sources in the order given. */
export function renderOpml(list: OpmlList): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<opml version="2.0">\n' +
    `<head>\n<title>${escapeText(list.title)}</title>\n</head>\n` +
    `<body>\n${list.sources.map(renderOutline).join('')}</body>\n` +
    '</opml>\n'
  );
}
