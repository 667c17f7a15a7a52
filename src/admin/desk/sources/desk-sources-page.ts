/**
 * The desk's first page: all sources, what needs the owner at the top.
 */
import type { Instant } from '../../../domain/instant.ts';
import { attribute, html, type Markup } from '../../../page/html.ts';
import { group } from '../../../page/plural.ts';
import type { ArchiveHealth, SourceReport } from '../../../pipeline/archive-owner.ts';
import { renderOutcomes } from '../charts/outcome-chart.ts';
import { postButton } from '../frame/desk-layout.ts';
import { renderDone } from '../frame/notes.ts';
import { renderWork } from '../frame/work-bar.ts';
import { byHealth, conditionOf } from './source-condition.ts';
import { renderSourceRow } from './source-row.ts';

/** Rows of one page. */
const pageSize = 100;

/** What can be shown of all. */
const choices = [
  ['all', 'All sources'],
  ['trouble', 'With trouble'],
  ['defects', 'With faults in the feed'],
  ['paused', 'Paused'],
  ['feeds', 'Feeds only'],
] as const;

/** What the page is made of. */
export interface SourcesView {
  readonly url: URL;
  readonly reports: readonly SourceReport[];
  readonly health: ArchiveHealth;
  readonly now: Instant;
  readonly formToken: string;
}

/** Makes its content. */
export function renderSourcesPage({ url, reports, health, now, formToken }: SourcesView): Markup {
  const words = url.searchParams.get('q')?.trim() ?? '';
  const show = choices.find(([value]) => value === url.searchParams.get('show'))?.[0] ?? 'all';
  const found = reports.filter((report) => isShown(report, show) && holds(report, words)).sort(byHealth);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(url.searchParams.get('page') ?? 1)) || 1));
  const rows = found.slice((page - 1) * pageSize, page * pageSize);
  const { total, ok, failing, stopped } = health.sources;
  return html`<div class="head"><h1>Sources</h1><div class="acts"><a class="button" href="/admin/add">Add a source</a>${postButton(formToken, '/admin/refresh', 'Refresh what is due')}</div></div>${renderDone(url)}<div class="overview"><ul class="numbers">${[
    [total, 'sources'],
    [ok, 'well'],
    [failing, 'failing'],
    [stopped, 'paused or gone'],
    [health.entries, 'entries'],
  ].map(
    ([amount, label]) => html`<li><b>${group(Number(amount))}</b><span>${label}</span></li>`,
  )}</ul>${renderOutcomes(reports, now)}</div>${renderWork(health, '/admin')}${
    reports.length === 0
      ? html`<div class="panel"><h2>Nothing is followed yet</h2><p>Paste the address of a site or of its feed under <a href="/admin/add">Add</a>, or bring the list of your former reader under <a href="/admin/transfer">Import and backup</a>.</p></div>`
      : html`<form class="filter" method="get" action="/admin" role="search"><label>Find<input type="search" name="q" value="${words}" placeholder="Title, address or tag"></label><label>Show<select name="show">${choices.map(
          ([value, label]) => html`<option value="${value}"${value === show && html` selected`}>${label}</option>`,
        )}</select></label><button class="quiet">Filter</button></form>${renderTable(rows, now, formToken)}${renderPages(url, page, pages)}`
  }`;
}

function renderTable(rows: readonly SourceReport[], now: Instant, formToken: string): Markup {
  if (rows.length === 0) return html`<p class="panel">No source fits. <a href="/admin">Show all of them.</a></p>`;
  return html`<table class="rows" role="table"><caption class="vh">Sources, those with trouble first</caption><thead role="rowgroup"><tr role="row">${[
    'Source',
    'Last check',
    'Next check',
    'Entries',
    'Actions',
  ].map(
    (label) => html`<th scope="col" role="columnheader">${label}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map((report) =>
    renderSourceRow(report, now, formToken),
  )}</tbody></table>`;
}

function isShown(report: SourceReport, show: (typeof choices)[number][0]): boolean {
  const { rank } = conditionOf(report);
  switch (show) {
    case 'all':
      return true;
    case 'trouble':
      return rank < 2;
    case 'defects':
      return report.state.defects.length > 0;
    case 'paused':
      return rank === 5;
    case 'feeds':
      return report.source.kind === 'feed';
  }
}

function holds({ source }: SourceReport, words: string): boolean {
  const text = [source.title, source.url, ...source.tags.map(({ label }) => label)].join('\n').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function renderPages(url: URL, page: number, pages: number): Markup {
  if (pages === 1) return html``;
  const link = (to: number, label: string, rel: string): Markup => {
    const address = new URL(url);
    address.searchParams.set('page', String(to));
    address.searchParams.delete('done');
    return html`<a class="button quiet"${attribute('rel', rel)} href="${address.pathname + address.search}">${label}</a>`;
  };
  return html`<nav class="paging" aria-label="Pages"><span>Page ${page} of ${pages}</span>${page > 1 && link(page - 1, 'Previous page', 'prev')}${page < pages && link(page + 1, 'Next page', 'next')}</nav>`;
}
