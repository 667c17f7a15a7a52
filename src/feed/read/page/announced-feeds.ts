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

const feedTypes = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/rdf+xml',
  'text/xml',
  'application/xml',
]);

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
    else if (href !== '' && of('rel').toLowerCase().split(/\s+/).includes('alternate')) {
      const feed = feedTypes.has(of('type').toLowerCase().split(';')[0]?.trim() ?? '')
        ? parseHttpUrl(href, base)
        : undefined;
      if (feed !== undefined) feeds.add(feed);
    }
    return feeds.size < maxFeeds;
  });
  return [...feeds];
}
