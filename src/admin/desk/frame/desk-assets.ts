/**
 * Holds the script, the stylesheet and the headers of the desk's pages.
 *
 * No cache keeps these pages, no search engine lists them, no other site may frame them.
 */
import { digest } from '../../../domain/digest.ts';
import { toInlineStyle } from '../../../page/inline-style.tsx';
import charts from './charts.css';
import script from './desk.client.js';
import desk from './desk.css';
import content from './desk-content.css';
import forms from './forms.css';
import listTools from './list-tools.css';
import sourceList from './source-list.css';

/** The script. It holds nothing of the owner's, so anybody may load it. */
export { script as deskScript };

/** Where the script is served. A changed script has another address. */
export const deskScriptPath = `/admin/assets/desk-${digest(script).slice(0, 12)}.js`;

/** The stylesheet as an element, with the digest that the Content-Security-Policy names it by. */
export const deskStyle = toInlineStyle(desk, content, forms, charts, listTools, sourceList);

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
