/**
 * The page around every content: head, header, footer. A page of a river is this frame around cards that are bytes.
 */

import { directionOf } from '../../../feed/render/direction.ts';
import type { Frame } from '../../../feed/render/frame.ts';
import { siteIcon } from '../../../page/drawings.tsx';
import { attribute, fromSource, html, type Markup, renderMarkup } from '../../../page/html.ts';
import { type FeedLinks, renderAlternates } from '../parts/subscribe.tsx';
import type { PageContext } from './page-context.ts';
import { scriptPath } from './page-script.ts';
import { style } from './page-style.ts';

/** What a page says about itself. */
export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Absolute; absent where there is none, as on errors. */
  readonly canonical?: string;
  readonly feeds?: FeedLinks;
  /** The entry of the site's navigation that this page is. */
  readonly current?: string;
  /** Endless or private pages are not for search engines. */
  readonly isIndexed?: boolean;
}

/** The site's navigation. */
const places = [
  { path: '/', label: 'Latest' },
  { path: '/tags', label: 'Tags' },
  { path: '/sources', label: 'Sources' },
  { path: '/search', label: 'Search' },
] as const;

/** A whole page. */
export function renderPage(context: PageContext, head: PageHead, main: Markup): string {
  const { prefix, suffix } = pageFrame(context, head, main, html``);
  return prefix + suffix;
}

/** The page before and after what is joined in as bytes. */
export function pageFrame(context: PageContext, head: PageHead, before: Markup, after: Markup): Frame {
  return {
    prefix:
      renderMarkup(html`${renderHead(context, head)}${renderHeader(context, head)}`) + openMain + renderMarkup(before),
    separator: '',
    suffix: renderMarkup(after) + closeMain + renderMarkup(renderFooter(context)),
  };
}

// Not inside a template: compilers rewrite tagged templates that hold the end of a script.
const script = fromSource(`<script src="${scriptPath}" defer></script>`);

const openMain = '<main id="main" tabindex="-1">';
const closeMain = '</main>';

function renderHead({ config }: PageContext, head: PageHead): Markup {
  const { siteLanguage } = config;
  return html`<!doctype html><html lang="${siteLanguage}" dir="${directionOf(siteLanguage)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${head.title}</title><meta name="description" content="${head.description}"><meta name="theme-color" content="#fcfbf8" media="(prefers-color-scheme:light)"><meta name="theme-color" content="#13181a" media="(prefers-color-scheme:dark)">${
    head.isIndexed === false && html`<meta name="robots" content="noindex">`
  }${head.canonical !== undefined && html`<link rel="canonical" href="${head.canonical}">`}<link rel="icon" href="/favicon.svg" type="image/svg+xml">${
    head.feeds !== undefined && renderAlternates(head.feeds)
  }${style.element}${script}</head><body>`;
}

function renderHeader({ config }: PageContext, head: PageHead): Markup {
  return html`<a class="skip" href="#main">Skip to content</a><header class="site"><a class="brand" href="/" dir="auto">${siteIcon}${config.siteTitle}</a><nav aria-label="Site">${places.map(
    ({ path, label }) =>
      html`<a href="${path}"${attribute('aria-current', path === head.current ? 'page' : undefined)}>${label}</a>`,
  )}</nav>${
    // The search page has its own field: two with one purpose would confuse who hears the page.
    head.current !== '/search' &&
    html`<form class="quick" action="/search" role="search"><input type="search" name="q" aria-label="Search all entries" placeholder="Search"></form>`
  }</header>`;
}

function renderFooter({ config }: PageContext): Markup {
  return html`<footer class="foot"><p>${config.siteDescription}</p><nav aria-label="About"><a href="/bot">About our requests</a><a href="/opml.xml">Subscription list (OPML)</a><a href="/rss.xml">RSS</a><a href="/atom.xml">Atom</a><a href="/feed.json">JSON Feed</a></nav></footer></body></html>
`;
}
