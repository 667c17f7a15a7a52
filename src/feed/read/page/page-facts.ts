/**
 * Reads the facts of a page's article from `meta` elements: Open Graph, Dublin Core, and older names.
 *
 * @see https://ogp.me/
 */
import type { HtmlDocument } from './dom.ts';
import type { ArticleFacts } from './json-ld.ts';

/** Names and properties of `meta`, in the order they are believed. */
const ladders = {
  title: ['og:title', 'twitter:title', 'dc.title', 'dcterms.title', 'citation_title'],
  author: ['author', 'article:author', 'dc.creator', 'dcterms.creator', 'citation_author', 'parsely-author', 'byl'],
  published: [
    'article:published_time',
    'og:article:published_time',
    'datepublished',
    'date',
    'dc.date',
    'dc.date.issued',
    'dcterms.created',
    'dcterms.date',
    'pubdate',
    'publish-date',
    'parsely-pub-date',
    'citation_publication_date',
    'sailthru.date',
  ],
  updated: ['article:modified_time', 'og:updated_time', 'datemodified', 'dcterms.modified', 'last-modified'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src', 'thumbnail'],
  language: ['content-language', 'og:locale', 'dc.language', 'language'],
} as const;

/** Meta elements looked at. */
const maxMetas = 500;

/** The facts of the article, as written; the first declaration of each name counts. */
export function readPageFacts(page: HtmlDocument): ArticleFacts {
  const metas = new Map<string, string>();
  let seen = 0;
  for (const meta of page.querySelectorAll('meta')) {
    seen += 1;
    if (seen > maxMetas) break;
    const content = (meta.getAttribute('content') ?? '').replace(/\s+/g, ' ').trim();
    if (content === '') continue;
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = meta.getAttribute(attribute)?.trim().toLowerCase();
      if (name !== undefined && !metas.has(name)) metas.set(name, content);
    }
  }
  const facts: { -readonly [Fact in keyof ArticleFacts]: ArticleFacts[Fact] } = {};
  for (const [fact, names] of Object.entries(ladders)) {
    const found = names
      .map((name) => metas.get(name))
      .find((content) => content !== undefined && !isUseless(fact, content));
    if (found !== undefined) facts[fact as keyof typeof ladders] = found;
  }
  return facts;
}

/** An author that is an address (Open Graph profiles) is no name. */
function isUseless(fact: string, content: string): boolean {
  return fact === 'author' && /^https?:/i.test(content);
}
