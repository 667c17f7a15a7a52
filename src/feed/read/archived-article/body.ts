/**
 * The body of an archived article: HTML as the archive kept it in, clean markup and what it says about itself out.
 *
 * Not a sanitizer: what comes out is still untrusted. In order: date block out, images unwrapped, captions bound, links
 * into the site's API resolved, empty paragraphs out, and then the words are read.
 */
import type { Defect } from '../../../domain/defect.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { type HtmlDocument, type HtmlElement, isElement, parseHtmlDocument } from '../page/dom.ts';
import { takeDateBlock } from './date.ts';
import { bindCaptions, unwrapImages } from './images.ts';
import { type FindArticle, findBySiteRule, isApiAddress } from './links.ts';
import { descendants, elementsNamed, hasText, visibleElements } from './text.ts';
import { removeEmptyBlocks, removeUnread, wrapLooseText } from './tidy.ts';
import { findRights, summarize } from './words.ts';

/** What was read out of a body. `markup` is '' when there is nothing to see in it. */
export interface ArchivedBody {
  readonly markup: string;
  readonly published?: Instant;
  readonly authors: readonly string[];
  readonly image?: HttpUrl;
  readonly rights?: string;
  readonly summary: string;
  readonly defects: readonly Defect[];
}

/** Reads a body whose relative addresses resolve against `permalink`. */
export function readArchivedBody(html: string, permalink: HttpUrl, findArticle: FindArticle): ArchivedBody {
  const defects: Defect[] = [];
  const document = parseBody(html, defects);
  const { body } = document;
  removeUnread(document);
  const dateBlock = takeDateBlock(body);
  if (dateBlock !== undefined && dateBlock.published === undefined) {
    defects.push({
      kind: 'unparsable-date',
      detail: `The date block is no real date: ${dateBlock.date.slice(0, 100)}`,
    });
  }
  const [image] = unwrapImages(body, permalink, defects);
  removeEmptyBlocks(body);
  bindCaptions(document);
  resolveArticleLinks(body, permalink, findArticle);
  wrapLooseText(document);
  const rights = findRights(body);
  return {
    markup: visibleElements(body).has(body) ? serialize(body) : '',
    ...(dateBlock?.published === undefined ? {} : { published: dateBlock.published }),
    authors: dateBlock?.authors ?? [],
    ...(image === undefined ? {} : { image }),
    ...(rights === undefined ? {} : { rights }),
    summary: summarize(body, rights),
    defects,
  };
}

function parseBody(html: string, defects: Defect[]): HtmlDocument {
  // Tags of a page around the article: a stray </body> would send the rest of it behind the body.
  let markup = html.replaceAll(/<\/?(?:html|head|body)\b[^<>]*>/gi, '');
  if (!/<[a-z]/i.test(html) && hasText(html)) {
    defects.push({
      kind: 'body-without-markup',
      detail: 'The body has no HTML; its paragraphs were told by blank lines.',
    });
    markup = html
      .split(/\n[ \t]*\n/)
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('\n');
  }
  return parseHtmlDocument(`<!doctype html><html><head></head><body>${markup}</body></html>`);
}

const links = new Set(['a']);

/** Links by API address lead to the page where it is known; else their words stay without the link. */
function resolveArticleLinks(body: HtmlElement, permalink: HttpUrl, findArticle: FindArticle): void {
  for (const link of elementsNamed(body, links)) {
    const isReference = /(?:^|\s)articleref(?:\s|$)/i.test(link.getAttribute('rel') ?? '');
    const address = parseHttpUrl(link.getAttribute('href') ?? '', permalink);
    if (address === undefined || !isApiAddress(address)) {
      if (isReference) link.removeAttribute('rel');
      continue;
    }
    const page = findArticle(address) ?? findBySiteRule(address);
    if (page !== undefined) {
      link.setAttribute('href', page);
      if (isReference) link.removeAttribute('rel');
    } else if (isReference) {
      link.replaceWith(...link.childNodes);
    }
  }
}

function serialize(body: HtmlElement): string {
  // linkedom writes attribute values as they are but for quotes: an ampersand must be escaped, or it is read twice.
  for (const element of descendants(body)) {
    if (!isElement(element)) continue;
    for (const name of element.getAttributeNames()) {
      const value = element.getAttribute(name) ?? '';
      if (value.includes('&')) element.setAttribute(name, value.replaceAll('&', '&amp;'));
    }
  }
  return body.innerHTML.trim();
}
