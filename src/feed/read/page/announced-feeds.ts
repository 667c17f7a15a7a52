/**
 * Finds the feeds that a web page announces, for the failure "this is a page", in one pass of the tokenizer.
 *
 * page-feeds.ts finds feeds for a person who pasted a page's address; this file only makes a failure helpful.
 * @see https://html.spec.whatwg.org/multipage/links.html#rel-alternate
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { createDefects } from '../defects.ts';
import { createEntities, decodeReferences } from '../xml/references.ts';
import { scanHtmlTags } from '../xml/tokenizer.ts';

const feedType =
  /^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|(?:application|text)\/(?:xml|rss|atom|x-rss)|application\/x\.?-?(?:rss|atom)(?:\+xml)?)$/;
const feedLikePath =
  /(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:[/._-]?(?:xml|json|rdf|rss|atom|php|aspx?))?\/?$|\.(?:rss|atom|rdf)$|\/index\.xml$|feeds?\.feedburner\.com\//i;
const feedLikeQuery = /[?&](?:feed|format|type|output|alt)=(?:rss2?|atom|rdf|feed)(?:$|&)/i;

/** Whether a media type is one of a feed and of nothing else. */
export function isFeedType(type: string): boolean {
  return feedType.test(type);
}

/** A media type without its parameters. */
export function toMediaType(text: string): string {
  return text.toLowerCase().split(';')[0]?.trim() ?? '';
}

/** Whether an address looks like that of a feed. */
export function isFeedLike(url: HttpUrl): boolean {
  const { pathname, search, hostname } = new URL(url);
  return feedLikePath.test(pathname) || feedLikeQuery.test(search) || /^feeds?\d?\.feedburner\.com$/.test(hostname);
}

/** Whether a `<link>` with these attributes announces a feed at `url`. */
export function announcesFeed(attribute: (name: string) => string, url: HttpUrl): boolean {
  const relations = attribute('rel').toLowerCase().split(/\s+/);
  const type = toMediaType(attribute('type'));
  // A feed of type text/html is the page itself, marked up.
  if (relations.some((relation) => /^(?:service\.)?feed$/.test(relation))) return !type.includes('html');
  if (!relations.includes('alternate') || relations.includes('stylesheet')) return false;
  // Without a type it may be the page in another language. WordPress announces its API as application/json beside its feeds.
  if (type === '' || type === 'application/json') return attribute('hreflang') === '' && isFeedLike(url);
  return isFeedType(type);
}

/** Feeds named in a failure. Guards its size; pages announce two or three, plus one for comments. */
const maxFeeds = 20;

/** Addresses of `<link rel=alternate>` with a feed's type, in document order, each once. */
export function findAnnouncedFeeds(html: string, url: HttpUrl): HttpUrl[] {
  const feeds = new Set<HttpUrl>();
  const silent = createDefects();
  let base: string = url;
  scanHtmlTags(html, (name, attributes) => {
    const tag = name.toLowerCase();
    if (tag !== 'link' && tag !== 'base') return true;
    const of = (wanted: string): string => {
      for (let i = 0; i < attributes.length; i += 2) {
        if (attributes[i]?.toLowerCase() === wanted)
          return decodeReferences(attributes[i + 1] ?? '', createEntities(), silent, 0).trim();
      }
      return '';
    };
    const href = of('href');
    if (tag === 'base') base = parseHttpUrl(href, url) ?? base;
    else {
      const feed = href === '' ? undefined : parseHttpUrl(href, base);
      if (feed !== undefined && announcesFeed(of, feed)) feeds.add(feed);
    }
    return feeds.size < maxFeeds;
  });
  return [...feeds];
}
