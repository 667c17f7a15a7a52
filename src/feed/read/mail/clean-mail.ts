/**
 * Removes the parts of a mail's HTML that serve mail programs and senders, not readers: preheaders, pixels, click
 * counters in links, links for the subscriber alone, layout tables.
 *
 * It is not a sanitizer: its output is still untrusted.
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { isInvisible, isKnownTracker } from '../../../domain/trackers.ts';
import { descendants, type HtmlDocument, type HtmlElement, isElement, parseHtmlDocument } from '../page/dom.ts';
import type { MailLink } from './confirmation.ts';
import { isOwnLink, isPageLink, unwrapLink } from './mail-links.ts';

/** The cleaned HTML, and facts found on the way. */
export interface CleanMail {
  readonly markup: string;
  /** Whether any of it is visible. */
  readonly isVisible: boolean;
  /** All links, as the mail had them. */
  readonly links: readonly MailLink[];
  /** The mail as a page, as its text says. */
  readonly page?: HttpUrl;
}

/** Longer HTML is left to the sanitizer: here a megabyte would take seconds. Mail programs cut at 100 KB. UTF-16 units. */
const maxCleaned = 400_000;

/** Longer HTML is cut: an entry holds a megabyte of content. UTF-16 units. */
const maxMarkup = 1_000_000;

/** Styles that hide: preheaders, which mail programs show in their list, have them. */
const hidingStyle =
  /display:none|visibility:hidden|mso-hide:all|opacity:0(?:\.0+)?(?:;|$)|max-height:0|font-size:[01](?:\.\d+)?(?:px|pt)?(?:;|$|!)|(?:^|;)(?:height|width):0(?:px)?(?:;|$|!)[^]*overflow:hidden|overflow:hidden[^]*(?:^|;)(?:height|width):0(?:px)?(?:;|$|!)/;

const hidingName = /\b(?:preheader|pre-header|preview-?text|hidden-?preheader|mcnPreviewText)\b/i;

/** File names of pictures that count who opened the mail. */
const openCounter = /(?:^|[/._-])(?:open|opens|opened|track|tracking|pixel|beacon|1x1|spacer|imp|eotrx)(?=[/._?=-]|$)/i;

/** Characters that mail programs show as nothing, in rows behind a preheader. */
const filler = /(?:(?:[\u200b-\u200f\u2007\u00ad\ufeff\u2060\u180e]|\u034f)\s*){3,}/g;

/** Elements whose being there can be seen. */
const seen = new Set(['img', 'hr', 'video', 'audio', 'iframe', 'table', 'br']);

/** Elements that go when there is nothing in them. */
const vessels = /^(?:div|p|span|font|b|i|strong|em|center|section|h[1-6]|ul|ol|li|a)$/;

/** Deeper nesting is left to the sanitizer, too. Real newsletters reach 60. */
const maxDepth = 400;

/** Elements without an end, or whose end may be left out. */
const unclosed = new Set('area base br col embed hr img input link meta p li dt dd source track wbr'.split(' '));

/** Words of a link that are looked at. */
const maxWords = 300;

/** Cleans the HTML of a mail. */
export function cleanMail(html: string): CleanMail {
  const whole = html.slice(0, maxMarkup);
  if (whole.length > maxCleaned || isTooDeep(whole)) return { markup: whole, isVisible: true, links: [] };
  const inner = whole.replaceAll(/<\/?(?:html|body|!doctype)\b[^<>]*>/gi, '');
  const document = parseHtmlDocument(`<!doctype html><html><head></head><body>${inner}</body></html>`);
  const { body } = document;
  for (const element of elementsOf(body)) if (isHidden(element)) element.remove();
  for (const image of body.querySelectorAll('img')) if (isCounter(image)) image.remove();
  const { links, page } = cleanLinks(body);
  unfoldLayout(document);
  const isVisible = removeEmpty(body);
  const markup = body.innerHTML.replaceAll(filler, '');
  return { markup, isVisible, links, ...(page === undefined ? {} : { page }) };
}

/** Counted in the text, because making a DOM takes the square of the depth. */
function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (unclosed.has(name.toLowerCase())) continue;
    depth += slash === '/' ? -1 : 1;
    if (depth > maxDepth) return true;
  }
  return false;
}

