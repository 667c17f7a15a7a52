/**
 * Writes the frame of a JSON Feed 1.1 document; facts without a field in the format go under `_tributary`.
 *
 * Keys have a fixed order and absent ones are left out, so that the same view is the same bytes.
 * @see https://www.jsonfeed.org/version/1.1/
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import type { FeedHead } from '../../domain/view.ts';
import { toJsonChannel } from './channel-writer.ts';
import { toLanguageTag, toUri } from './format-rules.ts';
import { toWritableLine } from './xml-writer.ts';

function optionalUri(url: FeedHead['nextUrl']): string | undefined {
  return url === undefined ? undefined : toUri(url);
}

/** What goes before the first item and after the last. */
export function renderJsonFrame(head: FeedHead): { prefix: string; suffix: string } {
  // Where the archive documents begin with this document's own entries, a reader that pages would get them twice.
  const next = head.nextUrl ?? (head.currentUrl === undefined ? undefined : head.prevArchiveUrl);
  const channel = toJsonChannel(head.channel ?? {});
  const text = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: toWritableLine(head.title) || new URL(head.siteUrl).host,
    home_page_url: toUri(head.siteUrl),
    feed_url: toUri(head.selfUrl),
    description: toWritableLine(head.description) || undefined,
    // "next_url must not be the same as feed_url".
    next_url: next === head.selfUrl ? undefined : optionalUri(next),
    language: toLanguageTag(head.entryLanguage),
    ...channel.fields,
    hubs: head.hubs.length === 0 ? undefined : head.hubs.map((url) => ({ type: 'WebSub', url: toUri(url) })),
    _tributary: {
      about: new URL('/bot', head.selfUrl).href,
      id: toWritableLine(head.id),
      updated: head.updated === undefined ? undefined : renderRfc3339(head.updated),
      previous_url: optionalUri(head.previousUrl),
      first_url: optionalUri(head.firstUrl),
      current_url: optionalUri(head.currentUrl),
      prev_archive_url: optionalUri(head.prevArchiveUrl),
      next_archive_url: optionalUri(head.nextArchiveUrl),
      archive: head.isArchive === true ? true : undefined,
      ...channel.own,
    },
  });
  return { prefix: `${text.slice(0, -1)},"items":[`, suffix: ']}\n' };
}
