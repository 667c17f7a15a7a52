/**
 * Serves the small files of the site: script, icons, manifest, QR codes, robots.txt, sitemap.
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import { favicon } from '../../page/drawings.tsx';
import { fromSource, renderMarkup } from '../../page/markup.ts';
import { QrCode } from '../../page/qr-code.tsx';
import { everything } from '../../query/language/query.ts';
import { everywhere, pageAddress } from '../../window/view-address.ts';
import type { FeedSources } from '../answer.ts';
import iconPng from './frame/icon-512.png';
import { toPageContext } from './frame/layout.tsx';
import { script, scriptPath } from './frame/page-assets.ts';
import { takeInventory } from './lists/inventory.ts';

const daySeconds = 86_400;

/** Paths of the files; `/assets/:file` is the script, whatever its version. */
export const siteFilePaths: readonly string[] = [
  '/assets/:file',
  '/favicon.svg',
  '/favicon.ico',
  '/icon-512.png',
  '/manifest.webmanifest',
  '/qr.svg',
  '/robots.txt',
  '/sitemap.xml',
];

/** The file at a path; `undefined` when there is none. */
export async function toSiteFile(sources: FeedSources, url: URL): Promise<Response | undefined> {
  const { config, origin } = toPageContext(sources.config, url);
  switch (url.pathname) {
    case '/robots.txt':
      return toFile(robots(origin), 'text/plain; charset=utf-8', daySeconds);
    case '/favicon.svg':
    case '/favicon.ico':
      return toFile(favicon, 'image/svg+xml', daySeconds);
    case '/icon-512.png':
      return toFile(
        Uint8Array.from(atob(iconPng), (character) => character.charCodeAt(0)),
        'image/png',
        7 * daySeconds,
      );
    case '/manifest.webmanifest':
      return toFile(manifest(config), 'application/manifest+json; charset=utf-8', daySeconds);
    case '/qr.svg':
      return toQrCode(origin, url.searchParams.get('of') ?? '');
    case '/sitemap.xml':
      return toFile(await sitemap(sources, origin), 'application/xml; charset=utf-8', 3600);
    default:
      return toScript(url.pathname);
  }
}

function toScript(path: string): Response | undefined {
  if (!/^\/assets\/page-[0-9a-v]{12}\.js$/.test(path)) return undefined;
  // A page kept from before a deploy asks for the former script: today's script is sent, with a short lifetime.
  return path === scriptPath
    ? toFile(script, 'text/javascript; charset=utf-8', 365 * daySeconds, ', immutable')
    : toFile(script, 'text/javascript; charset=utf-8', 300);
}

/** Searches are endless; the desk is for its owner. */
function robots(origin: string): string {
  return `User-agent: *
Disallow: /search
Disallow: /admin
Sitemap: ${origin}/sitemap.xml
`;
}

/** The manifest that phones need to install the site. @see https://www.w3.org/TR/appmanifest/ */
function manifest({ siteTitle, siteDescription, siteLanguage }: FeedSources['config']): string {
  return JSON.stringify({
    name: siteTitle,
    short_name: siteTitle,
    description: siteDescription,
    lang: siteLanguage,
    start_url: '/',
    display: 'minimal-ui',
    background_color: '#fcfbf8',
    theme_color: '#0a5c68',
    // Phones then list the site in their share menu: a shared page opens the desk with its address.
    share_target: { action: '/admin/add', method: 'GET', params: { title: 'title', text: 'text', url: 'url' } },
    icons: [
      { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
    ],
  });
}

/** The QR code of one of our own addresses; other texts are refused. */
function toQrCode(origin: string, path: string): Response | undefined {
  if (!path.startsWith('/') || path.length > 500) return undefined;
  const drawing = <QrCode text={`${origin}${path}`} label={path} />;
  return toFile(renderMarkup(drawing), 'image/svg+xml', daySeconds);
}

/** Most pages that are listed: a sitemap has room for 50,000. */
const maxListed = 20_000;

/** Pages with content of their own. Filtered views are left out, and so are entries, whose originals are elsewhere. */
async function sitemap(sources: FeedSources, origin: string): Promise<string> {
  const { totals } = await takeInventory(sources);
  const page = (path: string, updated?: number) => (
    <url>
      <loc>
        {origin}
        {path}
      </loc>
      {updated !== undefined && updated > 0 && <lastmod>{renderRfc3339(updated as typeof totals.updated)}</lastmod>}
    </url>
  );
  const used = totals.sources.filter(({ count }) => count > 0);
  const pages = [
    page(pageAddress(everywhere, everything), totals.updated),
    page('/tags', totals.updated),
    page('/sources', totals.updated),
    page('/archive', totals.updated),
    page('/bot'),
    ...totals.tags
      .slice(0, maxListed)
      .map(({ slug, updated }) => page(pageAddress({ kind: 'tag', name: slug }, everything), updated)),
    ...used
      .slice(0, maxListed)
      .map(({ id, updated }) => page(pageAddress({ kind: 'source', name: id }, everything), updated)),
  ];
  return renderMarkup(
    <>
      {fromSource('<?xml version="1.0" encoding="UTF-8"?>\n')}
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>
    </>,
  );
}

function toFile(body: string | Uint8Array<ArrayBuffer>, type: string, maxAge: number, more = ''): Response {
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Cache-Control': `public, max-age=${maxAge}${more}`,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
