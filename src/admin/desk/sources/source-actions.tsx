/**
 * Handles the forms on the page of one source. Each change is a call of the admin API; then a page says what was done.
 */
import type { SourceId } from '../../../domain/source.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import type { NoteCode } from '../frame/notes.tsx';
import { SourcePage } from './desk-source-page.tsx';
import { showRemoval } from './list-actions.tsx';
import { sourcePath } from './source-row.tsx';

/** One source. */
export async function openSource(visit: DeskVisit, problem?: ApiProblem): Promise<Response> {
  const { url, now, formToken, ports, name } = visit;
  const report = await ports.archive.source(name as SourceId);
  if (report === undefined) return toDeskProblem(visit, problem);
  const { source } = report;
  const [details, book] = await Promise.all([ports.archive.sourceDetails(source.id), ports.archive.ruleBook()]);
  const main = <SourcePage {...{ url, report, details, book, now, formToken, problem }} />;
  return visit.page(source.title, '/admin', main, problem?.status);
}

/** Changes title, tags, cap and full text. */
export async function changeFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  return change(visit, {
    title: form?.text('title') ?? '',
    tags: splitTags(form?.text('tags') ?? ''),
    maxEntries: toNumber(form?.text('maxEntries')),
    fullText: form?.isOn('fullText') ?? false,
  });
}

/** Pauses or resumes. */
export async function pauseOrResume(visit: DeskVisit, enabled: boolean): Promise<Response> {
  return change(visit, { enabled }, enabled ? 'resumed' : 'paused');
}

/** Refreshes the source now. A source that rests is refreshed only when the owner confirms. */
export async function refreshFromForm(visit: DeskVisit): Promise<Response> {
  const force = visit.form?.text('force') === '1' ? '?force=1' : '';
  const answer = await visit.api('POST', `/admin/api/sources/${encodeURIComponent(visit.name)}/refresh${force}`);
  if (!answer.ok) return openSource(visit, answer.problem);
  const { enqueued } = answer.json as { enqueued: number };
  return goTo(sourcePath(visit.name), enqueued === 0 ? 'resting' : 'asked');
}

/** Asks before the source is removed. */
export async function askRemoval(visit: DeskVisit): Promise<Response> {
  return showRemoval(visit, [visit.name], '/admin');
}

async function change(visit: DeskVisit, json: object, done: NoteCode = 'saved'): Promise<Response> {
  const answer = await visit.api('PATCH', `/admin/api/sources/${encodeURIComponent(visit.name)}`, { json });
  return answer.ok ? goTo(sourcePath(visit.name), done) : openSource(visit, answer.problem);
}

/** Text that is no number goes to the API unchanged, which refuses it and names the field. */
export function toNumber(text = ''): number | string {
  return text === '' ? 0 : /^-?\d+$/.test(text) ? Number(text) : text;
}
