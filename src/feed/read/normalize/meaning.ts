/**
 * Decides the meaning of a text construct: a line of plain text, or HTML with the base of its URLs.
 *
 * Content is never parsed here; tags and references alone decide whether undeclared text is HTML.
 */
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { isBlank } from '../charset/characters.ts';
import { createDefects, type Defects } from '../defects.ts';
import { hasTags, htmlToText, isDoublyEscaped, looksLikeHtml, toLine } from '../html-text.ts';
import { escapeMentionedTags } from '../phrase-markup.ts';
import type { RawText } from '../raw-feed.ts';
import { maxLineLength } from '../reading-limits.ts';
import { escapeHtmlText } from '../xml/inner-markup.ts';
import { createEntities, decodeReferences } from '../xml/references.ts';

const silent = createDefects();
/** References that no plain title means literally: they were escaped once too often. */
const leftOver = /&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|amp|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash);/;
const leftOverNumber = /&#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5});/;

function decodeOnce(text: string): string {
  return decodeReferences(text, createEntities(), silent, 0);
}

function shorten(text: string, maxLength: number): string {
  return text.length > 4 * maxLength ? text.slice(0, 4 * maxLength) : text;
}

/** The visible characters of a title, whitespace folded; empty when there are none. */
export function toPlainTitle(raw: RawText): string {
  if (raw.kind === 'text') return toPlain(raw);
  const text = shorten(raw.text, maxLineLength).replace(pictureWithWords, '$1$2');
  return toPlain({ ...raw, text: raw.kind === 'unknown' ? escapeMentionedTags(text) : text });
}

/** A picture in a title becomes its `alt`: emoji are written so. */
const pictureWithWords = /<img\s[^<>]*?\balt\s*=\s*(?:"([^"<>]{1,200})"|'([^'<>]{1,200})')[^<>]*>/gi;

/** The visible characters of a text construct, whitespace folded, not longer than a line; empty when there are none. */
export function toPlain(raw: RawText, maxLength = maxLineLength): string {
  let text = shorten(raw.text, maxLength);
  if (raw.kind === 'html') text = htmlToText(text);
  else if (raw.kind === 'unknown') {
    if (looksLikeHtml(text)) text = htmlToText(text);
    if (leftOver.test(text)) text = decodeOnce(text);
  } else if (leftOverNumber.test(text)) text = decodeOnce(text);
  return isBlank(text) ? '' : toLine(text, maxLength);
}

/**
 * Plain text as HTML: characters are escaped, blank lines end paragraphs, line ends are kept, bare addresses become
 * links. Lines with one common indent were wrapped by hand in the XML: their ends are dropped.
 */
function paragraphs(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.includes('\n')) return linkAddresses(escapeHtmlText(trimmed));
  const breaks = !isIndented(text);
  const parts = trimmed.split(/\n[ \t\r]*\n/).map((part) => linkAddresses(escapeHtmlText(part.trim())));
  const shown = breaks ? parts.map((part) => part.replace(/[ \t]*\r?\n[ \t]*/g, '<br>\n')) : parts;
  return shown.length === 1
    ? (shown[0] ?? '')
    : shown
        .filter((part) => part !== '')
        .map((part) => `<p>${part}</p>`)
        .join('\n');
}

function isIndented(text: string): boolean {
  if (!/^\s*\n[ \t]{2,}/.test(text)) return false;
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .every((line) => line.trim() === '' || /^[ \t]{2}/.test(line));
}

const bareAddress = /(?<![\w/"'=])https?:\/\/[^\s<>"'\u3000-\u303f\uff00-\uffef]{3,2000}/g;

/** Makes links of the bare addresses in escaped text; punctuation after one belongs to the sentence. */
function linkAddresses(escaped: string): string {
  if (!escaped.includes('://')) return escaped;
  return escaped.replace(bareAddress, (found) => {
    // A closing bracket belongs to the address when its opening one does.
    const mark = found.includes('(') ? /(?:[.,;:!?*_]|&gt;|&lt;)+$/ : /(?:[.,;:!?*_)]|&gt;|&lt;)+$/;
    const [trailing = ''] = mark.exec(found) ?? [];
    const address = trailing === '' ? found : found.slice(0, -trailing.length);
    return address.length < 10 ? found : `<a href="${address}">${address}</a>${trailing}`;
  });
}

/** A text construct as HTML. `base`: what applies where no `xml:base` does. */
export function toHtml(raw: RawText, base: HttpUrl, defects: Defects, entryIndex: number): UntrustedHtml {
  const of = (markup: string): UntrustedHtml => {
    const url = raw.base === undefined ? base : parseHttpUrl(raw.base);
    return url === undefined ? { markup } : { markup, base: url };
  };
  if (raw.kind === 'text') return of(paragraphs(raw.text));
  if (isDoublyEscaped(raw.text)) {
    defects.add('doubly-escaped-html', `The HTML in "${raw.from}" was escaped twice; it was unescaped twice.`, {
      entryIndex,
    });
    return of(decodeOnce(raw.text).trim());
  }
  if (raw.kind === 'unknown' && !hasTags(raw.text)) return of(paragraphs(decodeOnce(raw.text)));
  return of(raw.text.trim());
}

/** A title as HTML, when it has markup worth keeping besides its plain text. */
export function toTitleHtml(
  raw: RawText,
  base: HttpUrl,
  defects: Defects,
  entryIndex: number,
): UntrustedHtml | undefined {
  if (raw.kind === 'text') return undefined;
  const marked = raw.kind === 'unknown' ? { ...raw, text: escapeMentionedTags(raw.text) } : raw;
  return hasTags(marked.text) ? toHtml(marked, base, defects, entryIndex) : undefined;
}
