/**
 * Turns a query into the fields of the search form, and keeps the rest of it that the form has no field for.
 */

import { canonicalQuery } from '../../../query/language/canonical.ts';
import { membersOf } from '../../../query/language/groups.ts';
import { everything, type Group, type Query } from '../../../query/language/query.ts';
import { renderTextQuery } from '../../../query/language/text-query.ts';
import { renderTimeBound } from '../../../query/language/time-bound.ts';

/** Values of the fields; lists are as people type them. */
export interface SearchFields {
  readonly words: string;
  readonly all: string;
  readonly any: string;
  readonly none: string;
  readonly source: string;
  readonly author: string;
  readonly language: string;
  /** An age, or a moment that is not a whole day. */
  readonly since: string;
  /** A whole day to start with, as date pickers want it. */
  readonly start: string;
  readonly until: string;
  /** The rest of the query, without a field. */
  readonly rest: Query;
}

/** Divides a query; `words` is the search text as it was typed, which people recognise better than its normal form. */
export function toSearchFields(query: Query, words?: string): SearchFields {
  const singles = query.tags.filter((group) => 'anyOf' in group && group.anyOf.length === 1);
  const choices = query.tags.filter((group) => 'anyOf' in group && group.anyOf.length > 1);
  const source = onlyMember(query.sources);
  const author = onlyMember(query.authors);
  const language = onlyMember(query.languages);
  const since = query.since === undefined ? '' : renderTimeBound(query.since, 'since');
  return {
    words: words ?? (query.text === undefined ? '' : renderTextQuery(query.text)),
    all: singles.map(renderMembers).join(', '),
    any: choices.slice(0, 1).map(renderMembers).join(),
    none: query.tags
      .filter((group) => 'noneOf' in group)
      .map(renderMembers)
      .join(', '),
    source: source ?? '',
    author: author ?? '',
    language: language ?? '',
    since: isDay(since) ? '' : since,
    start: isDay(since) ? since : '',
    until: query.until === undefined ? '' : renderTimeBound(query.until, 'until'),
    rest: {
      ...everything,
      tags: choices.slice(1),
      sources: source === undefined ? query.sources : [],
      authors: author === undefined ? query.authors : [],
      languages: language === undefined ? query.languages : [],
      ...(query.zone === undefined ? {} : { zone: query.zone }),
    },
  };
}

/** Whether a bound of time is a whole day, which a date picker can show. */
export function isDay(bound: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(bound);
}

/** Names and values of hidden fields, for the rest of the query. */
export function hiddenFields(rest: Query): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(canonicalQuery(rest))];
}

function onlyMember(groups: readonly Group[]): string | undefined {
  const [group] = groups;
  return groups.length === 1 && group !== undefined && 'anyOf' in group && group.anyOf.length === 1
    ? group.anyOf[0]
    : undefined;
}

function renderMembers(group: Group): string {
  return membersOf(group).join(', ');
}

/** The labels of the fields by the parameter they send; other parameters have no field. */
export const fieldLabels: Readonly<Record<string, string>> = {
  q: 'Words',
  tag: 'All of these tags',
  source: 'Source',
  author: 'Author',
  lang: 'Language',
  since: 'Published',
  until: 'Not after',
  content: 'The feed carries',
  titles: 'Titles',
  digest: 'The feed has',
  zone: 'Time zone',
  limit: 'At most',
};

/** The fields as they were given, when their query cannot be understood: the form must keep what was typed. */
export function toGivenFields(params: URLSearchParams): SearchFields {
  const given = (name: string): string => params.getAll(name).join(', ').toWellFormed();
  return {
    words: params.getAll('q').join(' ').toWellFormed(),
    all: given('tag'),
    any: '',
    none: '',
    source: given('source'),
    author: given('author'),
    language: given('lang'),
    since: given('since'),
    start: '',
    until: given('until'),
    rest: everything,
  };
}
