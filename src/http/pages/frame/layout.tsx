/**
 * Makes the page around the content: head, header, footer.
 */
import { directionOf } from '../../../feed/render/direction.ts';
import type { Frame } from '../../../feed/render/frame.ts';
import { siteIcon } from '../../../page/drawings.tsx';
import { type Child, fromSource, type Markup, renderMarkup } from '../../../page/markup.ts';
import type { Config } from '../../../pipeline/config.ts';
import { Alternates, type FeedLinks } from '../parts/subscribe.tsx';
import { pageStyle, scriptPath } from './page-assets.ts';

/** The settings and our own origin, for all components. */
export interface PageContext {
  readonly config: Config;
  /** Public origin without a trailing slash. */
  readonly origin: string;
}

/** The context of one request. */
export function toPageContext(config: Config, url: URL): PageContext {
  return { config, origin: config.siteUrl ?? url.origin };
}

/** The head of a page. */
export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Absolute; absent where there is none, as on errors. */
  readonly canonical?: string;
  readonly feeds?: FeedLinks;
  /** The entry of the site's navigation that this page is. */
  readonly current?: string;
  /** Its type for other sites that show a link to it: a website, or one article. */
  readonly kind?: 'article';
  readonly image?: string | undefined;
  /** Endless or private pages are not for search engines. */
  readonly isIndexed?: boolean;
}

interface PageProps {
  readonly context: PageContext;
  readonly head: PageHead;
  readonly children: Child;
}

/** The site's navigation. */
const places = [
  { path: '/', label: 'Latest' },
  { path: '/tags', label: 'Tags' },
  { path: '/sources', label: 'Sources' },
  { path: '/search', label: 'Search' },
] as const;

/** Divides prefix and suffix. Escaped text never contains this, because of its angle brackets. */
const cardsMark = '<!--cards-->';

/** Marks where the cards of a river go, which are bytes from the window. */
export function Cards(): Markup {
  return fromSource(cardsMark);
}

/** Divides a page at its cards; a page without cards is all prefix. */
export function toFrame(page: Markup): Frame {
  const text = renderMarkup(page);
  const at = text.indexOf(cardsMark);
  if (at === -1) return { prefix: text, separator: '', suffix: '' };
  return { prefix: text.slice(0, at), separator: '', suffix: text.slice(at + cardsMark.length) };
}

/** A whole page. */
export function Page({ context, head, children }: PageProps): Markup {
  const { config } = context;
  return (
    <>
      {fromSource('<!doctype html>')}
      <html lang={config.siteLanguage} dir={directionOf(config.siteLanguage)}>
        <Head head={head} siteTitle={config.siteTitle} />
        <body>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <Header context={context} current={head.current} />
          <main id="main" tabindex="-1">
            {children}
          </main>
          <Footer context={context} />
        </body>
      </html>
      {'\n'}
    </>
  );
}

function Head({ head, siteTitle }: { readonly head: PageHead; readonly siteTitle: string }): Markup {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>{head.title}</title>
      <meta name="description" content={head.description} />
      <meta name="theme-color" content="#fcfbf8" media="(prefers-color-scheme:light)" />
      <meta name="theme-color" content="#13181a" media="(prefers-color-scheme:dark)" />
      {head.isIndexed === false && <meta name="robots" content="noindex" />}
      {head.canonical !== undefined && <link rel="canonical" href={head.canonical} />}
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/icon-512.png" />
      <link rel="manifest" href="/manifest.webmanifest" />
      <Preview head={head} siteTitle={siteTitle} />
      {head.feeds !== undefined && <Alternates links={head.feeds} />}
      {pageStyle.element}
      <script src={scriptPath} async />
    </head>
  );
}

/** What other sites and chats show for a link to the page. @see https://ogp.me/ */
function Preview({ head, siteTitle }: { readonly head: PageHead; readonly siteTitle: string }): Markup {
  return (
    <>
      <meta property="og:type" content={head.kind ?? 'website'} />
      <meta property="og:site_name" content={siteTitle} />
      <meta property="og:title" content={head.title} />
      <meta property="og:description" content={head.description} />
      {head.canonical !== undefined && <meta property="og:url" content={head.canonical} />}
      {head.image !== undefined && <meta property="og:image" content={head.image} />}
    </>
  );
}

function Header({
  context,
  current,
}: {
  readonly context: PageContext;
  readonly current?: string | undefined;
}): Markup {
  return (
    <header class="site">
      <a class="brand" href="/" dir="auto">
        {siteIcon}
        {context.config.siteTitle}
      </a>
      <nav aria-label="Site">
        {places.map(({ path, label }) => (
          <a href={path} aria-current={path === current ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {/* The search page has its own field: two with one purpose would confuse who hears the page. */}
      {current !== '/search' && (
        <form class="quick" action="/search" role="search">
          <input type="search" name="q" aria-label="Search all entries" placeholder="Search" />
        </form>
      )}
    </header>
  );
}

function Footer({ context }: { readonly context: PageContext }): Markup {
  return (
    <footer class="foot">
      <p>{context.config.siteDescription}</p>
      <nav aria-label="About">
        <a href="/archive">Archive</a>
        <a href="/bot">About our requests</a>
        <a href="/opml.xml">Subscription list (OPML)</a>
        <a href="/rss.xml">RSS</a>
        <a href="/atom.xml">Atom</a>
        <a href="/feed.json">JSON Feed</a>
        <button type="button" hidden data-theme-switch>
          Theme: system
        </button>
        <button type="button" hidden data-keys>
          Keys
        </button>
      </nav>
      <KeyList />
    </footer>
  );
}

const keys: readonly (readonly [key: string, what: string])[] = [
  ['j k', 'next and previous entry'],
  ['o', 'open the entry, or its own page'],
  ['s', 'subscribe'],
  ['/', 'search'],
  ['g h', 'latest entries'],
  ['g t', 'tags'],
  ['g s', 'sources'],
  ['?', 'this list'],
];

/** A dialog that stays closed until the script opens it. */
function KeyList(): Markup {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button>Close</button>
      </form>
    </dialog>
  );
}
