/**
 * Untrusted markup cut into start tags, end tags and text, in one pass that no input can slow down.
 *
 * It exists so that the sanitizer behind it sees only plain, bounded markup. Comments, declarations and elements that
 * go whole are left out here; what looks like markup but is none becomes text. A wrong cut costs looks, not safety:
 * everything that leaves here is sanitized afterwards.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
import { droppedWhole, maxAttributeLength, rawTextElements, readAttributes } from './policy.ts';

/** Receives the pieces in document order. `attributes` are raw: `name="value"` pairs, references not decoded. */
export interface TokenHandler {
  readonly onStart: (name: string, attributes: string) => void;
  readonly onEnd: (name: string) => void;
  readonly onText: (text: string) => void;
}

/** Whether a tag's name can begin at `at`: an ASCII letter. */
function isLetterAt(markup: string, at: number): boolean {
  const unit = markup.charCodeAt(at) | 0x20;
  return unit >= 0x61 && unit <= 0x7a;
}

/** Cuts `markup` up and hands the pieces over. */
export function tokenize(markup: string, handler: TokenHandler): void {
  const cut: Cut = { markup, handler, last: createLastOccurrence(markup), cdataSections: 0 };
  let from = 0;
  let at = markup.indexOf('<');
  while (at !== -1) {
    if (!beginsMarkup(markup, at)) {
      at = markup.indexOf('<', at + 1);
      continue;
    }
    if (at > from) onText(cut, markup.slice(from, at));
    from = readMarkup(cut, at);
    at = markup.indexOf('<', from);
  }
  if (from < markup.length) onText(cut, markup.slice(from));
}

/**
 * Letters begin a start tag, `/` an end tag, `?` and `!` what browsers take for a comment; all else is text. So is a `!`
 * before what begins no comment, section or declaration: somebody typed it.
 */
