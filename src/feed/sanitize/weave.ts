/**
 * Joins the sanitizer's output with the markup that it did not need to see: the last step.
 *
 * Every start tag gets its end tag. Elements that the policy removed lose their tags, players without a file are removed
 * and their fallback stays, links get their `rel`.
 */

import type { Places } from './attributes.ts';
import { closing, literalLessThan, opening } from './marks.ts';
import { decodeSafeText } from './plain-text.ts';
import {
  allowedElements,
  droppedElement,
  fragmentMark,
  frameText,
  idPrefix,
  linkRelation,
  unwrappedElement,
  voidElements,
} from './policy.ts';

/** An audio or video: what to remove when it has no file. */
interface Player {
  readonly start: number;
  hasSource: boolean;
  readonly tracks: number[];
}

interface Open {
  /** The end tag, empty when the start tag was left out. */
  readonly end: string;
  readonly player: Player | undefined;
}

const unwrapped: Open = { end: '', player: undefined };

/** An element as the sanitizer writes it: `<name attributes />`, no `>` in its attributes. */
const judgedElement = /<([a-z][a-z0-9-]*)([^>]*) \/>/y;

const [lessThanUnit, openingUnit, tagUnit] = [literalLessThan, opening, '<'].map((mark) => mark.charCodeAt(0));

/** Puts the sanitizer's output and the marks in it together. One pass, by hand: a hundred thousand marks are no rarity. */
export function weave(sanitized: string, places: Places): string {
  const out: string[] = [];
  const open: Open[] = [];
  /** End tags by name, so that each is made once. */
  const endTags = new Map<string, string>();

  const start = (name: string, attributes: string) => {
    const isPlayer = name === 'audio' || name === 'video';
    const player = isPlayer ? { start: out.length, hasSource: attributes.includes(' src="'), tracks: [] } : undefined;
    let end = endTags.get(name);
    if (end === undefined) {
      end = `</${name}>`;
      endTags.set(name, end);
    }
    open.push({ end, player });
    out.push(attributes === '' ? `<${name}>` : `<${name}${attributes}>`);
  };

  const end = () => {
    const element = open.pop();
    if (element === undefined) return;
    if (element.player === undefined || element.player.hasSource) return void out.push(element.end);
    for (const index of [element.player.start, ...element.player.tracks]) out[index] = '';
  };

  const judged = (name: string, given: string) => {
    const attributes = settlePlace(given);
    // An anchor that no link leads to is removed; its words stay.
    if (name === 'span' && attributes === '' && given !== '') return void open.push(unwrapped);
    if (name === droppedElement) return;
    if (name === unwrappedElement) return void open.push(unwrapped);
    if (name === 'a') return startLink(attributes);
    if (!voidElements.has(name)) return start(name, attributes);
    const player = open.at(-1)?.player;
    if (player !== undefined && name === 'source') player.hasSource = true;
    if (player !== undefined && name === 'track') player.tracks.push(out.length);
    out.push(`<${name}${attributes} />`);
  };

  /** An id stays where a link leads to it. */
  const settlePlace = (attributes: string): string =>
    attributes.includes(` id="${idPrefix}`)
      ? attributes.replace(/ id="user-content-([^"]*)"/, (kept, place: string) =>
          places.wanted.has(decodeSafeText(place)) ? kept : '',
        )
      : attributes;

  /** A link to an anchor in the same text leads there if the anchor exists, else to the page. */
  const settleLink = (attributes: string): string => {
    const mark = new RegExp(` ${fragmentMark}="([^"]*)"`).exec(attributes);
    if (mark === null) return attributes;
    const [whole, place = ''] = mark;
    const rest = attributes.replace(whole, '');
    return places.ids.has(decodeSafeText(place))
      ? rest.replace(/ href="[^"]*"/, () => ` href="#${idPrefix}${place}"`)
      : rest;
  };

  const startLink = (given: string) => {
    const attributes = given.includes(fragmentMark) ? settleLink(given) : given;
    const text = attributes.indexOf(` ${frameText}="`);
    start('a', `${text === -1 ? attributes : attributes.slice(0, text)} rel="${linkRelation}"`);
    // Quotation marks are escaped in attributes only.
    if (text !== -1) out.push(attributes.slice(text + frameText.length + 3, -1).replaceAll('&quot;', '"'));
  };

  /** False when the text between is no mark of ours. */
  const marked = (mark: string): boolean => {
    const isEnd = mark.startsWith('/');
    const name = isEnd ? mark.slice(1) : mark;
    if (!allowedElements.has(name)) return false;
    if (isEnd) end();
    else if (voidElements.has(name)) out.push(`<${name} />`);
    else start(name, '');
    return true;
  };

  /** Reads the mark or element at `at`; where it ends, or -1 when it is neither. */
  const read = (at: number, unit: number): number => {
    if (unit === lessThanUnit) {
      let end = at + 1;
      while (sanitized.charCodeAt(end) === lessThanUnit) end += 1;
      out.push(end === at + 1 ? '&lt;' : '&lt;'.repeat(end - at));
      return end;
    }
    if (unit === openingUnit) {
      const close = sanitized.indexOf(closing, at);
      return close !== -1 && marked(sanitized.slice(at + 1, close)) ? close + 1 : -1;
    }
    judgedElement.lastIndex = at;
    const [, name, attributes = ''] = judgedElement.exec(sanitized) ?? [];
    if (name === undefined) return -1;
    const next = judgedElement.lastIndex;
    judged(name, attributes);
    return next;
  };

  let from = 0;
  for (let at = 0; at < sanitized.length; ) {
    const unit = sanitized.charCodeAt(at);
    if (unit !== tagUnit && unit !== openingUnit && unit !== lessThanUnit) {
      at += 1;
      continue;
    }
    if (at > from) out.push(sanitized.slice(from, at));
    from = at;
    const next = read(at, unit);
    if (next === -1) at += 1;
    else {
      from = next;
      at = next;
    }
  }
  out.push(sanitized.slice(from));
  while (open.length > 0) end();
  return out.join('');
}
