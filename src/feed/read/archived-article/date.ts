/**
 * The date block at the head of an archived body: `<div><i>Author<br>2023-02-01T12:13:26.020Z</i></div>` and kin.
 *
 * A block is one only when a whole line of it is an ISO 8601 date and at most one line, a byline, stands beside it; a
 * paragraph that merely mentions a date stays.
 */
import { type Instant, toInstant } from '../../../domain/instant.ts';
import { type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';
import { elementsNamed, hasText, textBlocks, toLines } from './text.ts';

/** What a date block said. `date` is its text, also when it is no real date. */
export interface DateBlock {
  readonly date: string;
  readonly published: Instant | undefined;
  readonly authors: readonly string[];
}

const isoLine =
  /^(?:[\p{L}\s]{1,20}[:：]\s*)?(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?)$/iu;
const isoParts =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:(Z)|([+-])(\d\d):?(\d\d))?)?$/i;
const byline = /^(?:by|von|par|por|di|от|作者|文|بقلم)[\s:：]+/iu;
/** Longest byline, in UTF-16 units: what is longer is a paragraph. */
const maxBylineLength = 100;
/** Wrappers around the whole body that are looked into. */
const maxWrappers = 5;

/** Takes the date block out of a body, when it starts with one (images before it do not count). */
export function takeDateBlock(body: HtmlElement): DateBlock | undefined {
  let block = firstWithText(body);
  for (let wrappers = 0; block !== undefined && wrappers <= maxWrappers; wrappers += 1) {
    const found = readDateBlock(block);
    if (found !== undefined) {
      block.remove();
      return found;
    }
    block = isElement(block) ? firstWithText(block) : undefined;
    // An inline element inside a paragraph is part of its sentence, not a block of its own.
    if (block !== undefined && block.parentNode !== body && !/^(?:div|p|section|header)$/.test(nameOf(block))) return;
  }
  return undefined;
}

/** Reads an ISO 8601 date or date-time; without a zone it is UTC; a day that does not exist is no date. */
export function parseIsoInstant(text: string): Instant | undefined {
  const parts = isoParts.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', , sign, zoneHour, zoneMinute] =
    parts;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const numbers = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = numbers;
  if (mo < 1 || mo > 12 || d < 1 || d > new Date(Date.UTC(y, mo, 0)).getUTCDate()) return undefined;
  // Second 60 is a leap second: the first moment after it.
  if (h > 24 || mi > 59 || s > 60 || (h === 24 && mi + s + ms > 0)) return undefined;
  const zoneMs = sign === undefined ? 0 : (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return toInstant(Date.UTC(y, mo - 1, d, h, mi, s, ms) - (sign === '-' ? -zoneMs : zoneMs));
}

function readDateBlock(block: HtmlNode): DateBlock | undefined {
  // More than one block: a wrapper around the article, not a line of it.
  if (isElement(block) && textBlocks(block).length > 1) return undefined;
  const lines = toLines(block);
  if (lines.length === 0 || lines.length > 2) return undefined;
  const dated = lines.findIndex((line) => isoLine.test(line));
  const machine = isElement(block) && lines.length === 1 ? timeOf(block, lines[0] ?? '') : undefined;
  const date = machine ?? isoLine.exec(lines[dated] ?? '')?.[1];
  if (date === undefined) return undefined;
  const beside = machine === undefined ? lines.filter((_, index) => index !== dated) : [];
  if (beside.some((line) => line.length > maxBylineLength || /[!?。！？]/u.test(line))) return undefined;
  const authors = beside.flatMap((line) => line.replace(byline, '').split(/[,，、;；]/u)).map((name) => name.trim());
  return { date, published: parseIsoInstant(date), authors: authors.filter((name) => name !== '') };
}

const times = new Set(['time']);

/** `<time datetime="...">` when it is all there is in the block. */
function timeOf(block: HtmlElement, line: string): string | undefined {
  const time = block.localName === 'time' ? block : elementsNamed(block, times)[0];
  const value = time?.getAttribute('datetime') ?? undefined;
  return value !== undefined && toLines(block).join('') === line && time?.textContent?.trim() === line
    ? value
    : undefined;
}

function firstWithText(parent: HtmlElement): HtmlNode | undefined {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === 3 ? hasText(node.textContent) : isElement(node) && hasText(node.textContent)) return node;
  }
  return undefined;
}

function nameOf(node: HtmlNode): string {
  return isElement(node) ? node.localName : '';
}