function elementsOf(root: HtmlElement): HtmlElement[] {
  return [...descendants(root)].filter(isElement);
}

function isHidden(element: HtmlElement): boolean {
  if (/^(?:style|script|title|meta|link|head)$/.test(element.localName)) return true;
  if (element.getAttribute('hidden') !== null) return true;
  const style = (element.getAttribute('style') ?? '').slice(0, 500).toLowerCase().replaceAll(/\s/g, '');
  if (style !== '' && hidingStyle.test(style)) {
    // Pictures between words get rid of the gap below them by a font size of nothing.
    const isGap = /font-size:[01]/.test(style) && !/display:none|max-height:0|opacity:0|mso-hide/.test(style);
    return !isGap || element.querySelector('img, a, table') === null;
  }
  return hidingName.test(`${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`);
}

function isCounter(image: HtmlElement): boolean {
  const attributes = Object.fromEntries(
    image.getAttributeNames().map((name) => [name, image.getAttribute(name) ?? '']),
  );
  const source = parseHttpUrl(attributes['src'] ?? '');
  if (isInvisible(attributes) || (source !== undefined && isKnownTracker(source))) return true;
  if (
    source === undefined ||
    (attributes['alt'] ?? '').trim() !== '' ||
    Number.parseInt(attributes['width'] ?? '0', 10) > 2
  )
    return false;
  return openCounter.test(new URL(source).pathname);
}

function cleanLinks(body: HtmlElement): { readonly links: readonly MailLink[]; readonly page?: HttpUrl } {
  const links: MailLink[] = [];
  let page: HttpUrl | undefined;
  for (const link of body.querySelectorAll('a')) {
    const address = link.getAttribute('href')?.trim() ?? '';
    const words = (link.textContent ?? '')
      .slice(0, 2 * maxWords)
      .replaceAll(/\s+/g, ' ')
      .trim()
      .slice(0, maxWords);
    links.push({ words, address });
    const url = parseHttpUrl(address);
    if (isPageLink(words)) page ??= url && unwrapLink(url);
    if (isPageLink(words) || isOwnLink(words, address)) link.remove();
    else if (url !== undefined) link.setAttribute('href', unwrapLink(url));
  }
  return { links, ...(page === undefined ? {} : { page }) };
}

/** Turns layout tables into blocks: a newsletter of nested tables would show empty columns. */
function unfoldLayout(document: HtmlDocument): void {
  const layout = new Set([...document.querySelectorAll('table')].filter(isLayout));
  const parts = [...document.querySelectorAll('table, tbody, thead, tfoot, tr, td, th, center')];
  for (const part of parts.toReversed()) {
    const table = part.closest('table');
    if (part.localName !== 'center' && (table === null || !layout.has(table))) continue;
    const block = document.createElement('div');
    block.append(...part.childNodes);
    part.replaceWith(block);
  }
}

function isLayout(table: HtmlElement): boolean {
  if (/^(?:presentation|none)$/.test(table.getAttribute('role') ?? '')) return true;
  if (table.querySelector('table') !== null) return true;
  if (table.querySelector('th') !== null) return false;
  return [...table.querySelectorAll('tr')].filter(hasColumns).length < 2;
}

function hasColumns(row: HtmlElement): boolean {
  return [...row.childNodes].filter((cell) => isElement(cell) && /\S/.test(cell.textContent ?? '')).length > 1;
}

/** Removes empty elements, from the inside out; `false` when nothing visible is left. */
function removeEmpty(body: HtmlElement): boolean {
  const filled = new Set<unknown>();
  for (const node of [...descendants(body)].toReversed()) {
    const isFilled = isElement(node) ? seen.has(node.localName) || filled.has(node) : hasWords(node.textContent ?? '');
    if (isFilled) filled.add(node.parentNode);
    else if (isElement(node) && vessels.test(node.localName)) node.remove();
  }
  return filled.has(body);
}

function hasWords(text: string): boolean {
  return /[^\s\u00a0\u2060\u00ad\ufeff]/.test(text.replaceAll(/[\u200b-\u200f]|\u034f/g, ''));
}
