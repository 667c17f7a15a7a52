/**
 * One source on the desk: everything known about it, its settings, its faults; and the page that asks before it is removed.
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Hole, html, type Markup } from '../../../page/html.ts';
import { count, group } from '../../../page/plural.ts';
import type { SourceReport } from '../../../pipeline/archive-owner.ts';
import { renderChecks } from '../charts/check-chart.ts';
import { renderSpark } from '../charts/sparkline.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { postButton, renderProblem, tokenField } from '../frame/desk-layout.ts';
import { renderDone } from '../frame/notes.ts';
import { renderWhen } from '../frame/relative-time.ts';
import { renderDefects } from './defect-list.ts';
import { conditionOf } from './source-condition.ts';
import { renderNext, sourcePath } from './source-row.ts';

/** What the page is made of. */
export interface SourceView {
  readonly url: URL;
  readonly report: SourceReport;
  readonly now: Instant;
  readonly formToken: string;
  /** What kept the last action from being done. */
  readonly problem?: ApiProblem;
}

const declared = {
  file: 'seeds/sources.opml; what you change here is yours from then on',
  api: 'you, here or through the API',
  seeds: 'the articles under seeds/articles',
} as const;

/** Makes its content. */
export function renderSourcePage({ url, report, now, formToken, problem }: SourceView): Markup {
  const { source, state, entries } = report;
  const { word, tone, detail, advice } = conditionOf(report);
  const path = sourcePath(source.id);
  const spark = renderSpark(state.recentEntries ?? [], now);
  const facts: readonly (readonly [string, Hole])[] = [
    ['Address', html`<a href="${source.url}" rel="noreferrer"><bdi>${source.url}</bdi></a>`],
    [
      'Site',
      source.siteUrl !== undefined &&
        html`<a href="${source.siteUrl}" rel="noreferrer"><bdi>${source.siteUrl}</bdi></a>`,
    ],
    ['Last check', state.lastCheckedAt === undefined ? 'never' : renderWhen(state.lastCheckedAt, now)],
    ['Failures in a row', state.consecutiveFailures > 0 && String(state.consecutiveFailures)],
    ['Next check', renderNext(report, now)],
    ['Entries', html`${group(entries)} · <a href="/sources/${source.id}">read them</a>`],
    ['Newest entries', spark],
    [
      'Validators',
      [state.validators.etag, state.validators.lastModified].filter((text) => text !== undefined).join(' · ') ||
        'none: the whole document comes each time',
    ],
    ['Moving to', state.movedTo !== undefined && html`<bdi>${state.movedTo}</bdi>`],
    ['Declared by', declared[source.declaredBy]],
  ];
  return html`<p class="soft"><a href="/admin">All sources</a></p><h1><bdi>${source.title}</bdi></h1>${renderDone(url)}${problem !== undefined && renderProblem(problem)}<p><span class="badge ${tone}">${word}</span> <bdi>${detail}</bdi></p>${advice !== '' && html`<p class="advice"><strong>What to do:</strong> ${advice}</p>`}${
    source.kind === 'feed' &&
    html`<div class="acts panel">${renderAsk(url, report, path, formToken)}<a class="button quiet danger" href="${path}/remove">Remove…</a></div>`
  }<dl class="facts-list">${facts.map(([name, value]) => value !== undefined && value !== false && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>${renderChecks(state, now)}${renderSettings(report, path, formToken)}${
    state.defects.length > 0 &&
    html`<section><h2>${count(state.defects.length, 'fault')} in the feed, forgiven</h2><p class="soft">What was wrong in the last document and what was done about it. The site’s owner may be glad to hear of it.</p>${renderDefects(state.defects)}</section>`
  }`;
}

function renderAsk(url: URL, { source }: SourceReport, path: string, formToken: string): Markup {
  if (!source.enabled) return postButton(formToken, `${path}/resume`, 'Resume', '');
  const isResting = url.searchParams.get('done') === 'resting';
  return html`${isResting ? postButton(formToken, `${path}/refresh`, 'Ask all the same', '', { force: '1' }) : postButton(formToken, `${path}/refresh`, 'Refresh now', '')}${postButton(formToken, `${path}/pause`, 'Pause')}`;
}

function renderSettings({ source }: SourceReport, path: string, formToken: string): Markup {
  return html`<section><h2>Settings</h2><form method="post" action="${path}">${tokenField(formToken)}<div class="fields"><label>Title<input name="title" required maxlength="500" value="${source.title}" dir="auto"></label><label>Tags<input name="tags" value="${source.tags
    .map(({ label }) => label)
    .join(
      ', ',
    )}" dir="auto"><span class="hint">Every entry of the source gets them. Separate them with commas.</span></label><label>Show at most<input type="number" name="maxEntries" min="0" max="1000000" value="${source.maxEntries}"><span class="hint">Entries, the newest. 0 shows all.</span></label><label class="check"><input type="checkbox" name="fullText"${source.fullText && html` checked`}><span>Read whole articles<span class="hint">Where the feed carries only a summary, the article’s page is asked once.</span></span></label><div class="wide"><button>Save</button></div></div></form></section>`;
}

/** The page that asks first. */
export function renderRemovePage({ source, entries }: SourceReport, formToken: string, problem?: ApiProblem): Markup {
  const path = sourcePath(source.id);
  return html`<h1>Remove <bdi>${source.title}</bdi>?</h1>${problem !== undefined && renderProblem(problem)}<div class="panel"><p>It is not asked any more, and its ${count(entries, 'entry', 'entries')} disappear from every feed and page. They are kept: adding the source again shows them again.</p></div><div class="acts">${postButton(formToken, `${path}/remove`, 'Remove it', 'danger')}<a class="button quiet" href="${path}">Keep it</a></div>`;
}
