/**
 * The search form, which is also the builder of feeds: plain GET, every field optional, nothing needs a script.
 */

import { type Markup, nothing } from '../../../page/markup.ts';
import type { Query } from '../../../query/language/query.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import { describeAge, describeQuery, languageName } from '../../query-words.ts';
import { hiddenFields, type SearchFields } from './search-fields.ts';

/** Tags and sources offered by name; others can be typed, or chosen from their own page. */
const maxOffered = 200;

const dayMs = 86_400_000;

/** Ages offered, in the spelling of `since`. */
const ages: readonly (readonly [string, number])[] = [
  ['1d', dayMs],
  ['1w', 7 * dayMs],
  ['30d', 30 * dayMs],
  ['365d', 365 * dayMs],
];

interface Option {
  readonly value: string;
  readonly label: string;
}

interface FormProps {
  readonly fields: SearchFields;
  readonly query: Query;
  readonly totals: ArchiveTotals;
  readonly window: Window | undefined;
}

/** The form with its present values. */
export function SearchForm({ fields, query, totals, window }: FormProps): Markup {
  const { all, any, none, source, author, language, since, until } = fields;
  const isBuilding = [all, any, none, source, author, language, since, until].some((value) => value !== '');
  const isBlank = !isBuilding && fields.words === '';
  return (
    <form class="builder" action="/search" role="search" aria-label="Search and build">
      <div class="wide">
        <label for="q">Words</label>
        <input
          id="q"
          name="q"
          type="search"
          value={fields.words}
          dir="auto"
          aria-describedby="q-hint"
          autocomplete="off"
        />
        <span class="hint" id="q-hint">
          In title or text, any script. <code>"a phrase"</code>, <code>-not</code>, <code>this|that</code>,{' '}
          <code>title:word</code>
        </span>
      </div>
      <details class="wide" open={isBuilding || isBlank}>
        <summary>Tags, source, language, time</summary>
        <div>
          <TagFields fields={fields} totals={totals} />
          <Select
            name="source"
            label="Source"
            value={source}
            options={[{ value: '', label: 'Any source' }, ...sourceOptions(totals)]}
          />
          <Select
            name="lang"
            label="Language"
            value={language}
            options={[{ value: '', label: 'Any language' }, ...languageOptions(window)]}
          />
          <Select
            name="since"
            label="Published"
            value={since}
            options={[
              { value: '', label: 'Any time' },
              ...ages.map(([value, ms]) => ({ value, label: `In the last ${describeAge(ms)}` })),
            ]}
          />
          <Field name="until" label="Not after" value={until} hint="A date, such as 2024-05-31" />
          <Field name="author" label="Author" value={author} hint="The whole name" />
          <Select
            name="content"
            label="The feed carries"
            value={query.content === 'full' ? '' : query.content}
            options={[
              { value: '', label: 'Whole entries' },
              { value: 'summary', label: 'Summaries' },
              { value: 'none', label: 'Titles only' },
            ]}
          />
          <Select
            name="limit"
            label="At most"
            value={query.limit === 50 ? '' : String(query.limit)}
            options={[
              { value: '10', label: '10 entries' },
              { value: '', label: '50 entries' },
              { value: '200', label: '200 entries' },
            ]}
          />
        </div>
      </details>
      <Kept rest={fields.rest} totals={totals} />
      <p class="wide">
        <button type="submit">Search</button>
      </p>
    </form>
  );
}

function TagFields({ fields, totals }: Pick<FormProps, 'fields' | 'totals'>): Markup {
  const hint = 'Separated by commas';
  return (
    <>
      <Field name="all" label="All of these tags" value={fields.all} hint={hint} list="known-tags" />
      <Field name="any" label="Any of these tags" value={fields.any} hint={hint} list="known-tags" />
      <Field name="none" label="None of these tags" value={fields.none} hint={hint} list="known-tags" />
      <datalist id="known-tags">
        {totals.tags.slice(0, maxOffered).map(({ slug }) => (
          <option value={slug} />
        ))}
      </datalist>
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  /** The list of suggestions, by its id. */
  readonly list?: string;
}

function Field({ name, label, value, hint, list }: FieldProps): Markup {
  return (
    <div>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        value={value}
        dir="auto"
        aria-describedby={`${name}-hint`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        list={list}
      />
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    </div>
  );
}

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
}

/** A value that is not among those offered is offered too: a form must not change what it was given. */
function Select({ name, label, value, options }: SelectProps): Markup {
  const offered = options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {offered.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function sourceOptions(totals: ArchiveTotals): readonly Option[] {
  const offered =
    totals.sources.length <= maxOffered ? totals.sources : totals.sources.toSorted((a, b) => b.count - a.count);
  return offered.slice(0, maxOffered).map(({ id, title }) => ({ value: id, label: title }));
}

/** Languages of the published entries, by name; only the language itself, for a range takes its variants too. */
function languageOptions(window: Window | undefined): readonly Option[] {
  const tags = new Set(
    (window?.entries ?? []).flatMap(({ language }) =>
      language === undefined ? [] : [language.toLowerCase().split('-')[0] ?? ''],
    ),
  );
  return [...tags]
    .filter((tag) => /^[a-z]{2,3}$/.test(tag))
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** What the form has no field for, kept by hidden ones. */
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
