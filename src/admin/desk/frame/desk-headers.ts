/**
 * Headers of the desk's pages: no cache keeps them, no search engine lists them, no other site frames them.
 */
import { deskStyle } from './desk-style.ts';

/** @see https://www.w3.org/TR/CSP3/ */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src '${deskStyle.integrity}'`,
  // The preview of a feed shows its pictures; the referrer policy keeps the desk's address from their servers.
  "img-src 'self' http: https:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** For each page under /admin. */
export const deskHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentPolicy,
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  // Not no-referrer: with that, browsers post our own forms with `Origin: null` (Fetch, section 3.2).
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
