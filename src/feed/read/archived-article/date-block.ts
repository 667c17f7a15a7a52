/**
 * Takes the date block from the head of an archived body: `<div><i>Author<br>2023-02-01T12:13:26Z</i></div>` and similar
 * ones.
 *
 * A block is a date block only when a whole line of it is a date and at most one line, a byline, is beside it, or when it
 * follows a byline. A paragraph that merely mentions a date stays.
 */
import type { Instant } from '../../../domain/instant.ts';
import { type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';
import { splitNames } from './front-matter.ts';
import { elementsNamed, hasText, textBlocks, toLines } from './text.ts';
import { type DateHabits, looksLikeDate, parseZonedDate, withoutDateLabel } from './zoned-date.ts';

/** The content of a date block. `date` is its text, even when it is no real date. */
export interface DateBlock {
  readonly date: string;
  readonly published: Instant | undefined;
  readonly authors: readonly string[];
}

/** Text in the form of a date, whether the day exists or not. */
const isoShape = /^(?:[\p{L}\s]{1,20}[:：]\s*)?\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?\S{0,6})?$/iu;
const byline = /^(?:by|von|par|por|di|от|作者|文|بقلم)[\s:：/]+/iu;
/** Longest byline, in UTF-16 units: what is longer is a paragraph. */
const maxBylineLength = 100;
/** A byline has a block for the name and one for the office (BBC: "Name", "Business reporter, Kigali"). */
const maxBylineBlocks = 2;
/** How many wrappers around the whole body are opened. */
const maxWrappers = 5;

/** Takes the date block out of a body, when it starts with one (images before it do not count). */
export function takeDateBlock(body: HtmlElement, habits: DateHabits): DateBlock | undefined {
  let block = firstWithText(body);
  for (let wrappers = 0; block !== undefined && wrappers <= maxWrappers; wrappers += 1) {
    const found = readDateBlock(block, habits);
    if (found !== undefined) {
      block.remove();
      return found;
    }
    const inner = isElement(block) ? firstWithText(block) : undefined;
    // An inline element inside a paragraph is part of its sentence, not a block of its own.
    if (inner === undefined || !isWrapper(inner)) break;
    block = inner;
  }
  return block === undefined ? undefined : takeAfterByline(body, block, habits);
}

/** The first line of a body when it looks like a date that was not understood. */
export function findStrangeDate(body: HtmlElement): string | undefined {
  const first = firstWithText(body);
  const line = first === undefined ? undefined : toLines(first)[0];
  return line !== undefined && looksLikeDate(line) ? line : undefined;
}

/** A name, or a name and an office, in blocks of their own, and the date in the next or in a `time` element. */
function takeAfterByline(body: HtmlElement, first: HtmlNode, habits: DateHabits): DateBlock | undefined {
  const leading = textBlocks(body).slice(0, maxBylineBlocks + 1);
  const [name] = leading;
  if (name === undefined || (name !== first && !contains(first, name))) return undefined;
  const next = name.nextElementSibling;
  const blocks = next?.localName === 'time' ? [name, next] : leading;
  for (const [at, block] of blocks.entries()) {
    const found = at === 0 ? undefined : readDateBlock(block, habits);
    if (found?.published !== undefined) {
      for (const taken of blocks.slice(0, at + 1)) taken.remove();
      const names = toLines(name).map(withoutLabel);
      return { ...found, authors: splitNames([...names, ...found.authors]) };
    }
    if (!isBylineBlock(block)) return undefined;
  }
  return undefined;
}

function isBylineBlock(block: HtmlElement): boolean {
  const lines = toLines(block);
  return lines.length <= 2 && lines.every(isNameLine) && !/^(?:h[1-6]|figcaption|pre)$/.test(block.localName);
}

function isNameLine(line: string): boolean {
  return isByline(line) && !/[.…]$/.test(line) && !looksLikeDate(line);
}

function readDateBlock(block: HtmlNode, habits: DateHabits): DateBlock | undefined {
  // More than one block: a wrapper around the article, not a line of it.
  if (isElement(block) && textBlocks(block).length > 1) return undefined;
  const lines = toLines(block);
  if (lines.length === 0 || lines.length > 2) return undefined;
  const machine = isElement(block) && lines.length === 1 ? timeOf(block, lines[0] ?? '') : undefined;
  if (machine !== undefined) return { date: machine, published: parseZonedDate(machine, habits), authors: [] };
  const dated = lines.findIndex((line) => isoShape.test(line) || isDateLine(line, habits));
  const date = lines[dated];
  if (date === undefined) return undefined;
  const beside = lines.filter((_, index) => index !== dated);
  if (!beside.every(isByline)) return undefined;
  return {
    date: withoutDateLabel(date),
    published: parseZonedDate(date, habits),
    authors: splitNames(beside.map(withoutLabel)),
  };
}

function isDateLine(line: string, habits: DateHabits): boolean {
  return looksLikeDate(line) && parseZonedDate(line, habits) !== undefined;
}

function isByline(line: string): boolean {
  return line.length <= maxBylineLength && !/[!?。！？]/u.test(line);
}

function withoutLabel(line: string): string {
  return line.replace(byline, '');
}

const times = new Set(['time']);

/** Reads `<time datetime="...">` when it is all of the block. */
function timeOf(block: HtmlElement, line: string): string | undefined {
  const time = block.localName === 'time' ? block : elementsNamed(block, times)[0];
  const value = time?.getAttribute('datetime') ?? undefined;
  return value !== undefined && time !== undefined && toLines(time).join('') === line ? value : undefined;
}

function firstWithText(parent: HtmlElement): HtmlNode | undefined {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === 3 ? hasText(node.textContent) : isElement(node) && hasText(node.textContent)) return node;
  }
  return undefined;
}

function isWrapper(node: HtmlNode): boolean {
  return isElement(node) && /^(?:div|p|section|header|main|article)$/.test(node.localName);
}

function contains(outer: HtmlNode, inner: HtmlNode): boolean {
  let up: HtmlNode | null = inner;
  while (up !== null && up !== outer) up = up.parentNode;
  return up === outer;
}
