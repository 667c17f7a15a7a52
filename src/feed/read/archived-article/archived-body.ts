/**
 * Reads the body of an archived article: takes the archived HTML, and returns clean markup and the facts in it.
 *
 * It is not a sanitizer: its output is still untrusted. In order, it removes page furniture, date block and adverts,
 * unwraps pictures, binds captions, resolves links into the site's API, removes empty paragraphs, and then reads the
 * words.
 */
import type { Defect } from '../../../domain/document.ts';
import type { Enclosure } from '../../../domain/entry.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { descendants, type HtmlDocument, type HtmlElement, isElement, parseHtmlDocument } from '../page/dom.ts';
import { bindCaptions } from './captions.ts';
import { findStrangeDate, takeDateBlock } from './date-block.ts';
import { findCreditedNames, removeAdverts, removeFurniture } from './furniture.ts';
import { readMedia } from './images.ts';
import { type FindArticle, isApiAddress } from './links.ts';
import { elementsNamed, hasText, visibleElements } from './text.ts';
import { removeEmptyBlocks, removeUnread, wrapLooseText } from './tidy.ts';
import { findFactCard, findRights, summarize } from './words.ts';
import type { DateHabits } from './zoned-date.ts';

/** The result. `markup` is '' when it shows nothing. */
export interface ArchivedBody {
  readonly markup: string;
  readonly published?: Instant;
  readonly authors: readonly string[];
  readonly image?: HttpUrl;
  readonly enclosures: readonly Enclosure[];
  readonly rights?: string;
  readonly summary: string;
  readonly defects: readonly Defect[];
}

/** The reader's further inputs. */
export interface BodyContext {
  readonly title: string;
  /** Base of relative addresses. */
  readonly permalink: HttpUrl;
  readonly findArticle: FindArticle;
  readonly habits: DateHabits;
  readonly adverts: readonly string[];
}

/** Reads a body. */
export function readArchivedBody(html: string, context: BodyContext): ArchivedBody {
  const { title, permalink, findArticle, habits, adverts } = context;
  const defects: Defect[] = [];
  const document = parseBody(html, defects);
  const { body } = document;
  removeUnread(document);
  removeFurniture(body, title);
  const dateBlock = takeDateBlock(body, habits);
  const strange = dateBlock === undefined ? findStrangeDate(body) : (dateBlock.published ?? dateBlock.date);
  if (typeof strange === 'string') {
    const detail = `The first line looks like a date and is none: ${strange.slice(0, 100)}`;
    defects.push({ kind: 'unparsable-date', detail });
  }
  removeAdverts(body, adverts);
  const { image, enclosures } = readMedia(body, permalink, defects);
  removeEmptyBlocks(body);
  bindCaptions(document);
  resolveArticleLinks(body, permalink, findArticle);
  wrapLooseText(document);
  const card = findFactCard(body);
  const rights = findRights(body) ?? card?.rights;
  const authors = [dateBlock?.authors, card?.authors].find((names) => names !== undefined && names.length > 0);
  return {
    markup: playerOf(permalink, body) + (visibleElements(body).has(body) ? serialize(body) : ''),
    ...(dateBlock?.published === undefined ? {} : { published: dateBlock.published }),
    authors: authors ?? findCreditedNames(body),
    ...(image === undefined ? {} : { image }),
    enclosures,
    ...(rights === undefined ? {} : { rights }),
    summary: summarize(body, [rights, card?.text]),
    defects,
  };
}

const frames = new Set(['iframe']);
const videoPage = /^https?:\/\/(?:(?:www\.|m\.)?youtube\.com\/watch\?(?:[^#]*&)?v=|youtu\.be\/)([\w-]{11})(?:[&?#]|$)/;

/** An archived YouTube page is the video's description: the video is shown above it. */
function playerOf(permalink: HttpUrl, body: HtmlElement): string {
  const video = videoPage.exec(permalink)?.[1];
  if (video === undefined || elementsNamed(body, frames).length > 0) return '';
  return `<iframe src="https://www.youtube-nocookie.com/embed/${video}"></iframe>`;
}

function parseBody(html: string, defects: Defect[]): HtmlDocument {
  // Tags of the page around the article: a stray </body> would put the rest of it outside the body.
  let markup = html.replaceAll(/<\/?(?:html|head|body)\b[^<>]*>/gi, '');
  if (!/<[a-z]/i.test(html) && hasText(html)) {
    defects.push({
      kind: 'body-without-markup',
      detail: 'The body has no HTML; blank lines separate its paragraphs.',
    });
    markup = html
      .split(/\n[ \t]*\n/)
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('\n');
  }
  return parseHtmlDocument(`<!doctype html><html><head></head><body>${markup}</body></html>`);
}

const links = new Set(['a']);

/** Links by API address lead to the page when it is known; else only their words stay. */
function resolveArticleLinks(body: HtmlElement, permalink: HttpUrl, findArticle: FindArticle): void {
  for (const link of elementsNamed(body, links)) {
    const isReference = /(?:^|\s)articleref(?:\s|$)/i.test(link.getAttribute('rel') ?? '');
    const address = parseHttpUrl(link.getAttribute('href') ?? '', permalink);
    if (address === undefined || !isApiAddress(address)) {
      if (isReference) link.removeAttribute('rel');
      continue;
    }
    const page = findArticle(address);
    if (page !== undefined) {
      link.setAttribute('href', page);
      if (isReference) link.removeAttribute('rel');
    } else if (isReference) {
      link.replaceWith(...link.childNodes);
    }
  }
}

function serialize(body: HtmlElement): string {
  // linkedom escapes only quotes in attribute values: ampersands must be escaped here, or they are decoded twice.
  for (const element of descendants(body)) {
    if (!isElement(element)) continue;
    for (const name of element.getAttributeNames()) {
      const value = element.getAttribute(name) ?? '';
      if (value.includes('&')) element.setAttribute(name, value.replaceAll('&', '&amp;'));
    }
  }
  return body.innerHTML.trim();
}
