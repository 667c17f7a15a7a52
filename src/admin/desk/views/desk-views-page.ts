/**
 * Saved views: a query with a name, open to all or behind a key. A key is shown once, when it is made.
 */
import type { SavedView } from '../../../domain/saved-view.ts';
import { html, type Markup } from '../../../page/html.ts';
import type { savedView } from '../../api/contract/schema.ts';
import type { ApiAnswer, ApiProblem } from '../frame/api-call.ts';
import { postButton, renderProblem, renderTags, tokenField } from '../frame/desk-layout.ts';
import { renderDone } from '../frame/notes.ts';

/** What the API answers when a view was saved. */
type SavedJson = (typeof savedView)['_zod']['output'];

/** What the page is made of. */
export interface ViewsView {
  readonly url: URL;
  readonly views: readonly SavedView[];
  readonly formToken: string;
  /** What saving gave. */
  readonly answer?: ApiAnswer;
  /** What was typed, when it could not be saved. */
  readonly draft?: ViewDraft;
}

/** The fields of the form. */
export interface ViewDraft {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  readonly tags: string;
  readonly isPrivate: boolean;
}

/** Makes its content. */
export function renderViewsPage({ url, views, formToken, answer, draft }: ViewsView): Markup {
  const held = views.find(({ name }) => name === url.searchParams.get('edit'));
  const shown = draft ?? (held === undefined ? undefined : toDraft(held));
  return html`<h1>Views</h1><p class="lede">A query with a name: one address for exactly what you want, also for those you share it with.</p>${renderDone(url)}${answer !== undefined && (answer.ok ? renderSaved(answer.json as SavedJson) : renderProblem(answer.problem))}${
    views.length > 0 &&
    html`<section><h2>Saved views</h2><ul class="entries">${views.map((view) => renderView(view, formToken))}</ul></section>`
  }<section class="panel"><h2>${held === undefined ? 'Save a view' : html`Change <bdi>${held.title}</bdi>`}</h2>${renderForm(shown, held !== undefined, formToken)}</section>`;
}

function renderView({ name, title, query, tags, keyHash }: SavedView, formToken: string): Markup {
  const path = `/admin/views/${encodeURIComponent(name)}`;
  const isPrivate = keyHash !== undefined;
  return html`<li><h3>${isPrivate ? html`<bdi>${title}</bdi>` : html`<a href="/views/${encodeURIComponent(name)}"><bdi>${title}</bdi></a>`} <span class="badge ${isPrivate ? 'warn' : 'good'}">${isPrivate ? 'Private' : 'Public'}</span></h3><p class="soft"><code>${name}</code> · <a href="/search?${query}"><bdi>${query === '' ? 'everything' : readable(query)}</bdi></a></p>${renderTags(tags.map(({ label }) => label))}<div class="acts"><a class="button quiet" href="/admin/views?edit=${encodeURIComponent(name)}#title" aria-label="Change ${title}">Change</a>${
    isPrivate && postButton(formToken, `${path}/key`, 'New key', 'quiet', {}, `for ${title}`)
  }<a class="button quiet danger" href="${path}/remove" aria-label="Remove ${title}">Remove…</a></div></li>`;
}

function renderSaved({ title, page, rss, atom, json, key }: SavedJson): Markup {
  const addresses = [
    ['Page', page],
    ['RSS', rss],
    ['Atom', atom],
    ['JSON Feed', json],
  ] as const;
  return html`<section class="panel good" role="status"><h2><bdi>${title}</bdi> is saved</h2>${
    key !== undefined &&
    html`<p><strong>Its key is in these addresses. Keep them now: the key is not shown again.</strong> Whoever has one of them can read the view; a new key shuts it for all who have the old one, as soon as that is published, usually within a minute.</p>`
  }${addresses.map(
    ([label, address], position) =>
      html`<div class="address"><label for="address-${position}">${label}<input id="address-${position}" readonly value="${address}"></label><button type="button" class="quiet" data-copy="address-${position}" aria-label="Copy the ${label} address" hidden>Copy</button></div>`,
  )}</section>`;
}

function renderForm(draft: ViewDraft | undefined, isKnown: boolean, formToken: string): Markup {
  return html`<form method="post" action="/admin/views">${tokenField(formToken)}<div class="fields"><label>Title<input id="title" name="title" required maxlength="500" dir="auto" value="${draft?.title ?? ''}"></label><label>Name in its address<input name="name" required maxlength="100" value="${draft?.name ?? ''}"${isKnown && html` readonly`}><span class="hint">Small letters and numbers, with - _ . inside.</span></label><label class="wide">Query<input name="query" value="${draft?.query ?? ''}" placeholder="tag=water,rivers&amp;lang=en&amp;q=-sport"><span class="hint">As in the address of a feed. <a href="/search">Search</a> until you see what you want, then copy what follows the “?”.</span></label><label>Tags<input name="tags" dir="auto" value="${draft?.tags ?? ''}"><span class="hint">What you file the view under. Separate them with commas.</span></label><label class="check"><input type="checkbox" name="private"${draft?.isPrivate === true && html` checked`}><span>Private<span class="hint">It opens only with a key in its address.</span></span></label><div class="wide"><button>Save the view</button></div></div></form>`;
}

/** The page that asks before a view is removed. */
export function renderRemoveViewPage({ name, title }: SavedView, formToken: string, problem?: ApiProblem): Markup {
  const path = `/admin/views/${encodeURIComponent(name)}/remove`;
  return html`<h1>Remove the view <bdi>${title}</bdi>?</h1>${problem !== undefined && renderProblem(problem)}<div class="panel"><p>Its addresses open nothing any more, for everybody who has them. The entries stay where they are.</p></div><div class="acts">${postButton(formToken, path, 'Remove it', 'danger')}<a class="button quiet" href="/admin/views">Keep it</a></div>`;
}

function toDraft({ name, title, query, tags, keyHash }: SavedView): ViewDraft {
  return { name, title, query, tags: tags.map(({ label }) => label).join(', '), isPrivate: keyHash !== undefined };
}

/** Percent-encoding is for machines. */
function readable(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}
