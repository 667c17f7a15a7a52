/**
 * A whole feed made safe: its own title and every entry.
 */
import type { Feed } from '../../domain/feed.ts';
import type { SafeHtml, UntrustedHtml } from '../../domain/html.ts';
import { sanitizeEntry } from './entry.ts';
import { sanitizeHtml } from './html.ts';

/** Sanitizes every piece of HTML in a feed; see `sanitizeEntry` for what is completed. */
export function sanitizeFeed(feed: Feed<UntrustedHtml>): Feed<SafeHtml> {
  const { titleHtml, entries, ...rest } = feed;
  return {
    ...rest,
    ...(titleHtml === undefined ? {} : { titleHtml: sanitizeHtml(titleHtml) }),
    entries: entries.map(sanitizeEntry),
  };
}
