/**
 * Shows the tools around the list of sources: the filter, the buttons for chosen sources, the pages.
 */
import type { Child, Markup } from '../../../page/markup.ts';
import type { SourceFilter, SourceOrder, SourceQuestion } from '../../../pipeline/source-table.ts';
import { Options } from '../frame/desk-parts.tsx';
import { pageSize, toListAddress } from './source-question.ts';
import { listForm } from './source-row.tsx';

const filters: readonly (readonly [SourceFilter, string])[] = [
  ['all', 'All sources'],
  ['trouble', 'In trouble'],
  ['faults', 'With faults in the feed'],
  ['paused', 'Paused'],
  ['feeds', 'Feeds only'],
];

const orders: readonly (readonly [SourceOrder, string])[] = [
  ['trouble', 'Trouble first'],
  ['title', 'By title'],
  ['checked', 'By last check'],
  ['next', 'By next check'],
  ['entries', 'By entries'],
  ['faults', 'By faults in the feed'],
];

/** The fields to search, filter and sort. */
export function FilterBar({ question }: { readonly question: SourceQuestion }): Markup {
  return (
    <form class="filter" method="get" action="/admin" role="search">
      <input type="search" name="q" value={question.words} placeholder="Title, address or tag" aria-label="Find" />
      <select name="show" aria-label="Show">
        <Options choices={filters} chosen={question.filter} />
      </select>
      <select name="sort" aria-label="Sort by">
        <Options choices={orders} chosen={question.order} />
      </select>
      {question.isReversed && <input type="hidden" name="reverse" value="1" />}
      <button class="quiet">Filter</button>
    </form>
  );
}

/** The actions for all chosen sources. They appear when one is chosen. */
export function ChosenBar(): Markup {
  const actions = [
    ['refresh', 'Refresh'],
    ['pause', 'Pause'],
    ['resume', 'Resume'],
    ['hide', 'Make private'],
    ['show', 'Make public'],
  ] as const;
  return (
    <div class="chosen" role="group" aria-label="With the chosen sources">
      <button type="button" class="quiet" data-choose-all hidden>
        Choose all
      </button>
      <input form={listForm} name="tags" aria-label="Tags to add" placeholder="Tags to add" dir="auto" />
      <button class="quiet" form={listForm} name="do" value="tag">
        Add tags
      </button>
      {actions.map(([action, label]) => (
        <button class="quiet" form={listForm} name="do" value={action}>
          {label}
        </button>
      ))}
      <button class="quiet danger" form={listForm} name="do" value="remove">
        Remove…
      </button>
    </div>
  );
}

/** The links from page to page. */
export function Pages({ question, found }: { readonly question: SourceQuestion; readonly found: number }): Markup {
  const pages = Math.ceil(found / pageSize);
  const page = question.from / pageSize + 1;
  if (pages <= 1) return <></>;
  const link = (from: number, rel: string, label: Child): Markup => (
    <a class="button quiet" rel={rel} href={toListAddress(question, { from })}>
      {label}
    </a>
  );
  return (
    <nav class="paging" aria-label="Pages">
      {page > 1 && link(question.from - pageSize, 'prev', 'Previous page')}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && link(question.from + pageSize, 'next', 'Next page')}
    </nav>
  );
}
