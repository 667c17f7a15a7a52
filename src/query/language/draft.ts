/**
 * Collects a query while its parameters are read, then checks sizes and conflicts, which need all parameters.
 */
import type { PeriodKind } from '../../domain/period.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ContentMode, TitleMode } from '../../domain/view.ts';
import { type ByFacet, byFacet, facetNames, facets } from './facets.ts';
import { membersOf, normalGroups } from './groups.ts';
import {
  type Cursor,
  type Group,
  groupsOf,
  type Query,
  type QueryProblem,
  type TextTerm,
  type TimeBound,
} from './query.ts';
import { defaultLimit, maxGroups, maxMembers, maxTextLength, maxTextTerms } from './query-limits.ts';
import { termKey } from './text-query.ts';

/** Single values, absent until given. */
interface Singles {
  since?: TimeBound;
  until?: TimeBound;
  limit?: number;
  content?: ContentMode;
  titles?: TitleMode;
  digest?: PeriodKind;
  zone?: string;
  before?: Cursor;
}

/** What was read so far. */
export interface Draft extends Singles, ByFacet<Group[]> {
  readonly text: Group<TextTerm>[];
}

/** Takes one value (NFKC, trimmed, not blank) of one parameter into the draft, or says what is wrong with it. */
export type ParameterReader = (draft: Draft, value: string) => string | Omit<QueryProblem, 'parameter'> | undefined;

/** An empty draft. */
export function newDraft(): Draft {
  return { ...byFacet(() => []), text: [] };
}

/** Sets a value that may be given once. Giving the same value again is fine; another value is a problem. */
export function setOnce<K extends keyof Singles>(
  draft: Singles,
  key: K,
  value: Required<Singles>[K],
): string | undefined {
  if (draft[key] !== undefined && JSON.stringify(draft[key]) !== JSON.stringify(value)) {
    return 'Given more than once, with different values: give it once.';
  }
  draft[key] = value;
  return undefined;
}

/** The query in its normal form, or all problems of the whole query. */
export function finishDraft(draft: Draft): Result<Query, readonly QueryProblem[]> {
  const { since, until, digest, zone, before } = draft;
  const text = normalGroups(draft.text, termKey);
  const query: Query = {
    ...byFacet((facet) => normalGroups(draft[facet], (member) => member)),
    ...(text.length > 0 && { text }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    limit: draft.limit ?? defaultLimit,
    content: draft.content ?? 'full',
    titles: draft.titles ?? 'plain',
    ...(digest !== undefined && { digest }),
    ...(zone !== undefined && { zone }),
    ...(before !== undefined && { before }),
  };
  const problems = [...sizeProblems(query), ...orderProblems(query)];
  return problems.length > 0 ? fail(problems) : ok(query);
}

function sizeProblems(query: Query): QueryProblem[] {
  const problems: QueryProblem[] = [];
  const asked = facetNames.filter((facet) => query[facet].length > 0);
  for (const facet of asked) {
    if (query[facet].length <= maxGroups) continue;
    problems.push({ parameter: facets[facet].parameter, detail: `Repeat it at most ${maxGroups} times.` });
  }
  const [first] = asked;
  if (first !== undefined && groupsOf(query).flatMap(membersOf<string>).length > maxMembers) {
    const detail = `Name at most ${maxMembers} ${facetNames.slice(0, -1).join(', ')} and ${facetNames.at(-1)} together.`;
    problems.push({ parameter: facets[first].parameter, detail });
  }
  if (query.text === undefined) return problems;
  const terms = query.text.flatMap(membersOf<TextTerm>);
  if (terms.length > maxTextTerms) {
    problems.push({ parameter: 'q', detail: `Search for at most ${maxTextTerms} words and phrases.` });
  }
  if (terms.reduce((length, term) => length + term.text.length, 0) > maxTextLength) {
    problems.push({ parameter: 'q', detail: `Search for at most ${maxTextLength} characters.` });
  }
  return problems;
}

/** Reports bounds that can never overlap. An age and an instant may overlap later, so they are no problem. */
function orderProblems({ since, until }: Query): QueryProblem[] {
  const isCrossed =
    (since?.kind === 'instant' && until?.kind === 'instant' && since.at > until.at) ||
    (since?.kind === 'age' && until?.kind === 'age' && since.ms < until.ms);
  return isCrossed
    ? [{ parameter: 'since', detail: 'It is later than until, so nothing can match: exchange the two.' }]
    : [];
}
