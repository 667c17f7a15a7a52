/**
 * Reads and writes `q`: words = and; `"a phrase"`; `-word` = not; `a|b` = or; `title:word` and the like look in one place.
 *
 * A prefix is one of six names and a colon, with the term directly after it. Any other colon is part of its word: `12:30`,
 * `https://example.org`, `c++:`. The parser is forgiving, because people type this: an unclosed quote ends with the text, and
 * words of punctuation only are skipped. No FTS5 operator can be reached: every term is a literal.
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import { foldText } from './fold.ts';
import { normalGroups } from './groups.ts';
import type { Group, TextPlace, TextQuery, TextTerm } from './query.ts';
import { hasPrefix, namedPlaces, toTextTerm } from './text-terms.ts';

/** What ends a word. */
const wordEnd = /[ "|]/g;

/** Reads one value of `q`. Blank text has no groups; text without anything searchable is a failure. */
export function parseTextQuery(value: string): Result<TextQuery, string> {
  const text = foldText(value);
  const groups: Group<TextTerm>[] = [];
  let at = 0;
  while (at < text.length) {
    const excluded = text[at] === '-' && at + 1 < text.length && text[at + 1] !== ' ';
    const read = readAlternatives(text, excluded ? at + 1 : at);
    if (!read.ok) return read;
    const { terms, end } = read.value;
    if (terms.length > 0) groups.push(excluded ? { noneOf: terms } : { anyOf: terms });
    at = end;
  }
  if (groups.length === 0 && text !== '') {
    return fail('Nothing here can be searched for: give at least one letter, number or symbol.');
  }
  return ok(normalGroups(groups, termKey));
}

function readAlternatives(
  text: string,
  from: number,
): Result<{ readonly terms: readonly TextTerm[]; readonly end: number }, string> {
  const terms: TextTerm[] = [];
  let at = from;
  do {
    at = skip(text, skip(text, at, '|'), ' ');
    const { place, words, end } = readWords(text, at);
    const term = toTextTerm(words, place);
    if (!term.ok) return term;
    if (term.value !== undefined) terms.push(term.value);
    at = skip(text, end, ' ');
  } while (text[at] === '|');
  return ok({ terms, end: at });
}

interface Words {
  readonly place: TextPlace;
  readonly words: string;
  readonly end: number;
}

/** Reads a word or a phrase with its prefix. A name and a colon with nothing after it are a word. */
function readWords(text: string, from: number): Words {
  const named = namedPlaces.find(
    (name) => text.startsWith(`${name}:`, from) && !' |'.includes(text[from + name.length + 1] ?? ' '),
  );
  const start = from + (named === undefined ? 0 : named.length + 1);
  const place = named ?? 'both';
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1);
    const end = close === -1 ? text.length : close;
    return { place, words: text.slice(start + 1, end).trim(), end: end + 1 };
  }
  wordEnd.lastIndex = start;
  const end = wordEnd.exec(text)?.index ?? text.length;
  return { place, words: text.slice(start, end), end };
}

function skip(text: string, from: number, character: string): number {
  let at = from;
  while (text[at] === character) at += 1;
  return at;
}

/** The key by which terms are sorted and compared. */
export function termKey(term: TextTerm): string {
  return `${term.text}\n${term.in}`;
}

/** Writes a text query so that `parseTextQuery` reads it back. */
export function renderTextQuery(query: TextQuery): string {
  return query
    .flatMap((group) =>
      'anyOf' in group ? [group.anyOf.map(renderTerm).join('|')] : group.noneOf.map((term) => `-${renderTerm(term)}`),
    )
    .join(' ');
}

function renderTerm(term: TextTerm): string {
  const isPlain = !/^-|[ |]/.test(term.text) && (term.in !== 'both' || !hasPrefix(term.text));
  const text = isPlain ? term.text : `"${term.text}"`;
  return term.in === 'both' ? text : `${term.in}:${text}`;
}
