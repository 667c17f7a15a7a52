/**
 * Handles the forms of the list: changes one source or all chosen ones. Each change is a call of the admin API; then the
 * same page of the list says what was done.
 */
import type { SourceId } from '../../../domain/source.ts';
import type { SourceReport } from '../../../pipeline/source-table.ts';
import type { ApiAnswer, ApiProblem } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import type { NoteCode } from '../frame/notes.tsx';
import { SourcesPage } from './desk-sources-page.tsx';
import { RemovePage } from './remove-page.tsx';
import { readListAddress, readSourceQuestion } from './source-question.ts';

/** Most sources of one form: each is two calls of the Archive, and a request has a bounded number of calls. */
const maxChosen = 200;

const notes = {
  refresh: 'asked',
  pause: 'paused',
  resume: 'resumed',
  tag: 'saved',
  hide: 'saved',
  show: 'saved',
  remove: 'removed',
} as const satisfies Record<string, NoteCode>;

type ListAction = keyof typeof notes;

/** The list. */
export async function showSources(visit: DeskVisit, problem?: ApiProblem, address?: string): Promise<Response> {
  const { ports, now, formToken, page } = visit;
  const url = address === undefined ? visit.url : new URL(address, visit.url);
  const question = readSourceQuestion(url);
  const [table, health] = await Promise.all([ports.archive.sourceTable(question), ports.archive.health()]);
  const main = <SourcesPage {...{ url, question, table, health, now, formToken, problem }} />;
  return page('Sources', '/admin', main, problem?.status);
}

/** Refreshes all due sources. */
export async function askAll(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('POST', '/admin/api/refresh');
  if (!answer.ok) return toDeskProblem(visit, answer.problem);
  return goTo('/admin', (answer.json as { enqueued: number }).enqueued === 0 ? 'resting-all' : 'asked-all');
}

/** Does the action of a button: `one` names an action and a source, `do` an action for all chosen ones. */
export async function changeFromList(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  const back = readListAddress(form?.text('back') ?? '');
  const [action = form?.text('do') ?? '', id] = form?.text('one').split(' ', 2).filter(Boolean) ?? [];
  if (!Object.hasOwn(notes, action)) return toDeskProblem(visit, undefined);
  const ids = id === undefined ? [...new Set(form?.texts('id') ?? [])].slice(0, maxChosen) : [id];
  if (ids.length === 0) return goTo(back, 'none-chosen');
  if (action === 'remove' && form?.text('sure') !== '1') return showRemoval(visit, ids, back);
  return doWithAll(visit, action as ListAction, ids, back);
}

async function doWithAll(
  visit: DeskVisit,
  action: ListAction,
  ids: readonly string[],
  back: string,
): Promise<Response> {
  const failures: { id: string; problem: ApiProblem }[] = [];
  let enqueued = 0;
  for (const id of ids) {
    // One after the other: the Archive is one writer anyway, and a request may have six connections.
    const answer = await call(visit, action, id);
    if (!answer.ok) failures.push({ id, problem: answer.problem });
    else if (action === 'refresh') enqueued += (answer.json as { enqueued: number }).enqueued;
  }
  if (failures.length > 0) return showSources(visit, toProblem(failures, ids.length), back);
  const [id] = ids;
  if (ids.length > 1 || id === undefined) return goTo(back, notes[action], { many: ids.length });
  if (action === 'remove') return goTo(back, 'removed');
  return goTo(back, action === 'refresh' && enqueued === 0 ? 'resting' : notes[action], { at: id });
}

async function call(visit: DeskVisit, action: ListAction, id: string): Promise<ApiAnswer> {
  const path = `/admin/api/sources/${encodeURIComponent(id)}`;
  switch (action) {
    case 'refresh':
      return visit.api('POST', `${path}/refresh`);
    case 'pause':
      return visit.api('PATCH', path, { json: { enabled: false } });
    case 'resume':
      return visit.api('PATCH', path, { json: { enabled: true } });
    case 'hide':
      return visit.api('PATCH', path, { json: { private: true } });
    case 'show':
      return visit.api('PATCH', path, { json: { private: false } });
    case 'remove':
      return visit.api('DELETE', path);
    case 'tag': {
      const held = await find(visit, id);
      const tags = [
        ...(held?.source.tags ?? []).map(({ label }) => label),
        ...splitTags(visit.form?.text('tags') ?? ''),
      ];
      return visit.api('PATCH', path, { json: { tags } });
    }
  }
}

function toProblem(failures: readonly { id: string; problem: ApiProblem }[], all: number): ApiProblem {
  return {
    status: failures[0]?.problem.status ?? 400,
    title: `${failures.length} of ${all} could not be changed`,
    detail: '',
    problems: failures.map(({ id, problem }) => ({ field: id, detail: problem.detail })),
    tried: [],
  };
}

/** Asks before sources are removed. */
export async function showRemoval(visit: DeskVisit, ids: readonly string[], back: string): Promise<Response> {
  const found = await Promise.all(ids.map((id) => find(visit, id)));
  const reports = found.filter((report) => report !== undefined);
  if (reports.length === 0) return toDeskProblem(visit, undefined);
  const main = <RemovePage reports={reports} back={back} formToken={visit.formToken} />;
  return visit.page('Remove', '/admin', main);
}

function find({ ports }: DeskVisit, id: string): Promise<SourceReport | undefined> {
  return ports.archive.source(id as SourceId);
}
