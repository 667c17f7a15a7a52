/**
 * Reads the article out of a web page: Readability finds the text; the page's own declarations give author, date and
 * title.
 *
 * Only this file imports @mozilla/readability. Declared facts (JSON-LD, then Open Graph and meta) come before guessed
 * ones.
 * @see https://github.com/mozilla/readability
 */
import { Readability } from '@mozilla/readability';
import type { Document } from '../../../domain/document.ts';
import type { PageFailure } from '../../../domain/failure.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { decodeDocument } from '../charset/decode.ts';
import { parseDate } from '../dates/parse-date.ts';
import { type HtmlDocument, type HtmlElement, parsePage } from './dom.ts';
import { type ArticleFacts, readJsonLd } from './json-ld.ts';
import { readPageFacts } from './page-facts.ts';
import { baseOf, feedsOf } from './page-feeds.ts';

/** An article as its page shows it. */
export interface WebPage {
  /** Plain text; empty when the page has none. */
  readonly title: string;
  readonly content: UntrustedHtml;
  readonly author?: string;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly image?: HttpUrl;
  /** BCP 47, as declared. */
  readonly language?: string;
  /** The canonical address that the page declares. */
  readonly canonicalUrl?: HttpUrl;
  readonly feeds: readonly HttpUrl[];
}

/** Largest page read, in UTF-16 units, and most elements: finding an article is the dearest thing done here. */
const maxPageLength = 3_000_000;
const maxPageElements = 15_000;

/** Most `<` and most `&`: counted before parsing, they bound the number of nodes. */
const maxMarks = 60_000;

/** Least text that counts as an article, in UTF-16 units: shorter ones are notices and cookie walls. */
const shortestArticle = 140;

/** Reads the article of a page. Fails with `no-article` when there is none, or the page is too large to look for it. */
export function readWebPage(document: Document): Result<WebPage, PageFailure> {
  const { text } = decodeDocument(document);
  if (text.length > maxPageLength) return noArticle(`the page is longer than ${maxPageLength} characters`);
  if (count(text, '<') > maxMarks || count(text, '&') > maxMarks) return noArticle('the page has too much markup');
  const page = parsePage(text);
  if (page.querySelectorAll('*').length > maxPageElements) {
    return noArticle(`the page has more than ${maxPageElements} elements`);
  }
  const base = baseOf(page, document.url);
  const facts: ArticleFacts = { ...readPageFacts(page), ...readJsonLd(page) };
  const feeds = feedsOf(page, base).map((feed) => feed.url);
  const declaredLanguage = page.documentElement.getAttribute('lang') ?? facts.language;
  const canonical = page.querySelector('link[rel~="canonical"][href]')?.getAttribute('href');
  const pageTitle = titleOf(page, facts);
  const dated = page.querySelector('article time[datetime], time[pubdate][datetime]')?.getAttribute('datetime');
  const markup = findArticle(page, facts);
  if (markup === undefined) return noArticle('no element of the page holds enough text');
  const published = parseDate(facts.published ?? dated ?? '');
  const updated = parseDate(facts.updated ?? '');
  const image = parseHttpUrl(facts.image ?? '', base);
  const language = toLanguageTag(declaredLanguage ?? document.contentLanguage);
  const canonicalUrl = parseHttpUrl(canonical ?? '', base);
  return ok({
    title: pageTitle,
    content: { markup, base },
    ...(facts.author === undefined ? {} : { author: facts.author }),
    ...(published === undefined ? {} : { published }),
    ...(updated === undefined ? {} : { updated }),
    ...(image === undefined || facts.image === undefined ? {} : { image }),
    ...(language === undefined ? {} : { language }),
    ...(canonicalUrl === undefined || canonical == null ? {} : { canonicalUrl }),
    feeds,
  });
}

/** Readability's choice, else the page's own `article` or `main`, else the text in the JSON-LD. Changes the page. */
function findArticle(page: HtmlDocument, facts: ArticleFacts): string | undefined {
  const own =
    page.querySelector('[itemprop~="articleBody"]') ?? page.querySelector('article') ?? page.querySelector('main');
  const fallback = own === null ? undefined : { markup: own.innerHTML, length: textLength(own.textContent) };
  const found = readable(page);
  if (found !== undefined) return found;
  if (fallback !== undefined && fallback.length >= shortestArticle) return fallback.markup;
  return facts.body !== undefined && textLength(facts.body) >= shortestArticle ? toParagraphs(facts.body) : undefined;
}

function readable(page: HtmlDocument): string | undefined {
  try {
    const reader = new Readability(page, {
      charThreshold: shortestArticle,
      disableJSONLD: true,
      keepClasses: false,
      serializer: (found) => unwrap(found as HtmlElement).innerHTML,
    });
    const article = reader.parse();
    return article?.content != null && textLength(article.textContent ?? '') >= shortestArticle
      ? article.content
      : undefined;
  } catch {
    return undefined;
  }
}

const wrappers: ReadonlySet<string> = new Set(['article', 'body', 'div', 'main', 'section']);

/** The innermost element that holds all of the text: boxes around it are layout. */
function unwrap(outermost: HtmlElement): HtmlElement {
  let element = outermost;
  for (;;) {
    const shown = [...element.childNodes].filter(
      (node) => node.nodeType === 1 || (node.nodeType === 3 && fold(node.textContent) !== ''),
    );
    const only = shown.length === 1 && shown[0]?.nodeType === 1 ? (shown[0] as HtmlElement) : undefined;
    if (only === undefined || !wrappers.has(only.localName.toLowerCase())) return element;
    element = only;
  }
}

/** The declared title, else the only first-level heading, else the document's title up to a separator. */
function titleOf(page: HtmlDocument, facts: ArticleFacts): string {
  if (facts.title !== undefined) return facts.title;
  const headings = [...page.querySelectorAll('h1')]
    .map((heading) => fold(heading.textContent))
    .filter((it) => it !== '');
  if (headings.length === 1) return headings[0] ?? '';
  const title = fold(page.title);
  const parts = title.split(/\s[|»·–—-]\s/);
  const longest = parts.reduce((left, right) => (right.length > left.length ? right : left), '');
  return longest.split(' ').length >= 3 ? longest : title;
}

function toParagraphs(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped
    .split(/\n{1,20}/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${line.trim()}</p>`)
    .join('');
}

function toLanguageTag(declared: string | undefined): string | undefined {
  const tag = declared?.trim().replaceAll('_', '-');
  return tag !== undefined && /^[A-Za-z]{2,3}(?:-[A-Za-z\d]{1,8}){0,4}$/.test(tag) ? tag : undefined;
}

function fold(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

function textLength(text: string | null): number {
  return fold(text).length;
}

function noArticle(detail: string): Result<WebPage, PageFailure> {
  return fail({ kind: 'no-article', detail });
}

function count(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}
