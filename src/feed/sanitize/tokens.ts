/**
 * Cuts untrusted markup into start tags, end tags and text, in one pass that no input can slow down.
 *
 * The sanitizer behind it then gets only plain, bounded markup. Comments, declarations and elements that are removed
 * whole are left out here; text that looks like markup stays text. A wrong cut changes looks, not safety: everything is
 * sanitized afterwards.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
import { droppedWhole, rawTextElements } from './policy.ts';
import {
  endOfElement,
  endOfRawText,
  hidesText,
  looksLikeCode,
  showsAnyway,
  standInFor,
  standInForWhole,
  type TokenHandler,
  writeStandIn,
} from './stand-ins.ts';
import { readName, readTagAttributes, type StartTag } from './start-tag.ts';

/** Whether a tag's name can begin at `at`: an ASCII letter. */
function isLetterAt(markup: string, at: number): boolean {
  const unit = markup.charCodeAt(at) | 0x20;
  return unit >= 0x61 && unit <= 0x7a;
}

/** A link to a place inside a page. */
const linkToPlace = /href\s*=\s*["']?[^"'<>\s]*#/i;

/** Cuts `markup` up and hands the pieces over. */
export function tokenize(markup: string, handler: TokenHandler): void {
  const cut: Cut = {
    markup,
    handler,
    last: createLastOccurrence(markup),
    hasFormulas: /<math[\s>]/i.test(markup),
    hasPlaces: linkToPlace.test(markup),
    unbalanced: new Set(),
    mentioned: new Set(),
    looks: 4 * markup.length + 10_000,
    cdataSections: 0,
  };
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
 * Letters begin a start tag, `/` an end tag, `?` and `!` what browsers take for a comment; everything else is text. So is
 * a `!` that begins no comment, section or declaration.
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
  /** The last position of a lower-case piece of markup, or -1: beyond it, the piece is not searched for. */
  readonly last: (piece: string) => number;
  /** Whether there are formulas: then text hidden for screen readers repeats them. */
  readonly hasFormulas: boolean;
  /** Whether ids and names are read: links lead to them. */
  readonly hasPlaces: boolean;
  /** Elements of which a hidden one has no end tag of its own: none of them hides anything. */
  readonly unbalanced: Set<string>;
  /** Elements of code whose tags the text only mentions. */
  readonly mentioned: Set<string>;
  /** How much may still be searched for the ends of hidden elements: they nest, and must not be searched repeatedly. */
  looks: number;
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
  const tag = readTagAttributes(markup, at, at + 1 + name.length, cut.hasPlaces);
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

/**
 * Continues after a start tag: an element that is hidden or removed whole is skipped to its end, and its replacement is
 * passed on.
 */
function afterStart(cut: Cut, name: string, tag: StartTag): number {
  const { markup, handler } = cut;
  if (droppedWhole.has(name) || rawTextElements.has(name)) return leaveOut(cut, name, tag);
  const stands = standInFor(name, tag.attributes);
  if (stands !== undefined) {
    writeStandIn(handler, stands);
    return tag.end;
  }
  if (cut.looks > 0 && hidesText(name, tag.attributes, cut.hasFormulas) && !cut.unbalanced.has(name)) {
    const end = endOfElement(markup, name, tag.end);
    cut.looks -= (end === -1 ? markup.length : end) - tag.end;
    if (end === -1) cut.unbalanced.add(name);
    else if (!showsAnyway(tag.attributes, markup.slice(tag.end, end))) return end;
  }
  if (name === 'math' && cut.last('</math') < tag.end) return tag.end;
  handler.onStart(name, tag.attributes);
  return tag.end;
}

/** An element that goes whole, up to its end tag; where it has none, what that means depends on the element. */
function leaveOut(cut: Cut, name: string, tag: StartTag): number {
  const { markup, handler } = cut;
  if (name === 'iframe') {
    handler.onStart(name, tag.attributes);
    handler.onEnd(name);
  }
  if (tag.isSelfClosing && name === 'svg') return tag.end;
  const isCode = name === 'script' || name === 'style';
  // Written as an empty element, or never closed: in feeds that is XHTML habit, truncation, or a tag somebody mentions.
  if (cut.last(`</${name}`) < tag.end) {
    if (!isCode || tag.isSelfClosing) return tag.end;
    // Decided once: if the text after the first of them is no code, the document is a text about them.
    if (!cut.mentioned.has(name) && looksLikeCode(markup.slice(tag.end, tag.end + 2_000))) return markup.length;
    cut.mentioned.add(name);
    if (tag.attributes === '') handler.onText(`&lt;${name}&gt;`);
    return tag.end;
  }
  const end = rawTextElements.has(name) ? endOfRawText(markup, name, tag.end) : endOfElement(markup, name, tag.end);
  const inner = markup.slice(tag.end, end === -1 ? markup.length : end);
  const stands = standInForWhole(name, tag.attributes, inner, isBesideFormula(cut, tag.start));
  if (stands !== undefined) writeStandIn(handler, stands);
  return end === -1 ? markup.length : end;
}

/**
 * Whether only tags and blanks are between a place and the formula before it: MathJax keeps the source behind the
 * formula.
 */
function isBesideFormula({ markup, hasFormulas }: Cut, at: number): boolean {
  if (!hasFormulas) return false;
  const near = markup.slice(Math.max(0, at - 1_000), at);
  const before = near.lastIndexOf('</math>');
  return before !== -1 && !/\S/.test(near.slice(before).replace(/<[^<>]*>/g, ''));
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

/** Behind the next `piece`, or the end of the markup. */
function skipTo({ markup, last }: Cut, piece: string, from: number): number {
  return last(piece) < from ? markup.length : markup.indexOf(piece, from) + piece.length;
}
