/**
 * Describes a rule in words.
 */

import { toTag } from '../../../feed/tag/tag-entry.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { actionOf, type Rule } from '../../../rules/rule.ts';
import { Badge } from '../frame/desk-parts.tsx';

const places = { both: 'title or text', title: 'title', text: 'text' } as const;

/** Says what a rule does, and to which entries. */
export function RuleWords({
  rule,
  titleOf,
}: {
  readonly rule: Rule;
  readonly titleOf: (source: string) => string | undefined;
}): Markup {
  return (
    <p class="rule">
      <strong>{does(rule)}</strong> <EntriesOf rule={rule} />
      {rule.source !== undefined && (
        <>
          {' '}
          of{' '}
          <a href={`/admin/sources/${encodeURIComponent(rule.source)}`}>
            <bdi>{titleOf(rule.source) ?? rule.source}</bdi>
          </a>
        </>
      )}
    </p>
  );
}

/** A short name of a rule, for the labels of its buttons. */
export function ruleName(rule: Rule): string {
  const what = 'query' in rule ? rule.query : rule.any.join(', ');
  return `${actionOf(rule)} ${rule.tag ?? ''} ${what}`.replaceAll(/ +/g, ' ');
}

function does(rule: Rule): Child {
  const action = actionOf(rule);
  if (action !== 'tag') return action === 'hide' ? 'Hide' : 'Show only';
  const label = rule.tag ?? '';
  const slug = toTag(label)?.slug;
  if (slug === undefined) {
    return (
      <>
        <bdi>{label}</bdi> <Badge tone="bad">no tag</Badge>
      </>
    );
  }
  return (
    <>
      Tag{' '}
      <a href={`/tags/${encodeURIComponent(slug)}`}>
        <bdi>{label}</bdi>
      </a>
      :
    </>
  );
}

function EntriesOf({ rule }: { readonly rule: Rule }): Markup {
  if ('query' in rule) {
    return (
      <>
        entries with{' '}
        <a href={`/search?q=${encodeURIComponent(rule.query)}`}>
          <code>
            <bdi>{rule.query}</bdi>
          </code>
        </a>
      </>
    );
  }
  return (
    <>
      entries with{' '}
      {rule.any.map((word, at) => (
        <>
          {at > 0 && ', '}
          <a href={`/search?q=${encodeURIComponent(`"${word}"`)}`}>
            <bdi>{word}</bdi>
          </a>
        </>
      ))}{' '}
      in the {places[rule.in ?? 'both']}
    </>
  );
}
