/**
 * Finds the links of an entry: its permalink, the page it points to, its discussion page, the feed it came from.
 */
import { stripTracking } from '../../../domain/address-key.ts';
import type { Entry } from '../../../domain/entry.ts';
import { type HttpUrl, hostOf } from '../../../domain/http-url.ts';
import type { RawEntry, RawLink, RawNode } from '../raw-feed.ts';
import { resolveUrl } from '../resolve-url.ts';
import { linkRungs } from './field-ladders.ts';
import { climb, type Ladder, ladder } from './ladder.ts';
import { toPlain } from './meaning.ts';

const atomKeys = ladder('atom:link');
const contentKeys = ladder('atom:content');
const externalKeys = ladder('external_url');
const originalKeys = ladder('feedburner:origlink');
const guidKeys = ladder('guid', 'rdf:about');
const idKeys = ladder('atom:id', 'id');
const commentsKeys = ladder('comments');
const titleKeys = ladder('title', 'atom:title');

function isPage({ type }: RawLink): boolean {
  return type === undefined || type.includes('html');
}

function linkTo(node: RawNode, base: string, keys: Ladder, accept: (link: RawLink) => boolean): HttpUrl | undefined {
  return climb(keys, node.links, (link) => (accept(link) ? resolveUrl(link.href, link.base ?? base) : undefined));
}

/** The page a node stands for: `alternate`, HTML before other types. */
export function alternateOf(node: RawNode, base: string, keys: Ladder = linkRungs): HttpUrl | undefined {
  return (
    linkTo(node, base, keys, (link) => link.rel === 'alternate' && isPage(link)) ??
    linkTo(node, base, keys, (link) => link.rel === 'alternate')
  );
}

/** An address among the values that begin as `shape` says. */
function valueUrl(node: RawNode, base: string, keys: Ladder, shape = anyAddress): HttpUrl | undefined {
  return climb(keys, node.values, ({ text, base: own }) =>
    shape.test(text) ? resolveUrl(text, own ?? base) : undefined,
  );
}

const anyAddress = /^/;
const absolute = /^(?:https?:\/\/|www\.)/i;
/** An id that looks like an address, or like a path of the site. */
const absoluteOrPath = /^(?:https?:\/\/|www\.|\/(?=[^/\s]))/i;

/** The permalink: an address that shows this entry, without tracking parameters. */
export function permalinkOf(raw: RawEntry, base: string): HttpUrl | undefined {
  const url =
    // FeedBurner replaces the link by one that counts, and has the real one here.
    valueUrl(raw, base, originalKeys) ??
    alternateOf(raw, base) ??
    // RSS 2.0: a guid is a permalink unless isPermaLink="false" - but only when it looks like one.
    valueUrl(raw, base, guidKeys, absoluteOrPath) ??
    linkTo(raw, base, contentKeys, isPage) ??
    linkTo(raw, base, atomKeys, (link) => link.rel === 'self') ??
    // An id need not lead anywhere (RFC 4287 section 4.2.6), but here it is the only address.
    valueUrl(raw, base, idKeys, absolute) ??
    linkTo(raw, base, externalKeys, () => true);
  return url === undefined ? undefined : stripTracking(url);
}

/** The page a link blog points to: JSON Feed's `external_url`. */
export function externalOf(raw: RawEntry, base: string): HttpUrl | undefined {
  return linkTo(raw, base, externalKeys, () => true);
}

/** RSS `comments`, or Atom's replies where they are a page. RFC 4685 section 4 */
export function commentsOf(raw: RawEntry, base: string): HttpUrl | undefined {
  return (
    valueUrl(raw, base, commentsKeys) ??
    linkTo(raw, base, atomKeys, (link) => link.rel === 'replies' && link.type?.includes('html') === true)
  );
}

/** The feed an entry says it was taken from. */
export function viaOf(raw: RawEntry, base: string): Entry<never>['via'] {
  const { source } = raw;
  if (source === undefined) return undefined;
  const url =
    alternateOf(source, base) ??
    linkTo(source, base, linkRungs, (link) => link.rel === 'self') ??
    valueUrl(source, base, idKeys, absolute);
  const title =
    climb(titleKeys, source.texts, (text) => toPlain(text) || undefined) ?? (url === undefined ? '' : hostOf(url));
  if (title === '') return undefined;
  return { title, ...(url === undefined ? {} : { url }) };
}

/** The first link of a feed with one of the relations, tried in order. */
export function relatedOf(node: RawNode, base: string, rels: readonly string[]): HttpUrl | undefined {
  for (const rel of rels) {
    for (const link of node.links) {
      const url = link.rel === rel ? resolveUrl(link.href, link.base ?? base) : undefined;
      if (url !== undefined) return url;
    }
  }
  return undefined;
}
