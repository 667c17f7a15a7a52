/**
 * Decides what an element's text is: plain characters, markup, or unknown because the format does not say.
 *
 * Each dialect has its own rule; inline elements always make it markup, whatever was declared.
 * @see RFC 4287 sections 3.1 and 4.1.3; Atom 0.3 section 3.1 (`mode`)
 */
import { hasForbiddenCharacters, undoDoubleUtf8 } from '../charset/characters.ts';
import type { Defects } from '../defects.ts';
import { hasTags } from '../html-text.ts';
import type { RawText, TextKind } from '../raw-feed.ts';
import { maxTextLength } from '../reading-limits.ts';
import { attributeOf, childOf, hasElements, textOf, type XmlElement } from '../xml/element.ts';
import { innerMarkup } from '../xml/inner-markup.ts';

/** Which rules a text construct follows. */
export type Dialect = 'rss' | 'atom-0.3' | 'atom-1.0';

interface Body {
  readonly text: string;
  readonly kind: TextKind;
}

/** Reads an element as a text construct; `undefined` when there is nothing in it. */
export function readText(element: XmlElement, dialect: Dialect, defects: Defects): RawText | undefined {
  const body = hasElements(element) ? readMarkup(element, dialect) : readCharacters(element, dialect, defects);
  let { text } = body;
  if (text.length > maxTextLength) {
    defects.add(
      'text-too-long',
      `A text of ${text.length} characters in "${element.key}" was cut to ${maxTextLength}.`,
    );
    text = text.slice(0, maxTextLength);
  }
  if (text.trim() === '') return undefined;
  const inner = body.kind === 'html' && hasElements(element) ? (soleDiv(element) ?? element) : element;
  return {
    from: element.key,
    text: undoDoubleUtf8(text),
    kind: body.kind,
    ...(inner.base === undefined ? {} : { base: inner.base }),
    ...(inner.language === undefined ? {} : { language: inner.language }),
  };
}

/** RFC 4287 section 3.1.1.3: the div around xhtml "MUST NOT" be part of the text. */
function soleDiv(element: XmlElement): XmlElement | undefined {
  const div = childOf(element, 'xhtml:div') ?? childOf(element, 'div') ?? childOf(element, 'atom:div');
  if (div === undefined || attributeOf(div, 'class') !== undefined) return undefined;
  const alone = element.children.every((child) => child === div || (typeof child === 'string' && child.trim() === ''));
  return alone ? div : undefined;
}

function readMarkup(element: XmlElement, dialect: Dialect): Body {
  const inner = soleDiv(element) ?? element;
  // Escaped markup beside unescaped markup: the text is HTML too, and escaping it again would show its tags.
  const escape = !hasTags(textOf(inner));
  return { text: innerMarkup(inner, escape || isXhtml(element, dialect)), kind: 'html' };
}

function isXhtml(element: XmlElement, dialect: Dialect): boolean {
  const type = attributeOf(element, 'type')?.toLowerCase();
  return dialect !== 'rss' && (type === 'xhtml' || type === 'application/xhtml+xml');
}

function readCharacters(element: XmlElement, dialect: Dialect, defects: Defects): Body {
  const text = textOf(element);
  if (dialect === 'rss') return { text, kind: element.key === 'content:encoded' ? 'html' : 'unknown' };
  const type = attributeOf(element, 'type')?.toLowerCase().split(';')[0]?.trim();
  const mode = attributeOf(element, 'mode')?.toLowerCase();
  const isEncoded = mode === 'base64' || (dialect === 'atom-1.0' && mode === undefined && isBase64Type(type));
  if (isEncoded) {
    if (isContent(element) && /^(?:image|audio|video|font)\//.test(type ?? '')) return { text: '', kind: 'text' };
    const decoded = decodeBase64(text);
    // Atom 0.3: without a type it is text/plain, however it is encoded. Other types than text: HTML is in there, if anything.
    if (decoded !== undefined && (isContent(element) || isSentence(decoded)))
      return { text: decoded, kind: kindOf(type, type === undefined ? 'text' : 'unknown') };
    defects.add('bad-base64', `"${element.key}" is not the base64 it is declared to be; it was read as it is written.`);
  }
  const kind = kindOf(type, 'text');
  if (kind === 'html' && isXhtml(element, dialect) && !hasTags(text)) return { text, kind: 'text' };
  if (kind === 'text' && type === undefined && isWholeHtml(text)) {
    defects.add('html-declared-as-text', `"${element.key}" holds HTML without saying so; it was read as HTML.`);
    return { text, kind: 'html' };
  }
  return { text, kind };
}

function kindOf(type: string | undefined, otherwise: TextKind): TextKind {
  switch (type ?? '') {
    case 'html':
    case 'xhtml':
    case 'text/html':
    case 'application/xhtml+xml':
      return 'html';
    case 'text':
    case 'text/plain':
      return 'text';
    default:
      return otherwise;
  }
}

/** RFC 4287 section 3.1.1: of the text constructs only content may have another type than text, html and xhtml. */
function isContent(element: XmlElement): boolean {
  return element.key === 'atom:content';
}

/** Whether a text that should not be base64 certainly is: a word of letters decodes to no sentence and to no markup. */
function isSentence(decoded: string): boolean {
  return decoded.length >= 8 && /\s|</.test(decoded.trim());
}

/** RFC 4287 section 4.1.3.3: media types that are neither text nor XML are base64. */
function isBase64Type(type: string | undefined): boolean {
  return type !== undefined && type.includes('/') && !/^text\/|[+/]xml$|^message\//.test(type);
}

/** Fails when the bytes are no text: then it was not base64, or not of a text. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact === '' || compact.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  try {
    const binary = atob(compact);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    const decoded = utf8.decode(bytes);
    return hasForbiddenCharacters(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** Text that begins with a block's start tag and ends with an end tag is markup: its tags were not meant to be shown. */
function isWholeHtml(text: string): boolean {
  const trimmed = text.trim();
  return (
    /^<(?:p|div|h[1-6]|ul|ol|table|blockquote|pre|figure|article|section)[\s>]/i.test(trimmed) &&
    /<\/[a-z][a-z0-9]*>$|<(?:br|hr|img)[^<>]*>$/i.test(trimmed)
  );
}
