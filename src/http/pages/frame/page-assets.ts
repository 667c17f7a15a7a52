/**
 * Holds the script, the stylesheet and the headers of the public pages.
 *
 * Entries come from strangers. The sanitizer makes their HTML safe; these headers are the second guard: only our own script runs,
 * forms go only to us, no other site frames a page or learns what is read here.
 */

import { digest } from '../../../domain/digest.ts';
import { videoPlayers } from '../../../feed/sanitize/embeds.ts';
import { toInlineStyle } from '../../../page/inline-style.tsx';
import entry from '../style/entry.css';
import lists from '../style/lists.css';
import prose from '../style/prose.css';
import river from '../style/river.css';
import search from '../style/search.css';
import subscribe from '../style/subscribe.css';
import script from './page.client.js';

export { script };

/** Where the script is served. A changed script has another address, so browsers may keep it for ever. */
export const scriptPath = `/assets/page-${digest(script).slice(0, 12)}.js`;

/** The stylesheet of all pages: it is small, and pages differ in content, not in style. */
export const pageStyle = toInlineStyle(river, subscribe, search, lists, entry, prose);

/** @see https://www.w3.org/TR/CSP3/ */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src '${pageStyle.integrity}'`,
  // Entries show their own images; old feeds use plain http, and small pictures of mails are data.
  "img-src 'self' https: http: data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The policy of a page with a whole entry: it may also show recordings, and the players that the sanitizer lets through. */
export const entryPolicy = [
  contentPolicy,
  'media-src https: http:',
  `frame-src ${videoPlayers.map(([host]) => `https://${host}`).join(' ')}`,
].join('; ');

/** For each HTML response, errors too. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentPolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
