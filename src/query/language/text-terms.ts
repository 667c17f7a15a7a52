/**
 * Makes the terms of `q`: lists the prefixes, and spells each term in the one way of its place.
 *
 * `author:` finds a part of a name, `category:` a part of a tag's slug, `lang:` a language range, `url:` a part of the
 * permalink. Publishers' categories become tags, so `category:` finds categories of publishers, tags of the owner, and tags
 * of rules.
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import { toSlug } from '../../domain/tag.ts';
import { isSearchable } from './grams.ts';
import { memberReaders } from './members.ts';
import type { TextPlace, TextTerm } from './query.ts';

/** The places that a prefix names; the prefix is the name and a colon. */
export const namedPlaces: readonly Exclude<TextPlace, 'both'>[] = [
  'title',
  'text',
  'author',
  'category',
  'lang',
  'url',
];

const prefix = new RegExp(`^(?:${namedPlaces.join('|')}):`);

/** Whether a text begins with a prefix. Such a word is written in quotes when the word itself is meant. */
export function hasPrefix(text: string): boolean {
  return prefix.test(text);
}

/** Makes a term of folded text; `undefined` when it has nothing searchable. */
export function toTextTerm(text: string, place: TextPlace): Result<TextTerm | undefined, string> {
  if (place === 'lang') {
    const range = memberReaders.languages(text);
    return range.ok
      ? ok({ text: range.value, in: place })
      : fail(`After lang: ${range.failure} To search for the words, put them in quotes: "lang:${text}".`);
  }
  const spelled = spell(text, place);
  const isUseful = place === 'url' ? spelled !== '' : isSearchable(spelled);
  return ok(isUseful ? { text: spelled, in: place } : undefined);
}

function spell(text: string, place: TextPlace): string {
  if (place === 'category') return toSlug(text);
  return place === 'url' ? toAddressPart(text) : text;
}

/** A part of an address in the spelling of stored addresses: ASCII, percent-encoded; http and https are one. */
function toAddressPart(text: string): string {
  return text
    .toWellFormed()
    .replace(/^https?:\/\//, '')
    .replaceAll(/[^!-~]+/g, encodeURIComponent)
    .toLowerCase();
}

/** The text of a term for people. */
export function readableTerm({ text, in: place }: TextTerm): string {
  if (place !== 'url') return text;
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
