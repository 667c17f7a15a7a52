/**
 * One source in the table: how it is, what to do, when it is asked next, and the actions that are wanted most.
 */
import { describeFailure } from '../../../domain/failure.ts';
import type { Instant } from '../../../domain/instant.ts';
import { html, type Markup } from '../../../page/html.ts';
import { group } from '../../../page/plural.ts';
import type { SourceReport } from '../../../pipeline/archive-owner.ts';
import { renderCheckChart } from '../charts/check-chart.ts';
import { renderSpark } from '../charts/sparkline.ts';
import { postButton, renderTags, tokenField } from '../frame/desk-layout.ts';
import { renderWhen } from '../frame/relative-time.ts';
import { conditionOf } from './source-condition.ts';

/** The page of a source on the desk. */
export function sourcePath(id: string): string {
  return `/admin/sources/${encodeURIComponent(id)}`;
}

/** The row. Roles are written out: on a phone the table is drawn as cards, and browsers then forget that it is one. */
export function renderSourceRow(report: SourceReport, now: Instant, formToken: string): Markup {
  const { source, state, entries } = report;
  const { word, tone, detail, advice } = conditionOf(report);
  const path = sourcePath(source.id);
  const chart = renderCheckChart(state, now);
  return html`<tr role="row" id="s-${source.id}"><th scope="row" role="rowheader"><a href="${path}"><bdi>${source.title}</bdi></a> <span class="badge ${tone}">${word}</span>${renderTags(
    source.tags.map(({ label }) => label),
  )}</th><td role="cell">${state.lastCheckedAt !== undefined && html`<span class="soft">${renderWhen(state.lastCheckedAt, now)}. </span>`}<bdi>${detail}</bdi>${
    advice !== '' && html`<p class="advice">${advice}</p>`
  }${chart !== undefined && html`<a class="checks" href="${path}#checks"><span class="vh">${source.title}: </span>${chart}</a>`}</td><td role="cell" data-label="Next:">${renderNext(report, now)}</td><td role="cell" data-label="Entries:">${group(entries)}${renderSpark(
    state.recentEntries ?? [],
    now,
  )}</td><td role="cell">${renderActions(report, path, formToken)}</td></tr>`;
}

/** When it is asked next, and why then. */
export function renderNext({ source, state }: SourceReport, now: Instant): Markup {
  if (source.kind === 'site' || !source.enabled || state.stopped) return html`<span class="soft">Not asked</span>`;
  const when = state.nextCheckAt <= now ? html`As soon as its turn comes` : renderWhen(state.nextCheckAt, now);
  // The failure itself stands beside it already.
  const failure = state.lastFailure === undefined ? '' : `: ${describeFailure(state.lastFailure)}`;
  const why = failure === '' ? state.nextCheckWhy : state.nextCheckWhy.replace(failure, '');
  return html`${when} <span class="soft"><bdi>${why}</bdi></span>`;
}

/** Refresh, and pause or resume. */
export function renderActions({ source }: SourceReport, path: string, formToken: string): Markup {
  if (source.kind === 'site') return html``;
  const about = source.title;
  const fields = { back: 'list' };
  return html`<div class="acts">${source.enabled && postButton(formToken, `${path}/refresh`, 'Refresh', 'quiet', fields, about)}${
    source.enabled
      ? postButton(formToken, `${path}/pause`, 'Pause', 'quiet', fields, about)
      : postButton(formToken, `${path}/resume`, 'Resume', 'quiet', fields, about)
  }<details><summary>Tags<span class="vh"> of ${about}</span></summary><form method="post" action="${path}/tags">${tokenField(formToken)}<input type="hidden" name="back" value="list"><label>Tags of ${about}<input name="tags" value="${source.tags
    .map(({ label }) => label)
    .join(', ')}"></label><button class="quiet">Save tags</button></form></details></div>`;
}