function beginsMarkup(markup: string, at: number): boolean {
  if (isLetterAt(markup, at + 1)) return true;
  const next = markup.charAt(at + 1);
  if (next === '!') return isLetterAt(markup, at + 2) || /[-[>]/.test(markup.charAt(at + 2));
  return next === '?' || (next === '/' && at + 2 < markup.length);
}

function onText(cut: Cut, text: string): void {
  if (cut.cdataSections === 0 || !text.includes(']]>')) return cut.handler.onText(text);
  cut.cdataSections -= 1;
  cut.handler.onText(text.replace(']]>', ''));
}

interface Cut {
  readonly markup: string;
  readonly handler: TokenHandler;
  /** Where a lower-case piece of markup occurs last, or -1: what does not come any more is not looked for again. */
  readonly last: (piece: string) => number;
  /** CDATA sections entered and not yet left: the end mark of each is left out. */
  cdataSections: number;
}

/** Reads what begins with the `<` at `at` and returns where it ends. */
function readMarkup(cut: Cut, at: number): number {
  const { markup, handler } = cut;
  const next = markup.charAt(at + 1);
  if (next === '!') return skipDeclaration(cut, at);
  if (next === '?') return skipTo(cut, '>', at);
  if (next === '/') {
    if (!isLetterAt(markup, at + 2)) return skipTo(cut, '>', at);
    const name = readName(markup, at + 2);
    const end = markup.indexOf('>', at + 2 + name.length);
    if (end === -1) return markup.length;
    handler.onEnd(name.toLowerCase());
    return end + 1;
  }
  const name = readName(markup, at + 1);
  const tag = readTagAttributes(markup, at + 1 + name.length);
  if (tag === undefined) return markup.length;
  return afterStart(cut, name.toLowerCase(), tag);
}

/** `--!>` is a mistake that every browser takes for the end. */
const commentEnd = /--!?>/g;

/** A CDATA section (a feed escaped once too often) holds content; comments and the rest hold none. */
function skipDeclaration(cut: Cut, at: number): number {
  const { markup } = cut;
  if (markup.startsWith('<![CDATA[', at)) {
    cut.cdataSections += 1;
    return at + 9;
  }
  if (!markup.startsWith('<!--', at)) return skipTo(cut, '>', at);
  if (markup.startsWith('>', at + 4)) return at + 5;
  if (markup.startsWith('->', at + 4)) return at + 6;
  // Browsers take an unclosed comment to be all the rest. A reader is better served with the text.
  if (Math.max(cut.last('-->'), cut.last('--!>')) < at + 4) return at + 4;
  commentEnd.lastIndex = at + 4;
  return commentEnd.test(markup) ? commentEnd.lastIndex : markup.length;
}

interface StartTag {
  readonly attributes: string;
  readonly isSelfClosing: boolean;
  readonly end: number;
}

function afterStart({ markup, handler, last }: Cut, name: string, tag: StartTag): number {
  const isRaw = rawTextElements.has(name);
  const goesWhole = droppedWhole.has(name);
  if (!isRaw && !goesWhole) {
    handler.onStart(name, tag.attributes);
    return tag.end;
  }
  if (name === 'iframe') {
    handler.onStart(name, tag.attributes);
    handler.onEnd(name);
  }
  // Written as an empty element, or never closed: in feeds that is XHTML habit or truncation, not one long script.
  if (last(`</${name}`) < tag.end) {
    const isCode = name === 'script' || name === 'style';
    return isCode && !tag.isSelfClosing ? markup.length : tag.end;
  }
  if (tag.isSelfClosing && (name === 'svg' || name === 'math')) return tag.end;
  return isRaw ? skipRawText(markup, name, tag.end) : skipElement(markup, name, tag.end);
}

/** From inside a raw text element to behind its end tag. */
function skipRawText(markup: string, name: string, from: number): number {
  const endTag = new RegExp(`</${name}(?=[\\s/>])[^>]*>?`, 'gi');
  endTag.lastIndex = from;
  const found = endTag.exec(markup);
  return found === null ? markup.length : found.index + found[0].length;
}

/** From inside an element to behind its end tag, elements of the same name inside it counted. */
function skipElement(markup: string, name: string, from: number): number {
  const tags = new RegExp(`<(/?)${name}(?=[\\s/>])[^>]*>?`, 'gi');
  tags.lastIndex = from;
  let depth = 1;
  for (let found = tags.exec(markup); found !== null; found = tags.exec(markup)) {
    if (found[1] === '/') depth -= 1;
    else if (!found[0].endsWith('/>')) depth += 1;
    if (depth === 0) return found.index + found[0].length;
  }
  return markup.length;
}

function createLastOccurrence(markup: string): (piece: string) => number {
  const known = new Map<string, number>();
  let lower: string | undefined;
  return (piece) => {
    const seen = known.get(piece);
    if (seen !== undefined) return seen;
    lower ??= markup.toLowerCase();
    const found = lower.lastIndexOf(piece);
    known.set(piece, found);
    return found;
  };
}

/** A tag's name runs to white space, `/` or `>`. By hand: this is the innermost loop. */
function readName(markup: string, at: number): string {
  let end = at;
  for (; end < markup.length; end += 1) {
    const unit = markup.charCodeAt(end);
    if (unit === 0x3e || unit === 0x2f || unit <= 0x20) break;
  }
  return markup.slice(at, end);
}

const attributeName = /[\s/]*([^\s/>=][^\s/>=]*)\s*(=?)\s*/y;
const unquoted = /[^\s>]*/y;
const tagEnd = /[\s/=]*/y;

/** Reads attributes up to `>`; only those the policy reads are kept. `undefined` when the tag never ends. */
function readTagAttributes(markup: string, from: number): StartTag | undefined {
  if (markup.charCodeAt(from) === 0x3e) return { attributes: '', isSelfClosing: false, end: from + 1 };
  let attributes = '';
  let at = from;
  for (;;) {
    attributeName.lastIndex = at;
    const read = attributeName.exec(markup);
    if (read === null) {
      tagEnd.lastIndex = at;
      tagEnd.exec(markup);
      const end = tagEnd.lastIndex;
      if (end >= markup.length) return undefined;
      if (markup.charAt(end) !== '>') return undefined;
      return { attributes, isSelfClosing: markup.charAt(end - 1) === '/', end: end + 1 };
    }
    at = attributeName.lastIndex;
    let value = '';
    if (read[2] === '=') {
      const quote = markup.charAt(at);
      if (quote === '"' || quote === "'") {
        const close = markup.indexOf(quote, at + 1);
        if (close === -1) return undefined;
        value = markup.slice(at + 1, close);
        at = close + 1;
      } else {
        unquoted.lastIndex = at;
        value = unquoted.exec(markup)?.[0] ?? '';
        at += value.length;
      }
    }
    const name = (read[1] ?? '').toLowerCase();
    if (!readAttributes.has(name) || value.length > maxAttributeLength) continue;
    attributes += ` ${name}="${value.replaceAll('"', '&quot;')}"`;
  }
}

/** Behind the next `piece`, or the end of the markup. */
function skipTo({ markup, last }: Cut, piece: string, from: number): number {
  return last(piece) < from ? markup.length : markup.indexOf(piece, from) + piece.length;
}
