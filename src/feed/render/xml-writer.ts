/**
 * Writes text into XML 1.0. The output is well-formed whatever the input is.
 *
 * Characters that XML cannot carry are dropped, never written as references: a reference to them is just as fatal. A fast
 * test comes before every replacement, because most text needs none.
 * @see https://www.w3.org/TR/xml/#charsets
 */
import { lazyPattern } from '../../domain/lazy.ts';
import { looksLikeMarkup } from './format-rules.ts';

// XML 1.0 section 2.2 forbids the C0 controls, U+FFFE and U+FFFF; it discourages DEL and the C1 controls, which are
// always mislabelled bytes and which the W3C validator reports. A surrogate asks for a closer look: pairs are fine.
// oxlint-disable-next-line no-control-regex -- these are the characters looked for
const suspicious = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/;
// oxlint-disable-next-line no-control-regex -- these are the characters looked for
const everyUnwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;
const everyLoneSurrogate = lazyPattern(String.raw`\p{Surrogate}`, 'gu');
// Whether a text needs work: it has markup, or characters that cannot be written.
// oxlint-disable-next-line no-control-regex -- these are the characters looked for
const careInText = /[&<>\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/;
// oxlint-disable-next-line no-control-regex -- these are the characters looked for
const careInAttribute = /[&<>"\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/;
const everyMarkup = /[&<>\r]/g;
const everyAttributeMarkup = /[&<>"\t\n\r]/g;

declare const writable: unique symbol;

/** Text without characters that XML cannot carry. */
export type Writable = string & { readonly [writable]: true };

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would turn these into spaces (attributes) or line feeds (section 2.11) if they were written raw.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function toReference(character: string): string {
  return references[character] ?? character;
}

/**
 * Drops characters that no XML document can carry; vertical tab, form feed and NEL become spaces, so that words stay
 * apart.
 */
export function toWritable(text: string): Writable {
  if (!suspicious.test(text)) return text as Writable;
  const whole = text.isWellFormed() ? text : text.replace(everyLoneSurrogate(), '');
  return whole.replace(everyUnwritable, (character) => (/[\v\f\x85]/.test(character) ? ' ' : '')) as Writable;
}

/** Text for one line, such as a title: the same, with runs of white space as one space and none at the ends. */
export function toWritableLine(text: string): Writable {
  return toWritable(text).replace(/\s+/g, ' ').trim() as Writable;
}

/** Escapes text for the inside of an element; also right for text inside HTML. */
export function escapeText(text: string): string {
  if (!careInText.test(text)) return text;
  return toWritable(text).replace(everyMarkup, toReference);
}

/**
 * Escapes plain text for RSS, which never said whether text is HTML: hexadecimal references tell readers of the Advisory Board's
 * profile that `<` and `&` are meant.
 * @see https://www.rssboard.org/rss-profile#data-types-characterdata
 */
export function escapePlain(text: string): string {
  const escaped = escapeText(text);
  if (!looksLikeMarkup(text)) return escaped;
  return escaped.replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;');
}

/** Escapes text for an attribute value between double quotes. */
export function escapeAttribute(text: string): string {
  if (!careInAttribute.test(text)) return text;
  return toWritable(text).replace(everyAttributeMarkup, toReference);
}

/**
 * Wraps long markup as CDATA: a third smaller than escaped HTML. `]]>` is split, carriage returns stay what they are.
 * Looking at every character is most of what rendering costs, so it takes text that was looked at once already.
 */
export function renderCdata(text: Writable): string {
  let inside: string = text;
  if (inside.includes(']]>')) inside = inside.replaceAll(']]>', ']]]]><![CDATA[>');
  if (inside.includes('\r')) inside = inside.replaceAll('\r', ']]>&#13;<![CDATA[');
  return `<![CDATA[${inside}]]>`;
}

/** Whether `renderCdata` would write this text unchanged. Blank text is no content. */
export function isCdataAlready(text: string): boolean {
  return toWritable(text) === text && !text.includes(']]>') && !text.includes('\r') && text.trim() !== '';
}

/** Attribute values by name; those without a value are left out. The order is the order written. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Attributes of a tag, each with a space before it. */
export function renderAttributes(attributes: Attributes): string {
  let text = '';
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) text += ` ${name}="${typeof value === 'number' ? value : escapeAttribute(value)}"`;
  }
  return text;
}

/** An element that holds text, on a line of its own. */
export function renderElement(name: string, text: string, attributes?: Attributes): string {
  return `<${name}${attributes === undefined ? '' : renderAttributes(attributes)}>${escapeText(text)}</${name}>\n`;
}

/** The same for plain text in RSS. */
export function renderPlain(name: string, text: string, attributes?: Attributes): string {
  return `<${name}${attributes === undefined ? '' : renderAttributes(attributes)}>${escapePlain(text)}</${name}>\n`;
}

/** An element that holds text, or nothing when there is no text to hold. */
export function renderOptional(name: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<${name}>${escapeText(text)}</${name}>\n`;
}

/** An element without content, on a line of its own. */
export function renderEmpty(name: string, attributes: Attributes): string {
  return `<${name}${renderAttributes(attributes)}/>\n`;
}

/** An element around XML. */
export function renderParent(name: string, inner: string, attributes?: Attributes): string {
  return `<${name}${attributes === undefined ? '' : renderAttributes(attributes)}>\n${inner}</${name}>\n`;
}
