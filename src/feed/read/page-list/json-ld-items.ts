/**
 * Reads the list of articles that a page describes in JSON-LD: postings of a blog, items of a list, articles of a graph.
 *
 * @see https://schema.org/Blog, https://schema.org/ItemList
 */
import { createRawNode, type RawEntry } from '../raw-feed.ts';
import { toDate, toEntryAddress, writeDate } from './item-values.ts';
import { maxItems } from './items.ts';
import type { ListPage } from './list-page.ts';

type Node = Readonly<Record<string, unknown>>;

/** Nodes looked at. Guards against data sets served as JSON-LD. */
const maxNodes = 5000;

const articleType =
  /(?:Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review|PodcastEpisode|VideoObject)$/;

/** What holds articles, and where nothing else does. */
const holders = ['@graph', 'blogPost', 'blogPosts', 'itemListElement', 'item', 'mainEntity', 'hasPart', 'episode'];

/** The articles that the page's JSON-LD lists, each with an address. */
export function readJsonLdItems(page: ListPage): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  const queue: unknown[] = [...page.document.querySelectorAll('script[type="application/ld+json"]')].map((script) =>
    parseJson(script.textContent ?? ''),
  );
  for (let at = 0; at < queue.length && at < maxNodes && entries.length < maxItems; at += 1) {
    const node = queue[at];
    if (Array.isArray(node)) queue.push(...node.slice(0, maxNodes));
    if (!isNode(node)) continue;
    const types = list(node['@type']);
    if (types.some((type) => type === 'BreadcrumbList')) continue;
    const entry = types.some((type) => typeof type === 'string' && (articleType.test(type) || type === 'ListItem'))
      ? readItem(node, page)
      : undefined;
    if (entry !== undefined) entries.push(entry);
    else queue.push(...holders.map((name) => node[name]));
  }
  return entries;
}

/** An article, or an element of a list that names one; `undefined` for one without an address of its own. */
function readItem(node: Node, page: ListPage): RawEntry | undefined {
  if (node['@type'] === 'ListItem' && isNode(node['item']) && node['url'] === undefined) return undefined;
  const address = [node['url'], node['@id'], node['mainEntityOfPage'], node['item']]
    .map(addressOf)
    .find((text) => text !== '');
  const href = toEntryAddress(address, page);
  const title = textOf(node['headline']) || textOf(node['name']);
  if (href === undefined || title === '') return undefined;
  const entry: RawEntry = createRawNode();
  entry.links.push({ from: 'link', href, rel: 'alternate' });
  entry.texts.push({ from: 'title', text: title, kind: 'unknown' });
  const at = toDate(textOf(node['datePublished']) || textOf(node['dateCreated']) || textOf(node['uploadDate']), page);
  if (at !== undefined) entry.values.push({ from: 'page:date', text: writeDate(at) });
  const summary = textOf(node['articleBody']) || textOf(node['description']) || textOf(node['abstract']);
  if (summary !== '') entry.texts.push({ from: 'description', text: summary, kind: 'unknown', base: page.base });
  const image = list(node['image'])
    .concat(list(node['thumbnailUrl']))
    .map(addressOf)
    .find((text) => text !== '');
  if (image !== undefined) entry.values.push({ from: 'image', text: image, base: page.base });
  for (const author of list(node['author'])) {
    const name = isNode(author) ? textOf(author['name']) : textOf(author);
    if (name !== '') entry.people.push({ from: 'author', name });
  }
  for (const term of list(node['keywords']).flatMap((words) => textOf(words).split(','))) {
    if (term.trim() !== '') entry.categories.push({ from: 'tags', term: term.trim() });
  }
  return entry;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/)|(?:-->|\/\*\s*\]\]>\s*\*\/)\s*$/g, ''));
  } catch {
    return undefined;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 50) : [value];
}

function textOf(value: unknown): string {
  if (isNode(value)) return textOf(value['@value']);
  return typeof value === 'string' ? value.trim() : '';
}

function addressOf(value: unknown): string {
  if (!isNode(value)) return textOf(value);
  return textOf(value['url']) || textOf(value['contentUrl']) || textOf(value['@id']);
}
