/**
 * What the owner does with saved views at the desk.
 */
import type { SavedView } from '../../../domain/saved-view.ts';
import type { ApiAnswer } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-layout.ts';
import { toDeskProblem } from '../frame/desk-problem-page.ts';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { renderRemoveViewPage, renderViewsPage, type ViewDraft } from './desk-views-page.ts';

/** All views, and the form. */
export async function showViews(visit: DeskVisit, answer?: ApiAnswer, draft?: ViewDraft): Promise<Response> {
  const { url, ports, formToken, page } = visit;
  const views = await ports.archive.views();
  const given = { ...(answer === undefined ? {} : { answer }), ...(draft === undefined ? {} : { draft }) };
  const status = answer?.ok === false ? answer.problem.status : 200;
  return page('Views', '/admin/views', renderViewsPage({ url, views, formToken, ...given }), status);
}

/** Saves what the form says; a new key is shown on the page that answers, and nowhere else. */
export async function saveViewFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  const draft: ViewDraft = {
    name: form?.text('name') ?? '',
    title: form?.text('title') ?? '',
    query: (form?.text('query') ?? '').replace(/^\?/, ''),
    tags: form?.text('tags') ?? '',
    isPrivate: form?.isOn('private') ?? false,
  };
  const answer = await save(visit, draft, false);
  return showViews(visit, answer, answer.ok ? undefined : draft);
}

/** Makes a new key of a private view. */
export async function newKeyFromForm(visit: DeskVisit): Promise<Response> {
  const view = await find(visit);
  if (view === undefined) return toDeskProblem(visit, undefined);
  const { name, title, query, tags } = view;
  const draft = { name, title, query, tags: tags.map(({ label }) => label).join(','), isPrivate: true };
  return showViews(visit, await save(visit, draft, true));
}

/** The page that asks before a view is removed. */
export async function showViewRemoval(visit: DeskVisit): Promise<Response> {
  const view = await find(visit);
  if (view === undefined) return toDeskProblem(visit, undefined);
  return visit.page('Remove a view', '/admin/views', renderRemoveViewPage(view, visit.formToken));
}

/** Removes it. */
export async function removeViewFromForm(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('DELETE', `/admin/api/views/${encodeURIComponent(visit.name)}`);
  return answer.ok ? goTo('/admin/views', 'view-removed') : toDeskProblem(visit, answer.problem);
}

function save(
  { api }: DeskVisit,
  { name, title, query, tags, isPrivate }: ViewDraft,
  newKey: boolean,
): Promise<ApiAnswer> {
  const json = { title, query, tags: splitTags(tags), private: isPrivate, newKey };
  return api('PUT', `/admin/api/views/${encodeURIComponent(name)}`, { json });
}

async function find({ ports, name }: DeskVisit): Promise<SavedView | undefined> {
  return (await ports.archive.views()).find((view) => view.name === name);
}
