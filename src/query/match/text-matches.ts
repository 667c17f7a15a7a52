/**
 * What a text query means, said plainly: the truth that the Archive's indexes are tested against.
 *
 * A term of three characters or more is found anywhere in the title or the text; a shorter one by its grams.
 */
import { isShort, termGrams, textGrams } from '../language/grams.ts';
import type { TextQuery, TextTerm } from '../language/query.ts';
import { holds } from './matches.ts';

/** Whether a text, made of `foldText(title) + '\n' + foldText(text)`, answers the query. */
export function matchesText(query: TextQuery, foldedText: string): boolean {
  const lineEnd = foldedText.indexOf('\n');
  const title = lineEnd === -1 ? foldedText : foldedText.slice(0, lineEnd);
  const places = { title, text: foldedText.slice(title.length + 1), both: foldedText };
  return holds(query, (term) => isFound(term, places[term.in]));
}

function isFound(term: TextTerm, text: string): boolean {
  if (!isShort(term.text)) return text.includes(term.text);
  const grams = textGrams(text);
  return termGrams(term.text).every((gram) => grams.has(gram));
}
