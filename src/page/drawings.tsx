/**
 * Draws the signs of the site, the sign for a feed, and places the icons of sources.
 */
import { type Markup, renderMarkup } from './markup.ts';

const streams = (
  <g fill="none" stroke-width="2.6" stroke-linecap="round">
    <path d="M3 5c6 0 6 7 12 7h6" />
    <path d="M3 12h18" />
    <path d="M3 19c6 0 6-7 12-7" />
  </g>
);

/** The sign beside the site's name, in the colour around it. */
export const siteIcon = (
  <svg viewBox="0 0 24 24" stroke="currentColor" aria-hidden="true">
    {streams}
  </svg>
);

/** The sign for a feed. */
export const feedIcon = (
  <svg viewBox="0 0 16 16" width="12" height="12" fill="currentColor" aria-hidden="true">
    <circle cx="3.2" cy="12.8" r="2.2" />
    <path d="M1 5.5v2.9a6.6 6.6 0 0 1 6.6 6.6h2.9A9.5 9.5 0 0 0 1 5.5zm0-5V3.4a11.6 11.6 0 0 1 11.6 11.6h2.9A14.5 14.5 0 0 0 1 .5z" />
  </svg>
);

/** The icon of browser tabs, a file of its own. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>g{stroke:#0a5c68}@media(prefers-color-scheme:dark){g{stroke:#74cad3}}</style>${renderMarkup(streams)}</svg>`;

/** The icon beside the name of a source; a private source has none. src/http/pages/parts/source-icon.tsx serves it. */
export function SourceIcon({ id }: { readonly id: string }): Markup {
  return <img class="icon" src={`/sources/${id}/icon`} alt="" width="16" height="16" loading="lazy" />;
}
