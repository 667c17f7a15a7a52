/**
 * Reads the body of an archived article: HTML as the archive kept it in, clean markup and what it says about itself out.
 *
 * Not a sanitizer: what comes out is still untrusted. In order: furniture, date block and adverts out, pictures unwrapped, captions
 * bound, links into the site's API resolved, empty paragraphs out, and then the words are read.
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
import { findRights, summarize } from './words.ts';
import type { DateHabits } from './zoned-date.ts';

/** What was read out of a body. `markup` is '' when there is nothing to see in it. */
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

/** What the reader must know beside the body. */
export interface BodyContext {
  readonly title: string;
  /** Relative addresses resolve against it. */
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
  const rights = findRights(body);
  return {
    markup: playerOf(permalink, body) + (visibleElements(body).has(body) ? serialize(body) : ''),
    ...(dateBlock?.published === undefined ? {} : { published: dateBlock.published }),
    authors: dateBlock !== undefined && dateBlock.authors.length > 0 ? dateBlock.authors : findCreditedNames(body),
    ...(image === undefined ? {} : { image }),
    enclosures,
    ...(rights === undefined ? {} : { rights }),
    summary: summarize(body, rights),
    defects,
  };
}

const frames = new Set(['iframe']);
const videoPage = /^https?:\/\/(?:(?:www\.|m\.)?youtube\.com\/watch\?(?:[^#]*&)?v=|youtu\.be\/)([\w-]{11})(?:[&?#]|$)/;

/** The page of a video on YouTube is archived as its description: the video is shown above it. */
function playerOf(permalink: HttpUrl, body: HtmlElement): string {
  const video = videoPage.exec(permalink)?.[1];
  if (video === undefined || elementsNamed(body, frames).length > 0) return '';
  return `<iframe src="https://www.youtube-nocookie.com/embed/${video}"></iframe>`;
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
