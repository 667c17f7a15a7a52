/**
 * Divides a text query into parts by where they are answered: in a full-text index, in the index of a facet, or entry by
 * entry.
 *
 * `author:`, `category:` and `lang:` become groups of the facet whose members contain the term, so they are planned like the
 * parameters `author`, `tag` and `lang`. Alternatives of different places, and parts of addresses, have no index: they are
 * tested on each entry of the walk, which the horizon bounds (`sql-horizon.ts`).
 */
import type { Facet } from '../language/facets.ts';
import type { Group, TextPlace, TextQuery, TextTerm } from '../language/query.ts';
import type { Binder } from './sql-binder.ts';
import { facetRowidsSql } from './sql-conditions.ts';
import type { FindMembers } from './sql-plan.ts';
import { type TextMatch, toTextMatches, withStops } from './text-match.ts';

/** A group of a facet: the members that contain a term. */
export interface PlacedGroup {
  readonly facet: Facet;
  readonly group: Group;
}

/** A text query in parts, joined by *and*. */
export interface DividedText {
  /** Answered by the full-text indexes; absent when there is nothing for them. */
  readonly words?: TextQuery;
  readonly facets: readonly PlacedGroup[];
  /** Tested on each entry. */
  readonly looked: readonly Group<TextTerm>[];
}

const facetOf: Readonly<Partial<Record<TextPlace, Facet>>> = { author: 'authors', category: 'tags', lang: 'languages' };

/** Divides a text query. @param findMembers the members of a facet that hold a term */
export function divideText(query: TextQuery = [], findMembers: FindMembers = () => []): DividedText {
  const words: Group<TextTerm>[] = [];
  const facets: PlacedGroup[] = [];
  const looked: Group<TextTerm>[] = [];
  for (const group of query.flatMap(byAnswerer)) {
    const terms = 'anyOf' in group ? group.anyOf : group.noneOf;
    const answerers = new Set(terms.map(answererOf));
    const [only] = answerers;
    if (only === undefined || only === 'url' || answerers.size > 1) {
      looked.push(group);
    } else if (only === 'words') {
      words.push(group);
    } else {
      const members = terms.flatMap((term) => membersWith(only, term, findMembers));
      facets.push({ facet: only, group: 'anyOf' in group ? { anyOf: members } : { noneOf: members } });
    }
  }
  return { ...(words.length > 0 && { words }), facets, looked };
}

/** Splits unwanted terms into single groups; alternatives stay together. */
function byAnswerer(group: Group<TextTerm>): readonly Group<TextTerm>[] {
  if ('anyOf' in group) return [group];
  const parts = Map.groupBy(group.noneOf, answererOf);
  return [...parts.values()].map((noneOf) => ({ noneOf }));
}

function answererOf({ in: place }: TextTerm): 'words' | 'url' | Facet {
  return place === 'url' ? 'url' : (facetOf[place] ?? 'words');
}

function membersWith(facet: Facet, { text }: TextTerm, findMembers: FindMembers): readonly string[] {
  return facet === 'authors' || facet === 'tags' ? findMembers(facet, text) : [text];
}

/**
 * Whether `e` matches a group that is tested on each entry. Parts that an index can answer are read once for the whole walk:
 * `+` keeps SQLite from walking that index instead.
 * @param range SQL for the lowest and the highest row id that can hold an answer
 */
export function lookedSql(
  group: Group<TextTerm>,
  range: readonly [string, string],
  findMembers: FindMembers | undefined,
  binder: Binder,
): string {
  const parts = Map.groupBy('anyOf' in group ? group.anyOf : group.noneOf, answererOf);
  const found = [...parts].flatMap(([answerer, terms]) => {
    if (answerer === 'url') {
      return terms.map(({ text }) => `COALESCE(instr(lower(e.url), ${binder.bind(text)}), 0) > 0`);
    }
    const { words = [], facets } = divideText([{ anyOf: terms }], findMembers);
    const matches = toTextMatches(words).some.flat();
    return [
      ...facets.map((placed) => facetRowidsSql({ ...placed, count: Number.POSITIVE_INFINITY }, binder)),
      ...matches.map((match) => textRowidsSql(match, range, binder)),
    ].map((rowids) => `+e.rowid IN ${rowids}`);
  });
  return `${'anyOf' in group ? '' : 'NOT '}(${found.join(' OR ')})`;
}

function textRowidsSql(match: TextMatch, [low, high]: readonly [string, string], binder: Binder): string {
  return `(SELECT rowid FROM ${match.table} WHERE ${match.table} MATCH ${binder.bind(withStops(match))}
    AND rowid >= ${low} AND rowid <= ${high})`;
}
