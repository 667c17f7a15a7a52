/**
 * Writes a query in words: "tagged science or space, not sport, in Arabic, with "water", of the last 7 days".
 */

import { renderDay } from '../domain/instant.ts';
import { count } from '../page/plural.ts';
import { type ByFacet, facetNames, facets } from '../query/language/facets.ts';
import { membersOf } from '../query/language/groups.ts';
import type { Group, Query, TextPlace, TextTerm, TimeBound } from '../query/language/query.ts';
import { readableTerm } from '../query/language/text-terms.ts';
import type { ArchiveTotals } from '../window/window.ts';

/** The conditions of a query; empty when it selects everything. Limit and content are left out. */
export function describeQuery(query: Query, totals: Pick<ArchiveTotals, 'tags' | 'sources'>): string {
  const names: ByFacet<(member: string) => string> = {
    tags: (slug) => totals.tags.find((tag) => tag.slug === slug)?.label ?? slug,
    sources: (id) => totals.sources.find((source) => source.id === id)?.title ?? id,
    authors: (name) => name,
    languages: languageName,
  };
  return [
    ...facetNames.flatMap((facet) => describeGroups(facets[facet].verb, query[facet], names[facet])),
    ...describeText(query.text ?? []),
    ...(query.since === undefined ? [] : [describeBound(query.since, 'since')]),
    ...(query.until === undefined ? [] : [describeBound(query.until, 'until')]),
    ...describeDigest(query),
  ].join(', ');
}

function describeDigest({ digest, zone }: Query): string[] {
  if (digest === undefined) return zone === undefined ? [] : [`time zone ${zone}`];
  return [`one entry a ${digest}${zone === undefined ? '' : ` (${zone})`}`];
}

function describeGroups<T>(verb: string, groups: readonly Group<T>[], name: (member: T) => string): string[] {
  return groups.map((group) =>
    'anyOf' in group
      ? `${verb} ${group.anyOf.map(name).join(' or ')}`
      : `not ${verb} ${group.noneOf.map(name).join(' or ')}`,
  );
}

function describeText(groups: readonly Group<TextTerm>[]): string[] {
  return groups.map((group) => {
    const terms = membersOf<TextTerm>(group);
    const verbs = new Set(terms.map(({ in: place }) => verbOf[place]));
    const [verb] = verbs;
    const not = 'noneOf' in group ? 'not ' : '';
    // Terms that share a verb are joined: with “a” or “b” in the title, by “ada” or “eve”.
    if (verb !== undefined && verbs.size === 1) return `${not}${verb} ${terms.map(describeTerm).join(' or ')}`;
    return not + terms.map((term) => `${verbOf[term.in]} ${describeTerm(term)}`).join(' or ');
  });
}

const verbOf: Readonly<Record<TextPlace, string>> = {
  both: 'with',
  title: 'with',
  text: 'with',
  author: 'by',
  category: 'in a category like',
  lang: 'in',
  url: 'with',
};

function describeTerm(term: TextTerm): string {
  if (term.in === 'lang') return languageName(term.text);
  const text = `“${readableTerm(term)}”`;
  if (term.in === 'url') return `${text} in the address`;
  return term.in === 'title' || term.in === 'text' ? `${text} in the ${term.in}` : text;
}

function describeBound(bound: TimeBound, side: 'since' | 'until'): string {
  if (bound.kind === 'instant') return `${side} ${renderDay(bound.at)}`;
  const age = describeAge(bound.ms);
  return side === 'since' ? `of the last ${age}` : `older than ${age}`;
}

/** An age in the largest unit that divides it. */
export function describeAge(ms: number): string {
  const hours = ms / 3_600_000;
  if (hours >= 24 && hours % 24 === 0) return count(hours / 24, 'day');
  if (Number.isInteger(hours) && hours > 0) return count(hours, 'hour');
  return Number.isInteger(hours * 60) ? count(hours * 60, 'minute') : count(ms / 1000, 'second');
}

let names: Intl.DisplayNames | undefined;

/** The name of a BCP 47 tag or range; an unknown tag stays as it is. */
export function languageName(tag: string): string {
  if (tag === 'und') return 'an unknown language';
  // Made when first needed: most pages name no language, and start-up time counts.
  names ??= new Intl.DisplayNames(['en'], { type: 'language' });
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
