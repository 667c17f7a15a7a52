/**
 * Reads values out of elements: an address, a date, a picture, a text, as pages write them.
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { type Instant, renderRfc3339 } from '../../../domain/instant.ts';
import { parseDate } from '../dates/parse-date.ts';
import { parseRelativeDate } from '../dates/relative-dates.ts';
import { descendants, type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';
import { maxLineLength, maxTextLength } from '../reading-limits.ts';
import type { ListPage } from './list-page.ts';

/** Where an address is looked for in an element that is no link itself. */
const linkAttributes = ['href', 'data-href', 'data-url', 'data-link', 'content'];

/** Where lazy-loading scripts keep a picture's address. */
const pictureAttributes = ['src', 'data-src', 'data-original', 'data-lazy-src', 'content', 'href'];

/**
 * Most nodes that are read for the text of one element. Nested elements all have the text of the innermost: without the
 * bound, 300 nested links around 6,000 elements took 5 s.
 */
const maxTextNodes = 400;

/** The text of an element in one line. */
export function lineOf(element: HtmlElement): string {
  return textOf(element, maxTextNodes).slice(0, maxLineLength);
}

/** The text of an element with few nodes and few characters; `undefined` for any other. */
export function shortTextOf(element: HtmlElement): string | undefined {
  const text = textOf(element, shortNodes + 1, shortLength + 1);
  return text === '' || text.length > shortLength ? undefined : text;
}

/** A date stands in a few words of its own. */
const shortNodes = 12;
const shortLength = 60;

/** The text of a title. Lists cut long ones and have the whole in an attribute. */
export function titleOf(element: HtmlElement): string {
  const line = lineOf(element);
  const begun = /^(.{4,}?)\s*(?:…|\.{3})$/u.exec(line)?.[1];
  const whole = (
    element.getAttribute('title') ??
    element.querySelector('a[title]')?.getAttribute('title') ??
    ''
  ).trim();
  return begun !== undefined && whole.startsWith(begun) ? whole.slice(0, maxLineLength) : line;
}

/** Text of an element, white space folded; empty for one of more than `maxNodes` nodes where only a short one is wanted. */
function textOf(element: HtmlElement, maxNodes: number, maxLength?: number): string {
  let text = '';
  let nodes = 0;
  for (const node of descendants(element)) {
    nodes += 1;
    if (nodes === maxNodes) {
      if (maxLength === undefined) break;
      return '';
    }
    if (isElement(node) && !inline.has(node.localName)) text += ' ';
    if (node.nodeType === 3 && isShown(node.parentNode)) text += node.textContent ?? '';
    if (text.length > (maxLength ?? maxLineLength) * 4) break;
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** Elements that stand in the middle of words; before any other one, a line ends. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code del em font i img ins kbd mark q rb rp rt ruby s samp small span strong sub sup svg time u var wbr'.split(
    ' ',
  ),
);

function isShown(parent: HtmlNode | null): boolean {
  return !isElement(parent) || !['script', 'style', 'template', 'noscript'].includes(parent.localName);
}

/** Whether an element has another one of these names within its first nodes. */
export function holdsElement(element: HtmlElement, names: ReadonlySet<string>): boolean {
  let nodes = 0;
  for (const node of descendants(element)) {
    nodes += 1;
    if (nodes > maxTextNodes) return true;
    if (isElement(node) && names.has(node.localName)) return true;
  }
  return false;
}

/** The address of an element: its own, that of a link inside, that of the link around it. */
export function addressOf(element: HtmlElement, page: ListPage): HttpUrl | undefined {
  const own = linkAttributes.map((name) => element.getAttribute(name)).find((value) => isAddress(value));
  const link =
    own ?? element.querySelector('a[href]')?.getAttribute('href') ?? element.closest('a[href]')?.getAttribute('href');
  return toEntryAddress(link, page);
}

/** An address as that of an entry: never the page itself, except for an anchor in it. */
export function toEntryAddress(text: string | null | undefined, { base, url }: ListPage): HttpUrl | undefined {
  if (!isAddress(text)) return undefined;
  const address = parseHttpUrl(text, base);
  if (address === undefined || address === url || address === `${url}#`) return undefined;
  return address;
}

