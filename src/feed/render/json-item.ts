/**
 * Writes an entry as an item of JSON Feed 1.1; facts without a field in the format go under `_tributary`.
 *
 * Keys have a fixed order and absent ones are left out, so that the same entry is the same bytes.
 * @see https://www.jsonfeed.org/version/1.1/
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import { toJsonModules } from './module-writer.ts';
import type { PublicEnclosure, PublicEntry, PublicOrigin } from './public-entry.ts';

function toAttachment(enclosure: PublicEnclosure) {
  return {
    url: enclosure.url,
    // The format requires it, and it is usually unknown.
    mime_type: enclosure.assumedType,
    title: enclosure.title,
    size_in_bytes: enclosure.lengthBytes,
    duration_in_seconds: enclosure.durationSeconds,
  };
}

function toSource({ id, title, updated, feedUrl, siteUrl }: PublicOrigin) {
  return {
    id,
    title,
    updated: updated === undefined ? undefined : renderRfc3339(updated),
    feed_url: feedUrl,
    home_page_url: siteUrl,
  };
}

function toExtension(entry: PublicEntry) {
  const { origin } = entry;
  const detailed = entry.categories.filter((category) => category.scheme !== undefined || category.label !== undefined);
  return {
    source: toSource(origin),
    guid: entry.replacedGuid,
    comments_url: entry.commentsUrl,
    rights: entry.rights || undefined,
    source_rights: origin.rights,
    via: entry.via,
    also:
      entry.also.length === 0 ? undefined : entry.also.map(({ origin: other, url }) => ({ ...toSource(other), url })),
    categories:
      detailed.length === 0 ? undefined : detailed.map(({ term, scheme, label }) => ({ term, scheme, label })),
  };
}

/** One element of `items`. */
export function renderJsonItem(entry: PublicEntry): string {
  const tags = [...new Set(entry.categories.map((category) => category.name))];
  return JSON.stringify({
    id: entry.guid,
    url: entry.url,
    external_url: entry.externalUrl,
    title: entry.title || undefined,
    content_html: entry.content,
    // One of the two contents is required: a reader that shows only contents then shows the summary.
    content_text: entry.content === undefined ? entry.summary : undefined,
    summary: entry.summary || undefined,
    image: entry.image,
    date_published: entry.published === undefined ? undefined : renderRfc3339(entry.published),
    date_modified: entry.updated === undefined ? undefined : renderRfc3339(entry.updated),
    authors: entry.authors.length === 0 ? undefined : entry.authors.map(({ name, url }) => ({ name, url })),
    tags: tags.length === 0 ? undefined : tags,
    language: entry.language,
    attachments: entry.enclosures.length === 0 ? undefined : entry.enclosures.map(toAttachment),
    ...toJsonModules(entry.modules),
    _tributary: toExtension(entry),
  });
}
