/**
 * Shows the search form, which also builds feeds: plain GET, every field optional, no script needed.
 */
import { dayMs } from '../../../domain/duration.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import type { Query } from '../../../query/language/query.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import { describeAge, describeQuery, languageName } from '../../query-words.ts';
import { fieldLabels, hiddenFields, isDay, type SearchFields } from './search-fields.ts';
import { Field, type FieldProblems, type Option, Problem, Select } from './search-inputs.tsx';

/** Tags and sources that are offered by name; others can be typed, or chosen from their own page. */
const maxOffered = 200;

/** The ages that are offered, as `since` spells them. */
const ages: readonly (readonly [string, number])[] = [
  ['1d', dayMs],
  ['1w', 7 * dayMs],
  ['30d', 30 * dayMs],
  ['365d', 365 * dayMs],
];

interface FormProps {
  readonly fields: SearchFields;
  readonly query: Query;
  readonly totals: ArchiveTotals;
  readonly window: Window | undefined;
  readonly problems?: FieldProblems;
}

/** The form with its values. Its filters are folded after a search, so that the results come first. */
export function SearchForm({ fields, query, totals, window, problems = new Map() }: FormProps): Markup {
  const { all, any, none, source, author, language, since, start, until, words } = fields;
  const isBlank = [words, all, any, none, source, author, language, since, start, until].every((value) => value === '');
  const hasFieldProblem = [...problems.keys()].some((name) => name !== 'q');
  return (
    <form class="builder" action="/search" role="search" aria-label="Search and build">
      <div class="wide words">
        <label for="q">{fieldLabels['q']}</label>
        <input
          id="q"
          name="q"
          type="search"
          value={words}
          dir="auto"
          aria-describedby={problems.has('q') ? 'q-hint q-problem' : 'q-hint'}
          aria-invalid={problems.has('q') ? 'true' : undefined}
          autocomplete="off"
        />
        <button type="submit">Search</button>
        <Problem name="q" problems={problems} />
        <span class="hint" id="q-hint">
          In title or text, any script. <code>"a phrase"</code>, <code>-not</code>, <code>this|that</code>,{' '}
          <code>title:word</code>; also <code>text:</code>, <code>author:</code>, <code>category:</code>,{' '}
          <code>lang:</code>, <code>url:</code>
        </span>
      </div>
      <details class="wide" open={isBlank || hasFieldProblem}>
        <summary>Tags, source, language, time</summary>
        <div>
          <TagFields fields={fields} totals={totals} problems={problems} />
          <Select
            name="source"
            value={source}
            problems={problems}
            options={[{ value: '', label: 'Any source' }, ...sourceOptions(totals)]}
          />
          <Select
            name="lang"
            value={language}
            problems={problems}
            options={[{ value: '', label: 'Any language' }, ...languageOptions(window)]}
          />
          <Select
            name="since"
            value={since}
            problems={problems}
            options={[
              { value: '', label: 'Any time' },
              ...ages.map(([value, ms]) => ({ value, label: `In the last ${describeAge(ms).replace(/^1 /, '')}` })),
            ]}
          />
          <Field name="start" label="Or from" value={start} hint="The day it begins" type="date" problems={problems} />
          <Field
            name="until"
            value={until}
            hint="The last day"
            type={until === '' || isDay(until) ? 'date' : 'text'}
            problems={problems}
          />
          <Field name="author" value={author} hint="The whole name" problems={problems} />
          <Select
            name="content"
            value={query.content === 'full' ? '' : query.content}
            problems={problems}
            options={[
              { value: '', label: 'Whole entries' },
              { value: 'summary', label: 'Summaries' },
              { value: 'none', label: 'Titles only' },
            ]}
          />
          <Select
            name="titles"
            value={query.titles === 'plain' ? '' : query.titles}
            problems={problems}
            options={[
              { value: '', label: 'As published' },
              { value: 'source', label: 'Source: title' },
            ]}
          />
          <Select
            name="digest"
            value={query.digest ?? ''}
            problems={problems}
            options={[
              { value: '', label: 'Each entry by itself' },
              { value: 'day', label: 'One entry a day' },
              { value: 'week', label: 'One entry a week' },
            ]}
          />
          <Select
            name="limit"
            value={query.limit === 50 ? '' : String(query.limit)}
            problems={problems}
            options={[
              { value: '10', label: '10 entries' },
              { value: '', label: '50 entries' },
              { value: '200', label: '200 entries' },
            ]}
          />
        </div>
      </details>
      <Kept rest={fields.rest} totals={totals} />
    </form>
  );
}

function TagFields({
  fields,
  totals,
  problems = new Map(),
}: Pick<FormProps, 'fields' | 'totals' | 'problems'>): Markup {
  const hint = 'Separated by commas';
  return (
    <>
      <Field
        name="all"
        label={fieldLabels['tag']}
        value={fields.all}
        hint={hint}
        list="known-tags"
        problems={problems}
      />
      <Field
        name="any"
        label="Any of these tags"
        value={fields.any}
        hint={hint}
        list="known-tags"
        problems={problems}
      />
      <Field
        name="none"
        label="None of these tags"
        value={fields.none}
        hint={hint}
        list="known-tags"
        problems={problems}
      />
      <datalist id="known-tags">
        {totals.tags.slice(0, maxOffered).map(({ slug }) => (
          <option value={slug} />
        ))}
      </datalist>
    </>
  );
}

function sourceOptions(totals: ArchiveTotals): readonly Option[] {
  const offered =
    totals.sources.length <= maxOffered ? totals.sources : totals.sources.toSorted((a, b) => b.count - a.count);
  return offered.slice(0, maxOffered).map(({ id, title }) => ({ value: id, label: title }));
}

/** Languages of the published entries, by name; without variants, because a language includes them. */
function languageOptions(window: Window | undefined): readonly Option[] {
  const tags = new Set((window?.entries ?? []).map(({ languages: [widest = 'und'] }) => widest));
  return [...tags]
    .filter((tag) => tag !== 'und' && /^[a-z]{2,3}$/.test(tag))
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Hidden fields for the rest of the query. */
function Kept({ rest, totals }: { readonly rest: Query; readonly totals: ArchiveTotals }): Markup {
  const hidden = hiddenFields(rest);
  if (hidden.length === 0) return nothing;
  return (
    <p class="wide kept">
      <span>Also: {describeQuery(rest, totals)}</span>
      {hidden.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <a href="/search">Start anew</a>
    </p>
  );
}
