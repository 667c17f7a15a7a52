/**
 * Defines a rule as its owner writes it, and says what is wrong with one.
 *
 * A rule names entries and what becomes of them: `tag` gives them a tag, `hide` hides them, `keep` hides the others.
 */
import type { SourceId } from '../domain/source.ts';
import { toTag } from '../feed/tag/tag-entry.ts';
import { parseQuery } from '../query/language/parse-query.ts';

/** What a rule does. */
export type RuleAction = 'tag' | 'hide' | 'keep';

/** A rule by a query in the language of `q`. */
export interface QueryRule {
  readonly action: RuleAction;
  /** Words and prefixes as in `q`. */
  readonly query: string;
  /** Only entries of this source. */
  readonly source?: SourceId;
  /** The tag's label; needed by `tag`, and by no other. */
  readonly tag?: string;
}

/** A rule by keywords: an entry that holds one of them gets the tag. */
export interface KeywordRule {
  readonly action?: 'tag';
  /** The tag's label; its slug is made from it. */
  readonly tag: string;
  /** Keywords or phrases, any script; one is enough. */
  readonly any: readonly string[];
  /** Where to look; `both` when absent. */
  readonly in?: 'title' | 'text' | 'both';
  /** Only entries of this source. */
  readonly source?: SourceId;
}

/** A rule of either form. */
export type Rule = QueryRule | KeywordRule;

/** Members of a rule; others are mistakes. */
export const ruleMembers = ['action', 'query', 'source', 'tag', 'any', 'in'] as const;

/** What a rule does. */
export function actionOf(rule: Rule): RuleAction {
  return rule.action ?? 'tag';
}

/** Something wrong with a rule: the member, and what would be right. */
export interface RuleProblem {
  readonly field: (typeof ruleMembers)[number];
  readonly detail: string;
}

/** A rule whose members have the right types; which of them are there is not checked yet. */
export interface DraftedRule {
  readonly action?: RuleAction | undefined;
  readonly query?: string | undefined;
  readonly source?: SourceId | undefined;
  readonly tag?: string | undefined;
  readonly any?: readonly string[] | undefined;
  readonly in?: 'title' | 'text' | 'both' | undefined;
}

/** What is wrong with a rule; empty when it can be used. */
export function ruleProblems({ action = 'tag', query, tag, any, in: where }: DraftedRule): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const say = (field: RuleProblem['field'], detail: string): void => void problems.push({ field, detail });
  if (action === 'tag') {
    if (tag === undefined) say('tag', 'must name the tag that the rule gives');
    else if (toTag(tag) === undefined) say('tag', 'must hold at least one letter or number');
  } else if (tag !== undefined) {
    say('tag', `is only for rules that tag: leave it out of a rule that says ${action}`);
  }
  if (query !== undefined && any !== undefined) say('any', 'cannot stand beside "query": give one of the two');
  if (query === undefined && any === undefined)
    say('query', 'must say which entries are meant, for example title:word');
  if (query !== undefined) for (const detail of queryProblems(query)) say('query', detail);
  if (any !== undefined && action !== 'tag')
    say('any', `is only for rules that tag: a rule that says ${action} has a "query"`);
  if (any !== undefined && (any.length === 0 || any.some((keyword) => keyword.trim() === ''))) {
    say('any', 'must be a list of keywords, none of them blank');
  }
  if (where !== undefined && any === undefined) say('in', 'is only for keywords: write title: or text: in the query');
  return problems;
}

function queryProblems(query: string): readonly string[] {
  if (query.trim() === '') return ['must say which entries are meant, for example title:word'];
  const parsed = parseQuery([['q', query]]);
  return parsed.ok ? [] : parsed.failure.map(({ detail }) => `cannot be understood: ${detail}`);
}

/** The rule without members that say nothing. Its problems are none. */
export function toRule({ action, query, source, tag, any, in: where }: DraftedRule): Rule {
  const scope = source === undefined ? {} : { source };
  if (query !== undefined) {
    return { action: action ?? 'tag', query, ...(tag === undefined ? {} : { tag }), ...scope };
  }
  return { tag: tag ?? '', any: any ?? [], ...(where === undefined ? {} : { in: where }), ...scope };
}
