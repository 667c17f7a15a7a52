/**
 * Handles the forms about saved views.
 */
import { type SavedView, toViewName } from '../../../domain/saved-view.ts';
import type { Markup } from '../../../page/markup.ts';
import type { ApiAnswer } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { type ViewDraft, ViewsPage } from './desk-views-page.tsx';
import { NewKeyPage, RemoveViewPage } from './view-questions.tsx';

/** All views, and the form. */
export async function showViews(visit: DeskVisit, answer?: ApiAnswer, draft?: ViewDraft): Promise<Response> {
  const { url, ports, formToken, page } = visit;
  const views = await ports.archive.countedViews();
  const status = answer?.ok === false ? answer.problem.status : 200;
  return page('Views', '/admin/views', <ViewsPage {...{ url, views, formToken, answer, draft }} />, status);
}

/** Saves the form. A new key is shown only on the page that answers. */
export async function saveViewFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  const draft: ViewDraft = {
    name: form?.text('name') ?? '',
    title: form?.text('title') ?? '',
    query: form?.text('query') ?? '',
    tags: form?.text('tags') ?? '',
    isPrivate: form?.isOn('private') ?? false,
  };
  const name = draft.name === '' ? await makeName(visit, draft.title) : draft.name;
  const answer = await save(visit, { ...draft, name }, false);
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

/** Asks before a view is removed. */
export async function showViewRemoval(visit: DeskVisit): Promise<Response> {
  return ask(visit, 'Remove a view', (view) => <RemoveViewPage view={view} formToken={visit.formToken} />);
}

/** Asks before a view gets a new key. */
export async function showNewKey(visit: DeskVisit): Promise<Response> {
  return ask(visit, 'A new key', (view) => <NewKeyPage view={view} formToken={visit.formToken} />);
}

/** Removes it. */
export async function removeViewFromForm(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('DELETE', `/admin/api/views/${encodeURIComponent(visit.name)}`);
  return answer.ok ? goTo('/admin/views', 'view-removed') : toDeskProblem(visit, answer.problem);
}

/** A name that no view has yet. */
async function makeName({ ports }: DeskVisit, title: string): Promise<string> {
  const taken = new Set((await ports.archive.views()).map(({ name }) => name));
  const plain = toViewName(title);
  let name = plain;
  for (let number = 2; taken.has(name); number += 1) name = `${plain}-${number}`;
  return name;
}

async function ask(visit: DeskVisit, title: string, render: (view: SavedView) => Markup): Promise<Response> {
  const view = await find(visit);
  return view === undefined ? toDeskProblem(visit, undefined) : visit.page(title, '/admin/views', render(view));
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
