/**
 * Reads the facts of a page's article from JSON-LD, which publishers maintain for search engines.
 *
 * @see https://schema.org/Article
 */
import { type HtmlDocument, isElement } from './dom.ts';

/** The facts of an article; all as written. */
export interface ArticleFacts {
  readonly title?: string;
  readonly author?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly image?: string;
  readonly language?: string;
  /** The text of the article, when the page gives it (`articleBody`). */
  readonly body?: string;
}

/** Nodes looked at. Guards against data sets served as JSON-LD. */
const maxNodes = 2000;

const articleType = /(?:Article|Posting|Report|Review|CreativeWork)$/;

/** The first article that the page's JSON-LD describes; empty when there is none or it is not JSON. */
export function readJsonLd(page: HtmlDocument): ArticleFacts {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    if (!isElement(script)) continue;
    const found = findArticle(parseJson(script.textContent ?? ''));
    if (found !== undefined) return toFacts(found);
  }
  return {};
}

type Node = Readonly<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/)|(?:-->|\/\*\s*\]\]>\s*\*\/)\s*$/g, ''));
  } catch {
    return undefined;
  }
}

/** Walks breadth first through arrays, `@graph` and `mainEntity`, without recursion. */
function findArticle(root: unknown): Node | undefined {
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < maxNodes; at += 1) {
    const node = queue[at];
    if (Array.isArray(node)) queue.push(...node.slice(0, maxNodes));
    if (!isNode(node)) continue;
    if (list(node['@type']).some((type) => typeof type === 'string' && articleType.test(type))) return node;
    queue.push(node['@graph'], node['mainEntity'], node['mainEntityOfPage']);
  }
  return undefined;
}

function toFacts(node: Node): ArticleFacts {
  const authors = list(node['author'])
    .map(nameOf)
    .filter((name) => name !== '');
  return {
    ...fact('title', textOf(node['headline']) || textOf(node['name'])),
    ...fact('author', authors.join(', ')),
    ...fact('published', textOf(node['datePublished'])),
    ...fact('updated', textOf(node['dateModified'])),
    ...fact(
      'image',
      list(node['image'])
        .map(addressOf)
        .find((address) => address !== '') ?? '',
    ),
    ...fact('language', nameOf(node['inLanguage'])),
    ...fact('body', textOf(node['articleBody'])),
  };
}

function fact(name: keyof ArticleFacts, value: string): ArticleFacts {
  return value === '' ? {} : { [name]: value };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 20) : [value];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function nameOf(value: unknown): string {
  return isNode(value) ? textOf(value['name']) : textOf(value);
}

function addressOf(value: unknown): string {
  return isNode(value) ? textOf(value['url']) || textOf(value['contentUrl']) : textOf(value);
}
