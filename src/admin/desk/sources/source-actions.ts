/**
 * What the owner does with sources at the desk. Each is a call of the admin API; then a page says what came of it.
 */

import type { SourceId } from '../../../domain/source.ts';
import type { SourceReport } from '../../../pipeline/archive-owner.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-layout.ts';
import { toDeskProblem } from '../frame/desk-problem-page.ts';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import type { Note } from '../frame/notes.ts';
import { renderAddPage } from './add-page.ts';
import { renderRemovePage, renderSourcePage } from './desk-source-page.ts';
import { sourcePath } from './source-row.ts';

/** One source. */
export async function openSource(visit: DeskVisit): Promise<Response> {
  return showSource(visit);
}

/** Adds what was looked at before. */
export async function addFromForm(visit: DeskVisit): Promise<Response> {
  const { api, form, formToken, page } = visit;
  const url = form?.text('url') ?? '';
  const title = form?.text('title') ?? '';
  const tags = splitTags(form?.text('tags') ?? '');
  const json = {
    url,
    ...(title === '' ? {} : { title }),
    // Without tags, those it had when it was removed hold.
    ...(tags.length === 0 ? {} : { tags }),
    fullText: form?.isOn('fullText') ?? false,
    maxEntries: toNumber(form?.text('maxEntries')),
  };
  const answer = await api('POST', '/admin/api/sources', { json });
  if (answer.ok) return goTo(sourcePath((answer.json as { id: string }).id), 'added');
  if (answer.problem.id !== undefined) return goTo(sourcePath(answer.problem.id), 'known');
  return page(
    'Add a source',
    '/admin/add',
    renderAddPage(url, undefined, formToken, answer.problem),
    answer.problem.status,
  );
}

/** Title, tags, cap and full text. */
export async function changeFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  return change(visit, {
    title: form?.text('title') ?? '',
    tags: splitTags(form?.text('tags') ?? ''),
    maxEntries: toNumber(form?.text('maxEntries')),
    fullText: form?.isOn('fullText') ?? false,
  });
}

/** Tags alone, from the table. */
export async function changeTags(visit: DeskVisit): Promise<Response> {
  return change(visit, { tags: splitTags(visit.form?.text('tags') ?? '') });
}

/** Pauses or resumes. */
export async function pauseOrResume(visit: DeskVisit, enabled: boolean): Promise<Response> {
  return change(visit, { enabled }, enabled ? 'resumed' : 'paused');
}

/** Asks one source now; one that rests is asked only when the owner says so a second time. */
export async function refreshFromForm(visit: DeskVisit): Promise<Response> {
  const force = visit.form?.text('force') === '1' ? '?force=1' : '';
  const answer = await visit.api('POST', `/admin/api/sources/${encodeURIComponent(visit.name)}/refresh${force}`);
  if (!answer.ok) return showSource(visit, answer.problem);
  const { enqueued } = answer.json as { enqueued: number };
  return enqueued === 0 ? goTo(sourcePath(visit.name), 'resting') : goBack(visit, 'asked');
}

/** Asks everything that is due. */
export async function askAll(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('POST', '/admin/api/refresh');
  if (!answer.ok) return toDeskProblem(visit, answer.problem);
  return goTo('/admin', (answer.json as { enqueued: number }).enqueued === 0 ? 'resting-all' : 'asked-all');
}

/** The page that asks before a source is removed. */
export async function showRemoval(visit: DeskVisit): Promise<Response> {
  const report = await find(visit);
  if (report === undefined) return toDeskProblem(visit, undefined);
  return visit.page('Remove a source', '/admin', renderRemovePage(report, visit.formToken));
}

/** Removes it. */
export async function removeFromForm(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('DELETE', `/admin/api/sources/${encodeURIComponent(visit.name)}`);
  return answer.ok ? goTo('/admin', 'removed') : showSource(visit, answer.problem);
}

async function change(visit: DeskVisit, json: object, done: Note = 'saved'): Promise<Response> {
  const answer = await visit.api('PATCH', `/admin/api/sources/${encodeURIComponent(visit.name)}`, { json });
  return answer.ok ? goBack(visit, done) : showSource(visit, answer.problem);
}

/** To the table, at the source's row, when it was done there. */
function goBack({ form, name }: DeskVisit, done: Note): Response {
  return form?.text('back') === 'list'
    ? goTo('/admin', done, `#s-${encodeURIComponent(name)}`)
    : goTo(sourcePath(name), done);
}

async function showSource(visit: DeskVisit, problem?: ApiProblem): Promise<Response> {
  const { url, now, formToken } = visit;
  const report = await find(visit);
  if (report === undefined) return toDeskProblem(visit, problem);
  const main = renderSourcePage({ url, report, now, formToken, ...(problem === undefined ? {} : { problem }) });
  return visit.page(report.source.title, '/admin', main, problem?.status);
}

function find({ ports, name }: DeskVisit): Promise<SourceReport | undefined> {
  return ports.archive.source(name as SourceId);
}

/** What is no number is refused by the API, with its name. */
function toNumber(text = ''): number | string {
  return text === '' ? 0 : /^-?\d+$/.test(text) ? Number(text) : text;
}
