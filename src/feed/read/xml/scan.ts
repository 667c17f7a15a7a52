/**
 * Turns a document into a row of plain events, in one pass, whatever state its markup is in.
 *
 * The engine's own search finds the text between tags; only tags with attributes go through the tokenizer. A `<` that
 * starts no markup is text; an end tag without `>` ends at the next `<`.
 */
import { createTagReader } from './tokenizer.ts';

/** What happens in a document, in order. `at` are UTF-16 offsets. References in text and attributes are not decoded. */
export interface MarkupEvents {
  /** `attributes`: name, value, name, value ...; returning false ends the scan. */
  readonly open: (name: string, attributes: readonly string[], selfClosing: boolean, at: number) => boolean;
  readonly close: (name: string, at: number) => void;
  readonly text: (text: string, at: number) => void;
  /** Text without references: a CDATA section. */
  readonly cdata: (text: string, at: number) => void;
  /** A `<` that starts no markup; it is part of the text around it. */
  readonly bareLessThan: (at: number) => void;
  /** A comment or CDATA section that never ends; its contents follow as markup. */
  readonly unclosed: (what: string, at: number) => void;
}

/** Ends that were searched for in vain: they are in the rest of the text no more, and not searched for again and again. */
interface Missing {
  cdata: boolean;
  comment: boolean;
}

const noAttributes: readonly string[] = [];
const bareTag = /<([^\s/<>"'=]+)(\/?)>/y;
const endTag = /<\/([^\s/<>]+)>/y;
const slash = 0x2f;

/** Whether a character may begin a name. Generous beyond ASCII, as the tokenizer is. */
function beginsName(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x3a || code >= 0x80
  );
}

/** Scans a text from its first character to its last, in linear time and constant depth. */
export function scanXml(text: string, events: MarkupEvents): void {
  const readTag = createTagReader(text);
  const missing: Missing = { cdata: false, comment: false };
  let at = 0;
  /** Where the text that was not reported yet begins: a `<` that starts no markup does not part it. */
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf('<', at);
    if (start === -1) {
      events.text(text.slice(from), from);
      return;
    }
    const next = text.charCodeAt(start + 1);
    if (!beginsMarkup(next)) {
      events.bareLessThan(start);
      at = start + 1;
      continue;
    }
    if (start > from) events.text(text.slice(from, start), from);
    if (beginsName(next)) {
      bareTag.lastIndex = start;
      const bare = bareTag.exec(text);
      const tag = bare === null ? readTag(start) : undefined;
      // A tag that the end of the document cuts off is dropped.
      if (bare === null && tag === undefined) return;
      const goOn =
        tag === undefined
          ? events.open(bare?.[1] ?? '', noAttributes, bare?.[2] === '/', start)
          : events.open(tag.name, tag.attributes, tag.selfClosing, start);
      if (!goOn) return;
      at = tag?.end ?? bareTag.lastIndex;
    } else if (next === slash) at = closeTag(text, start, events);
    else if (next === 0x21) at = declaration(text, start, missing, events);
    else at = after(text, '?>', start);
    from = at;
  }
}

function beginsMarkup(code: number): boolean {
  return code === slash || code === 0x21 || code === 0x3f || beginsName(code);
}

function after(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at === -1 ? text.length : at + what.length;
}

function closeTag(text: string, start: number, events: MarkupEvents): number {
  endTag.lastIndex = start;
  const plain = endTag.exec(text)?.[1];
  if (plain !== undefined) {
    events.close(plain, start);
    return endTag.lastIndex;
  }
  let end = start + 2;
  while (end < text.length && text.charCodeAt(end) !== 0x3e && text.charCodeAt(end) !== 0x3c) end += 1;
  const name =
    text
      .slice(start + 2, end)
      .trim()
      .split(/[\s/]/, 1)[0] ?? '';
  if (name !== '') events.close(name, start);
  return text.charCodeAt(end) === 0x3e ? end + 1 : end;
}

function declaration(text: string, start: number, missing: Missing, events: MarkupEvents): number {
  if (text.startsWith('<![CDATA[', start)) {
    const end = missing.cdata ? -1 : text.indexOf(']]>', start + 9);
    missing.cdata = end === -1;
    if (end === -1) return unclosed(text, start, 9, events);
    events.cdata(text.slice(start + 9, end), start + 9);
    return end + 3;
  }
  if (!text.startsWith('<!--', start)) return after(text, '>', start);
  const end = missing.comment ? -1 : text.indexOf('-->', start + 4);
  missing.comment = end === -1;
  return end === -1 ? unclosed(text, start, 4, events) : end + 3;
}

/** A section without an end hides nothing: the text after its start is read as if it had not begun. */
function unclosed(text: string, start: number, length: number, events: MarkupEvents): number {
  events.unclosed(text.slice(start, start + length), start);
  return start + length;
}
