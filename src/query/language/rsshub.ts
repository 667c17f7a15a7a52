/**
 * Reads RSSHub's common parameters as ours, so that existing RSSHub addresses keep working.
 *
 * RSSHub's filters are regular expressions. Here they are words and phrases (`word-pattern.ts`): case is ignored, and the
 * names of authors and categories must match whole.
 *
 * @see https://docs.rsshub.app/guide/parameters
 */
import { type Draft, type ParameterReader, setOnce } from './draft.ts';
import type { Facet } from './facets.ts';
import { foldText } from './fold.ts';
import { isSearchable } from './grams.ts';
import { memberReaders } from './members.ts';
import type { Group, TextTerm } from './query.ts';
import { toAge } from './time-bound.ts';
import { parseWordPattern } from './word-pattern.ts';

/** By name. `limit` is ours already. */
export const rsshubParameters: ReadonlyMap<string, ParameterReader> = new Map([
  ...both('', (draft, value, group) => addText(draft, value, 'both', group)),
  ...both('_title', (draft, value, group) => addText(draft, value, 'title', group)),
  ...both('_description', (draft, value, group) => addText(draft, value, 'text', group)),
  ...both('_author', (draft, value, group) => addNames(draft, 'authors', value, group)),
  ...both('_category', (draft, value, group) => addNames(draft, 'tags', value, group)),
  ['filter_time', readSeconds],
  ['filter_case_sensitive', readCaseSensitive],
  ['brief', readBrief],
] satisfies [string, ParameterReader][]);

type ToGroup = <T>(members: readonly T[]) => Group<T>;

function both(
  suffix: string,
  read: (draft: Draft, value: string, toGroup: ToGroup) => string | undefined,
): [string, ParameterReader][] {
  return [
    [`filter${suffix}`, (draft, value) => read(draft, value, (anyOf) => ({ anyOf }))],
    [`filterout${suffix}`, (draft, value) => read(draft, value, (noneOf) => ({ noneOf }))],
  ];
}

function addText(draft: Draft, value: string, place: TextTerm['in'], toGroup: ToGroup): string | undefined {
  const pattern = parseWordPattern(value);
  if (!pattern.ok) return pattern.failure;
  const terms = pattern.value.map((text): TextTerm => ({ text: foldText(text), in: place }));
  if (terms.length === 0 || !terms.every((term) => isSearchable(term.text))) {
    return 'Give letters, numbers or symbols to look for on each side of |.';
  }
  if (terms.some((term) => term.text.includes('"'))) return 'Quotation marks cannot be searched for: take them out.';
  draft.text.push(toGroup(terms));
  return undefined;
}

function addNames(draft: Draft, facet: Facet, value: string, toGroup: ToGroup): string | undefined {
  const pattern = parseWordPattern(value);
  if (!pattern.ok) return pattern.failure;
  const members: string[] = [];
  for (const text of pattern.value) {
    const member = memberReaders[facet](text);
    if (!member.ok) return member.failure;
    members.push(member.value);
  }
  if (members.length === 0) return 'Give a name.';
  draft[facet].push(toGroup(members));
  return undefined;
}

function readSeconds(draft: Draft, value: string): string | undefined {
  const seconds = /^(\d{1,12})$/.exec(value)?.[1];
  const age = seconds === undefined ? undefined : toAge(Number(seconds) * 1000);
  if (age === undefined) return 'Give a whole number of seconds, at most a hundred years of them.';
  return setOnce(draft, 'since', age);
}

function readCaseSensitive(_draft: Draft, value: string): string | undefined {
  return /^(?:false|0)$/i.test(value)
    ? undefined
    : 'Case is always ignored here: leave this parameter out, or give false.';
}

function readBrief(draft: Draft, value: string): string | undefined {
  if (!/^\d{1,9}$/.test(value)) return 'Give a number; whatever it is, summaries are sent instead of full content.';
  return setOnce(draft, 'content', 'summary');
}
