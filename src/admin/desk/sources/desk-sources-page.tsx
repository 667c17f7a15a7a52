/**
 * Shows the desk's first page: sources in trouble with advice, then the list of all sources.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import type { ArchiveHealth, SourceTable } from '../../../pipeline/archive-owner.ts';
import { describeOffline, isOffline } from '../../../pipeline/source-list.ts';
import type { SourceOrder, SourceQuestion } from '../../../pipeline/source-table.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { DoneNote } from '../frame/notes.tsx';
import { WorkBar } from '../frame/work-bar.tsx';
import { ChosenBar, FilterBar, Pages } from './list-tools.tsx';
import { isPlain, toListAddress } from './source-question.ts';
import { listForm, SourceRow, TroubleCard } from './source-row.tsx';

/** The columns that sort. */
const columns: readonly (readonly [SourceOrder | '', string])[] = [
  ['title', 'Source'],
  ['trouble', 'State'],
  ['checked', 'Last checks'],
  ['next', 'Next check'],
  ['entries', 'Entries'],
  ['', 'Actions'],
];

/** What the page shows. */
export interface SourcesView {
  readonly url: URL;
  readonly question: SourceQuestion;
  readonly table: SourceTable;
  readonly health: ArchiveHealth;
  readonly now: Instant;
  readonly formToken: string;
  readonly problem?: ApiProblem | undefined;
}

/** The page's content. */
export function SourcesPage(view: SourcesView): Markup {
  const { url, question, table, health, formToken, problem } = view;
  const isOfOne = url.searchParams.has('at');
  return (
    <>
      <div class="head">
        <h1>Sources</h1>
        <div class="acts">
          <form class="add" method="get" action="/admin/add">
            <input
              name="url"
              inputmode="url"
              placeholder="example.org"
              aria-label="Address of a site or of its feed"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
            />
            <button>Add a source</button>
          </form>
          <PostButton action="/admin/refresh" formToken={formToken} label="Refresh what is due" />
        </div>
      </div>
      {isOffline(toCounts(health)) && (
        <p class="panel bad" role="status">
          {describeOffline(health.sources.failing)} They are asked again by themselves.
        </p>
      )}
      <Numbers health={health} />
      {!isOfOne && <DoneNote url={url} />}
      <ProblemPanel problem={problem} />
      <WorkBar health={health} path="/admin" />
      <PostForm
        action="/admin/sources"
        formToken={formToken}
        fields={{ back: toListAddress(question) }}
        id={listForm}
      />
      {table.total === 0 ? <NothingFollowed /> : <List {...view} />}
    </>
  );
}

function toCounts({ sources, unreachable = 0, reached = 0 }: ArchiveHealth): Parameters<typeof isOffline>[0] {
  return { failing: sources.failing, unreachable, reached };
}

function Numbers({ health: { sources, entries } }: { readonly health: ArchiveHealth }): Markup {
  const { total, ok, failing, stopped } = sources;
  return (
    <p class="numbers">
      <b>{group(total)}</b> {total === 1 ? 'source' : 'sources'} <b>{group(ok)}</b> well <b>{group(failing)}</b> failing{' '}
      <b>{group(stopped)}</b> paused or gone <b>{group(entries)}</b> {entries === 1 ? 'entry' : 'entries'}
    </p>
  );
}

function NothingFollowed(): Markup {
  return (
    <div class="panel">
      <h2>Nothing is followed yet</h2>
      <p>
        Paste the address of a site or of its feed under <a href="/admin/add">Add</a>, or bring the list of your former
        reader under <a href="/admin/transfer">Import and backup</a>.
      </p>
    </div>
  );
}

function List({ url, question, table, health, now }: SourcesView): Markup {
  return (
    <>
      {/* One cause is one note. */}
      {isPlain(question) && !isOffline(toCounts(health)) && <Troubled table={table} now={now} />}
      <FilterBar question={question} />
      {table.reports.length === 0 ? (
        <p class="panel">
          No source fits. <a href="/admin">Show all of them.</a>
        </p>
      ) : (
        <div class="list">
          <ChosenBar />
          <Table url={url} question={question} table={table} now={now} />
        </div>
      )}
      <Pages question={question} found={table.found} />
    </>
  );
}

function Troubled({ table, now }: { readonly table: SourceTable; readonly now: Instant }): Markup {
  const { troubled, troubledCount } = table;
  if (troubledCount === 0) return <></>;
  return (
    <section class="panel trouble" aria-labelledby="trouble">
      <h2 id="trouble">{count(troubledCount, 'source')} in trouble</h2>
      <ul class="entries">
        {troubled.map((report) => (
          <TroubleCard report={report} now={now} />
        ))}
      </ul>
      {troubledCount > troubled.length && (
        <p>
          <a href="/admin?show=trouble">All {group(troubledCount)} of them</a>
        </p>
      )}
    </section>
  );
}

function Table({
  url,
  question,
  table,
  now,
}: {
  readonly url: URL;
  readonly question: SourceQuestion;
  readonly table: SourceTable;
  readonly now: Instant;
}): Markup {
  const changed = url.searchParams.get('at');
  return (
    <table class="rows" role="table">
      <caption class="vh">Sources</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            <span class="vh">Choose</span>
          </th>
          {columns.map(([order, label]) => (
            <SortHead question={question} order={order} label={label} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {table.reports.map((report) => (
          <SourceRow report={report} now={now} note={report.source.id === changed && <DoneNote url={url} />} />
        ))}
      </tbody>
    </table>
  );
}

function SortHead({
  question,
  order,
  label,
}: {
  readonly question: SourceQuestion;
  readonly order: SourceOrder | '';
  readonly label: string;
}): Markup {
  const isSorted = order === question.order;
  const direction = isSorted && (question.isReversed ? 'descending' : 'ascending');
  const to = order !== '' && toListAddress(question, { order, isReversed: isSorted && !question.isReversed, from: 0 });
  return (
    <th scope="col" role="columnheader" aria-sort={direction}>
      {to === false ? label : <a href={to}>{label}</a>}
    </th>
  );
}
