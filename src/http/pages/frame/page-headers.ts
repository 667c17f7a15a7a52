/**
 * Headers of every page: what a browser may load and run for it, and what it tells others.
 *
 * Entries come from strangers. The sanitizer is the wall; this is the moat: nothing runs but our one script, no form
 * goes elsewhere, nobody frames us, nobody learns what is read here.
 */
import { videoPlayers } from '../../../feed/sanitize/embeds.ts';
import { pageStyle } from './page-style.ts';

/** @see https://www.w3.org/TR/CSP3/ */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src '${pageStyle.integrity}'`,
  // Entries show their own images; feeds of the old web are on plain http, and small pictures of mails are data.
  "img-src 'self' https: http: data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The policy where a whole entry is shown: recordings, and the players that the sanitizer lets through. */
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
