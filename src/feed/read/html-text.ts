/**
 * Turns short pieces of HTML into plain text, and decides whether a text is HTML at all, without a DOM.
 *
 * Only names of HTML elements count as tags: `Vec<String>` in a title is plain text.
 */
import { createDefects } from './defects.ts';
import { maxLineLength } from './reading-limits.ts';
import { createEntities, decodeReferences } from './xml/references.ts';

const elements = new Set(
  (
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas ' +
    'caption center cite code col colgroup command data datalist dd del details dfn dialog dir div dl dt em embed fieldset ' +
    'figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins ' +
    'isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript ' +
    'object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script section select ' +
    'slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time ' +
    'title tr track tt u ul var video wbr xmp'
  ).split(' '),
);
const invisible = new Set(['script', 'style', 'applet', 'template']);
const inline = new Set(
  (
    'a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q rb rp rt rtc ruby s samp ' +
    'small span strike strong sub sup time tt u var wbr'
  ).split(' '),
);

const tagName = /<(\/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])/y;
const tagStart = /<\/?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])/g;
const referenceLike = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/;

/** A document type in front: a whole page was put where a piece of it belongs. */
const declaration = /^\s*<!doctype\s{1,9}html\b/i;

/** Tells whether HTML has an element of this name, in lower case. */
export function isElementName(name: string): boolean {
  return elements.has(name);
}

/** Tells whether the text holds a tag that HTML has. */
export function hasTags(text: string): boolean {
  if (!text.includes('<')) return false;
  tagStart.lastIndex = 0;
  for (let match = tagStart.exec(text); match !== null; match = tagStart.exec(text)) {
    if (elements.has((match[1] ?? '').toLowerCase())) return true;
  }
  return text.includes('<!--') || declaration.test(text);
}

/** Whether the text can only be HTML: it has a tag or a reference. */
export function looksLikeHtml(text: string): boolean {
  return hasTags(text) || (text.includes('&') && referenceLike.test(text));
}

/** Whether a text is HTML that was escaped once too often: no tag, but an escaped pair of them. */
export function isDoublyEscaped(text: string): boolean {
  if (text.includes('<')) return false;
  const open = /&lt;([a-z][a-z0-9]*)(?:\s|&gt;|\/)/i.exec(text);
  if (open === null || !elements.has((open[1] ?? '').toLowerCase())) return false;
  // An article about the <b> tag has it in the middle of a sentence; escaped HTML begins or ends with a tag.
  return /^\s*&lt;/.test(text.slice(0, 100)) && /&lt;\/[a-z][a-z0-9]*\s*&gt;|\/&gt;\s*$/i.test(text);
}

const silent = createDefects();

function decode(text: string): string {
  return text.includes('&') ? decodeReferences(text, createEntities(), silent, 0) : text;
}

/** Whitespace that folding changes. A single space between words is not changed, and most short texts have only those. */
const oddSpace = / [ \t\r\n\f\u2028\u2029]+|[\t\r\n\f\u2028\u2029][ \t\r\n\f\u2028\u2029]*/g;

/** Folds white space as a browser shows it. */
export function foldSpace(text: string): string {
  return text.replace(oddSpace, ' ').trim();
}

/** Plain text cut to the length of a line, at a character. */
export function toLine(text: string, maxLength = maxLineLength): string {
  const folded = foldSpace(text.length > 4 * maxLength ? text.slice(0, 4 * maxLength) : text);
  if (folded.length <= maxLength) return folded;
  const last = folded.charCodeAt(maxLength - 2);
  return `${folded.slice(0, maxLength - (last >= 0xd800 && last <= 0xdbff ? 2 : 1))}…`;
}

/** UTF-16 units of one tag in a short text. Guards against a quadratic search for the ends of tags that have none. */
const maxTagLength = 1_024;

/** Offset after the tag that starts at `at`, quotes respected when they are closed; -1 when it does not end. */
function endOfTag(html: string, at: number): number {
  let quote = '';
  const limit = Math.min(html.length, at + maxTagLength);
  for (let i = at + 1; i < limit; i++) {
    const c = html[i] ?? '';
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '>') return i + 1;
    else if ((c === '"' || c === "'") && html[i - 1] === '=') quote = c;
  }
  const plain = html.slice(at, limit).indexOf('>');
  return plain === -1 ? -1 : at + plain + 1;
}

function hasEndTag(html: string, name: string, from: number): boolean {
  const end = new RegExp(`</${name}[\\s/>]`, 'gi');
  end.lastIndex = from;
  return end.test(html);
}

/** The text a piece of HTML shows: tags gone, blocks apart, references decoded once, scripts and styles left out up to their end tags. */
export function htmlToText(html: string): string {
  let out = '';
  let from = declaration.test(html) ? html.indexOf('>') + 1 : 0;
  let hidden = '';
  /** Hidden elements that end nowhere in the rest: their start tags are text. */
  const endless = new Set<string>();
  let at = html.indexOf('<', from);
  while (at !== -1) {
    if (html.startsWith('<!--', at)) {
      if (hidden === '') out += decode(html.slice(from, at));
      const end = html.indexOf('-->', at + 4);
      from = end === -1 ? html.length : end + 3;
      at = html.indexOf('<', from);
      continue;
    }
    tagName.lastIndex = at;
    const match = tagName.exec(html);
    const name = (match?.[2] ?? '').toLowerCase();
    const end = elements.has(name) ? endOfTag(html, at) : -1;
    const hides = end !== -1 && hidden === '' && match?.[1] === '' && invisible.has(name) && html[end - 2] !== '/';
    if (hides && !endless.has(name) && !hasEndTag(html, name, end)) endless.add(name);
    if (end === -1 || (hides && endless.has(name))) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    if (hidden === '') {
      out += decode(html.slice(from, at));
      if (!inline.has(name)) out += ' ';
      if (hides) hidden = name;
    } else if (match?.[1] === '/' && name === hidden) hidden = '';
    from = end;
    at = html.indexOf('<', from);
  }
  return hidden === '' ? out + decode(html.slice(from)) : out;
}
