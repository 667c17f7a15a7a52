/**
 * Shows the fields of a rule, and the changes that saving it would make.
 */
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { RulesPreview } from '../../../pipeline/rule-book.ts';
import { Field, Options } from '../frame/desk-parts.tsx';
import type { RuleDraft } from './rule-draft.ts';

/** A source that a rule can be limited to. */
export interface NamedSource {
  readonly id: string;
  readonly title: string;
}

/** Other sources are named by their id, which their page shows. */
const maxListed = 500;

const actions = [
  ['tag', 'Give them a tag'],
  ['hide', 'Hide them'],
  ['keep', 'Show only them'],
] as const;

const places = [
  ['both', 'Title and text'],
  ['title', 'Title'],
  ['text', 'Text'],
] as const;

/** The fields. A rule in the former form keeps its keywords. */
export function RuleFields({
  draft,
  sources,
}: {
  readonly draft: RuleDraft | undefined;
  readonly sources: readonly NamedSource[];
}): Markup {
  const isByWords = draft !== undefined && draft.words !== '' && draft.query === '';
  return (
    <>
      {isByWords ? (
        <>
          <Field label="Any of these words" hint="Whole words or phrases of any script; separate them with commas.">
            <input name="words" required dir="auto" value={draft.words} />
          </Field>
          <Field label="Looked for in">
            <select name="where">
              <Options choices={places} chosen={draft.where} />
            </select>
          </Field>
        </>
      ) : (
        <>
          <Field
            label="Entries"
            isWide
            hint={
              <>
                Words as in a search: <code>title:sponsored</code>, <code>river|flood</code>, <code>-author:"A B"</code>
                , <code>category:</code>, <code>lang:</code>, <code>url:</code>
              </>
            }
          >
            <input name="query" required dir="auto" maxlength="2000" value={draft?.query ?? ''} />
          </Field>
          <Field label="What becomes of them">
            <select name="action">
              <Options choices={actions} chosen={draft?.action} />
            </select>
          </Field>
        </>
      )}
      <Field label="Tag" {...(isByWords ? {} : { hint: 'Only for rules that give a tag.' })}>
        <input name="tag" maxlength="100" dir="auto" value={draft?.tag ?? ''} />
      </Field>
      <Field label="Of which source">
        {sources.length > maxListed ? (
          <input name="source" value={draft?.source ?? ''} placeholder="id of a source; empty: everywhere" />
        ) : (
          <select name="source">
            <Options
              choices={[['', 'Everywhere'], ...sources.map(({ id, title }) => [id, title] as const)]}
              chosen={draft?.source}
            />
          </select>
        )}
      </Field>
    </>
  );
}

/** The changes that saving would make, in three lists. */
export function PreviewLists({ preview }: { readonly preview: RulesPreview }): Markup {
  const { shown, hidden, tagged, counts, lookedAt } = preview;
  const isNothing = counts.shown + counts.hidden + counts.tagged === 0;
  return (
    <div role="status">
      <h3>What it would change</h3>
      <p class="soft">
        {isNothing && 'Nothing. '}
        {count(lookedAt, 'entry', 'entries')} looked at, the newest; the others follow when you save.
      </p>
      <PreviewList words="would be hidden" entries={hidden} amount={counts.hidden} />
      <PreviewList words="would be shown again" entries={shown} amount={counts.shown} isShown={false} />
      <PreviewList
        words="would have other tags"
        entries={tagged.map(({ added, removed, ...entry }) => ({
          ...entry,
          change: [...added.map((label) => `+ ${label}`), ...removed.map((label) => `− ${label}`)].join(', '),
        }))}
        amount={counts.tagged}
      />
    </div>
  );
}

function PreviewList({
  words,
  entries,
  amount,
  isShown = true,
}: {
  readonly words: string;
  /** Whether the entries have pages now. */
  readonly isShown?: boolean;
  readonly entries: readonly { readonly id: string; readonly title: string; readonly change?: string }[];
  readonly amount: number;
}): Markup {
  if (amount === 0) return <></>;
  return (
    <>
      <p>
        <strong>{count(amount, 'entry', 'entries')}</strong> {words}
      </p>
      <ul class="plainlist">
        {entries.map(({ id, title, change }) => (
          <li>
            {isShown ? (
              <a href={`/entries/${id}`}>
                <bdi>{title || id}</bdi>
              </a>
            ) : (
              <bdi>{title || id}</bdi>
            )}
            {change !== undefined && (
              <span class="soft">
                {' '}
                <bdi>{change}</bdi>
              </span>
            )}
          </li>
        ))}
        {amount > entries.length && <li class="soft">and {amount - entries.length} more</li>}
      </ul>
    </>
  );
}
