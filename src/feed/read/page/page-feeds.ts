/**
 * Finds the feeds of a web page, for a person who knows the site but not its feed.
 *
 * Announced feeds come first; links that look like feeds count only when the page announces none. `guessFeeds` makes
 * addresses to try when there is nothing at all; requesting them is the caller's decision.
 * @see https://html.spec.whatwg.org/multipage/links.html#rel-alternate
 */
import type { Document } from '../../../domain/document.ts';
import { type HttpUrl, hostOf, parseHttpUrl, withoutCaller } from '../../../domain/http-url.ts';
import { decodeDocument } from '../charset/decode.ts';
import { resolveUrl } from '../resolve-url.ts';
import { announcesFeed, isFeedLike, isFeedType, toMediaType } from './announced-feeds.ts';
import { type HtmlDocument, type HtmlElement, parsePage } from './dom.ts';

/** A feed that a page points to. */
export interface FeedLink {
  readonly url: HttpUrl;
  readonly title?: string;
  /** Media type as announced, lower case, without parameters. */
  readonly type?: string;
  /** What readers say about the articles. */
  readonly isComments?: true;
}

/** Where feeds commonly are, below a page or at the root of its site; commonest first. */
const usualNames: readonly string[] = ['feed', 'rss.xml', 'feed.xml', 'atom.xml', 'index.xml'];
const usualRootPaths: readonly string[] = ['feed.json', 'rss', 'feeds/posts/default'];

/** Addresses that may be the feed of a page that announces none: below its own path first, then at the root. */
export function guessFeeds(page: HttpUrl): readonly HttpUrl[] {
  const { origin, pathname } = new URL(page);
  // A page with the name of a file lies in a folder; another one may be a folder itself.
  const folder = pathname.replace(/[^/]*\.[a-z]{2,5}$/i, '');
  const own = folder.endsWith('/') ? folder : `${folder}/`;
  const paths = [own, ...(own === '/' ? [] : ['/'])].flatMap((path) => usualNames.map((name) => path + name));
  return [...paths, ...usualRootPaths.map((path) => `/${path}`)].flatMap((path) => parseHttpUrl(path, origin) ?? []);
}

/** Feeds returned at most. Guards against pages that announce one for every tag they have. */
const maxFeeds = 50;

/** The words of a link, or of its picture, that leads to a feed. */
const feedLikeWords =
  /^(?:(?:subscribe|follow)(?: (?:via|by|with|to))?(?: the| our| my)? )?(?:rss|atom)(?:[ /-]?(?:rss|atom|2\.0|feeds?))*$/i;

/** Finds the feeds of an HTML page: announced ones in document order with comment feeds last, else look-alikes. */
export function discoverFeeds(document: Document): FeedLink[] {
  const page = parsePage(decodeDocument(document).text);
  return feedsOf(page, baseOf(page, document.url));
}

/** The same for a page that is parsed already. */
export function feedsOf(page: HtmlDocument, base: HttpUrl): FeedLink[] {
  const announced = collect(page.querySelectorAll('link[rel][href]'), base, (link, url) =>
    announcesFeed((name) => link.getAttribute(name) ?? '', url),
  );
  const isComments = (link: FeedLink) => /comments?\b/i.test(`${link.url} ${link.title ?? ''}`);
  const ofComments = announced.filter(isComments).map((link): FeedLink => ({ ...link, isComments: true }));
  const ofArticles = announced.filter((link) => !isComments(link));
  if (ofArticles.length > 0) return [...ofArticles, ...ofComments];
  const found = collect(page.querySelectorAll('a[href]'), base, looksLikeFeed);
  const isOwn = ({ url }: FeedLink) => hostOf(url) === hostOf(base);
  return [...found.filter(isOwn), ...found.filter((link) => !isOwn(link)), ...ofComments];
}

/** What relative addresses in a page resolve against. */
export function baseOf(page: HtmlDocument, url: HttpUrl): HttpUrl {
  const declared = page.querySelector('base[href]')?.getAttribute('href');
  return (declared == null ? undefined : parseHttpUrl(declared, url)) ?? url;
}

function collect(
  elements: Iterable<HtmlElement>,
  base: HttpUrl,
  accepts: (element: HtmlElement, url: HttpUrl) => boolean,
): FeedLink[] {
  const found = new Map<HttpUrl, FeedLink>();
  for (const element of elements) {
    const href = element.getAttribute('href')?.trim() ?? '';
    const url = href === '' || href.startsWith('#') ? undefined : resolveUrl(href, base);
    if (url === undefined || found.has(url) || !accepts(element, url)) continue;
    const title = (element.getAttribute('title') ?? '').replace(/\s+/g, ' ').trim();
    const type = mediaTypeOf(element);
    found.set(url, { url, ...(title === '' ? {} : { title }), ...(type === '' ? {} : { type }) });
    if (found.size === maxFeeds) break;
  }
  return [...found.values()];
}

function looksLikeFeed(link: HtmlElement, url: HttpUrl): boolean {
  const type = mediaTypeOf(link);
  if (isFeedType(type) || isFeedLike(url)) return true;
  const href = link.getAttribute('href') ?? '';
  if (withoutCaller(href) !== href) return true;
  const words = link.textContent?.trim() || link.querySelector('img[alt]')?.getAttribute('alt') || '';
  return words.length < 40 && feedLikeWords.test(words.trim());
}

function mediaTypeOf(element: HtmlElement): string {
  return toMediaType(element.getAttribute('type') ?? '');
}
