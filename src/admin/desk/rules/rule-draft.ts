/**
 * Turns a rule into the fields of a form, and back.
 */

import type { SourceId } from '../../../domain/source.ts';
import { actionOf, type DraftedRule, type Rule, type RuleAction } from '../../../rules/rule.ts';
import { splitTags } from '../frame/desk-parts.tsx';

/** Values of the fields, as people type them. */
export interface RuleDraft {
  readonly action: RuleAction;
  readonly query: string;
  readonly source: string;
  readonly tag: string;
  /** Keywords of a rule in the former form; empty for all others. */
  readonly words: string;
  readonly where: 'both' | 'title' | 'text';
}

/** Reads a draft from fields by name. */
export function readDraft(text: (name: string) => string): RuleDraft {
  const [action, where] = [text('action'), text('where')];
  return {
    action: action === 'hide' || action === 'keep' ? action : 'tag',
    query: text('query'),
    source: text('source'),
    tag: text('tag'),
    words: text('words'),
    where: where === 'title' || where === 'text' ? where : 'both',
  };
}

/** The draft as the API takes it. A rule that does not tag has no tag, whatever the field holds. */
export function toDraftedRule({ action, query, source, tag, words, where }: RuleDraft): DraftedRule {
  const scope = source === '' ? {} : { source: source as SourceId };
  if (words !== '' && query === '') return { tag, any: splitTags(words), in: where, ...scope };
  return { action, query, ...(action === 'tag' ? { tag } : {}), ...scope };
}

/** A rule as fields. */
export function toDraft(rule: Rule): RuleDraft {
  const isQuery = 'query' in rule;
  return {
    action: actionOf(rule),
    query: isQuery ? rule.query : '',
    source: rule.source ?? '',
    tag: rule.tag ?? '',
    words: isQuery ? '' : rule.any.join(', '),
    where: isQuery ? 'both' : (rule.in ?? 'both'),
  };
}
