/**
 * Reads the name and the attributes of a start tag, as browsers do, and keeps only attributes that the policy reads.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state
 */
import { maxAttributeLength, placeNames, readAttributes } from './policy.ts';

/** A start tag. `attributes` are `name="value"` pairs, references not decoded. */
export interface StartTag {
  readonly start: number;
  readonly attributes: string;
  readonly isSelfClosing: boolean;
  readonly end: number;
}

/** A tag's name runs to white space, `/` or `>`. By hand: this is the innermost loop. */
export function readName(markup: string, at: number): string {
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
export function readTagAttributes(
  markup: string,
  start: number,
  from: number,
  hasPlaces: boolean,
): StartTag | undefined {
  if (markup.charCodeAt(from) === 0x3e) return { start, attributes: '', isSelfClosing: false, end: from + 1 };
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
      return { start, attributes, isSelfClosing: markup.charAt(end - 1) === '/', end: end + 1 };
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
    if (!readAttributes.has(name) && !(hasPlaces && placeNames.has(name))) continue;
    if (value.length > maxAttributeLength) continue;
    attributes += ` ${name}="${value.replaceAll('"', '&quot;')}"`;
  }
}
