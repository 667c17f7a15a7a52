/**
 * The grammar of `q`: words = and; `"a phrase"`; `-word` = not; `a|b` = or; `title:word` and `text:word` look in one place.
 *
 * Forgiving, because people type it: an unclosed quote ends with the text, and words that are punctuation only are
 * passed over. No operator of the index is reachable from here: every term is a literal.
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import { foldText } from './fold.ts';
import { isSearchable } from './grams.ts';
import { normalGroups } from './groups.ts';
import type { Group, TextQuery, TextTerm } from './query.ts';

const scopes = [
  ['title:', 'title'],
  ['text:', 'text'],
] as const;

/** What ends a word. */
const wordEnd = /[ "|]/g;

/** Reads one value of `q`. Blank text has no groups; text with nothing that can be searched for is a failure. */
export function parseTextQuery(value: string): Result<TextQuery, string> {
  const text = foldText(value);
  const groups: Group<TextTerm>[] = [];
  let at = 0;
  while (at < text.length) {
    const excluded = text[at] === '-' && at + 1 < text.length && text[at + 1] !== ' ';
    const { terms, end } = readAlternatives(text, excluded ? at + 1 : at);
    if (terms.length > 0) groups.push(excluded ? { noneOf: terms } : { anyOf: terms });
    at = end;
  }
  if (groups.length === 0 && text !== '') {
    return fail('Nothing here can be searched for: give at least one letter, number or symbol.');
  }
  return ok(normalGroups(groups, termKey));
}

function readAlternatives(text: string, from: number): { readonly terms: readonly TextTerm[]; readonly end: number } {
  const terms: TextTerm[] = [];
  let at = from;
  do {
    at = skip(text, skip(text, at, '|'), ' ');
    const { term, end } = readTerm(text, at);
    if (isSearchable(term.text)) terms.push(term);
    at = skip(text, end, ' ');
  } while (text[at] === '|');
  return { terms, end: at };
}

function readTerm(text: string, from: number): { readonly term: TextTerm; readonly end: number } {
  const scope = scopes.find(
    ([prefix]) => text.startsWith(prefix, from) && !' |'.includes(text[from + prefix.length] ?? ' '),
  );
  const start = from + (scope?.[0].length ?? 0);
  const where = scope?.[1] ?? 'both';
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1);
    const end = close === -1 ? text.length : close;
    return { term: { text: text.slice(start + 1, end).trim(), in: where }, end: end + 1 };
  }
  wordEnd.lastIndex = start;
  const end = wordEnd.exec(text)?.index ?? text.length;
  return { term: { text: text.slice(start, end), in: where }, end };
}

function skip(text: string, from: number, character: string): number {
  let at = from;
  while (text[at] === character) at += 1;
  return at;
}

/** The key under which terms are sorted and told apart. */
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
  const isPlain = !/^-|^(?:title|text):|[ |]/.test(term.text);
  const text = isPlain ? term.text : `"${term.text}"`;
  return term.in === 'both' ? text : `${term.in}:${text}`;
}
