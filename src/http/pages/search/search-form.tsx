/**
 * The search form, which is also the builder of feeds: plain GET, every field optional, nothing needs a script.
 */

import { html, type Markup } from '../../../page/html.ts';
import type { Query } from '../../../query/language/query.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import { languageName } from '../language-name.ts';
import { describeAge, describeQuery } from '../parts/query-words.ts';
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

/** Draws the form with its present values. */
export function renderSearchForm(
  fields: SearchFields,
  query: Query,
  totals: ArchiveTotals,
  window: Window | undefined,
): Markup {
  const isBuilding = [
    fields.all,
    fields.any,
    fields.none,
    fields.source,
    fields.author,
    fields.language,
    fields.since,
    fields.until,
  ].some((value) => value !== '');
  const isBlank = !isBuilding && fields.words === '';
  return html`<form class="builder" action="/search" role="search" aria-label="Search and build"><div class="wide"><label for="q">Words</label><input id="q" name="q" type="search" value="${fields.words}" dir="auto" aria-describedby="q-hint" autocomplete="off"><span class="hint" id="q-hint">In title or text, any script. <code>"a phrase"</code>, <code>-not</code>, <code>this|that</code>, <code>title:word</code></span></div><details class="wide"${
    (isBuilding || isBlank) && html` open`
  }><summary>Tags, source, language, time</summary><div>${renderTagFields(fields, totals)}${renderSelect(
    'source',
    'Source',
    fields.source,
    [{ value: '', label: 'Any source' }, ...sourceOptions(totals)],
  )}${renderSelect('lang', 'Language', fields.language, [
    { value: '', label: 'Any language' },
    ...languageOptions(window),
  ])}${renderSelect('since', 'Published', fields.since, [
    { value: '', label: 'Any time' },
    ...ages.map(([value, ms]) => ({ value, label: `In the last ${describeAge(ms)}` })),
  ])}${renderField('until', 'Not after', fields.until, 'A date, such as 2024-05-31')}${renderField('author', 'Author', fields.author, 'The whole name')}${renderSelect(
    'content',
    'The feed carries',
    query.content === 'full' ? '' : query.content,
    [
      { value: '', label: 'Whole entries' },
      { value: 'summary', label: 'Summaries' },
      { value: 'none', label: 'Titles only' },
    ],
  )}${renderSelect('limit', 'At most', query.limit === 50 ? '' : String(query.limit), [
    { value: '10', label: '10 entries' },
    { value: '', label: '50 entries' },
    { value: '200', label: '200 entries' },
  ])}</div></details>${renderKept(fields.rest, totals)}<p class="wide"><button type="submit">Search</button></p></form>`;
}

function renderTagFields(fields: SearchFields, totals: ArchiveTotals): Markup {
  return html`${renderField('all', 'All of these tags', fields.all, 'Separated by commas', 'known-tags')}${renderField('any', 'Any of these tags', fields.any, 'Separated by commas', 'known-tags')}${renderField('none', 'None of these tags', fields.none, 'Separated by commas', 'known-tags')}<datalist id="known-tags">${totals.tags
    .slice(0, maxOffered)
    .map(({ slug }) => html`<option value="${slug}">`)}</datalist>`;
}

function renderField(name: string, label: string, value: string, hint: string, list?: string): Markup {
  return html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="text" value="${value}" dir="auto" aria-describedby="${name}-hint" autocomplete="off" autocapitalize="off" spellcheck="false"${
    list !== undefined && html` list="known-tags"`
  }><span class="hint" id="${name}-hint">${hint}</span></div>`;
}

/** A value that is not among those offered is offered too: a form must not change what it was given. */
function renderSelect(name: string, label: string, value: string, offered: readonly Option[]): Markup {
  const options = offered.some((option) => option.value === value) ? offered : [...offered, { value, label: value }];
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value && html` selected`}>${option.label}</option>`,
  )}</select></div>`;
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

function renderKept(rest: Query, totals: ArchiveTotals): Markup {
  const hidden = hiddenFields(rest);
  if (hidden.length === 0) return html``;
  return html`<p class="wide kept"><span>Also: ${describeQuery(rest, totals)}</span>${hidden.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<a href="/search">Start anew</a></p>`;
}