function isAddress(text: string | null | undefined): text is string {
  return typeof text === 'string' && text.trim() !== '' && !/^\s*(?:#$|javascript:|mailto:|tel:|data:)/i.test(text);
}

/** The date of an element: its markup for machines, else its text. */
export function dateOf(element: HtmlElement, page: ListPage): Instant | undefined {
  const elements = [element, ...[...element.querySelectorAll('time, [datetime]')].slice(0, 5)];
  for (const one of elements) {
    for (const name of ['datetime', 'content', 'title', 'data-date', 'data-time', 'data-timestamp']) {
      const at = toDate(one.getAttribute(name), page);
      if (at !== undefined) return at;
    }
  }
  return elements.map((one) => toDate(lineOf(one), page)).find((at) => at !== undefined);
}

/** Words before and after a date in a line about an entry. */
const aroundDate =
  /^(?:posted|published|updated|date|on|by|veröffentlicht|am|publié|le|publicado|el|pubblicato|il|发布时间|发布于|时间|日期|投稿日|公開日|更新日|작성일)\s*[:：]?\s*|\s*[|·•]\s*$/giu;

/** A date in any form, absolute or relative to the time of reading; never later than that. */
export function toDate(text: string | null | undefined, page: ListPage): Instant | undefined {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  if (line === '' || line.length > 200) return undefined;
  for (const part of [line, ...line.split(/\s*[|·•／]\s*|\s+[–—-]\s+/)]) {
    const bare = page
      .inOrder(part)
      .replace(aroundDate, '')
      .replace(/^[[(（【]|[\])）】]$/g, '')
      .trim();
    const at = parseDate(bare) ?? parseRelativeDate(bare, page.now) ?? parseInside(bare, page);
    if (at !== undefined) return at > page.now ? undefined : at;
  }
  return undefined;
}

/** A date among other words: "by Ada on 2026-11-03 in News". */
function parseInside(text: string, page: ListPage): Instant | undefined {
  const [found] =
    /\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}\.?\s(?:de\s)?\p{L}{3,12}\.?,?\s(?:de\s)?\d{4}|\p{L}{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d{1,2}\.\d{1,2}\.\d{4}/u.exec(
      text,
    ) ?? [];
  return found === undefined ? undefined : (parseDate(found) ?? parseRelativeDate(found, page.now));
}

/** Writes a date for the normalizer, which reads text. */
export function writeDate(at: Instant): string {
  return renderRfc3339(at);
}

/** The address of the picture that an element is or has. */
export function pictureOf(element: HtmlElement): string | undefined {
  const elements = [element, ...[...element.querySelectorAll('img, source, [style*="url("]')].slice(0, 20)];
  for (const one of elements) {
    const inStyle = /url\(\s*["']?([^"')]{1,2000})/.exec(one.getAttribute('style') ?? '')?.[1];
    const isPicture = ['img', 'source', 'meta', 'link'].includes(one.localName) || one !== element;
    const named = isPicture ? pictureAttributes.map((name) => one.getAttribute(name)) : [];
    const [ofSet] = (one.getAttribute('srcset') ?? one.getAttribute('data-srcset') ?? '').trim().split(/[\s,]/);
    const address = [...named, ofSet, inStyle].find((value) => value != null && value !== '' && !/^data:/i.test(value));
    if (address != null) return address;
  }
  return undefined;
}

/** The author, without the word before the name. */
export function authorOf(element: HtmlElement): string {
  return lineOf(element)
    .replace(/^(?:(?:written |posted )?by|von|par|por|di|door|作者|文)\s*[:：]?\s+/iu, '')
    .slice(0, 300);
}

/** The markup of an element as the text of an entry. */
export function markupOf(element: HtmlElement): string {
  return element.innerHTML.slice(0, maxTextLength);
}

/** The elements of a scope in document order, the roots too. */
export function* elementsOf(scope: readonly HtmlElement[]): Generator<HtmlElement> {
  for (const root of scope) {
    yield root;
    for (const node of descendants(root)) if (isElement(node)) yield node;
  }
}
