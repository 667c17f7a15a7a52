/**
 * Lists, saves, removes and explains views.
 *
 * The key of a private view is shown once, when it is made; only its digest is stored.
 */

import { renderRfc3339 } from '../../domain/instant.ts';
import { hashViewKey, isViewName, type SavedView } from '../../domain/saved-view.ts';
import { feedFileNames } from '../../domain/view.ts';
import { toTags } from '../../feed/tag/tag-entry.ts';
import type { NamedEntry } from '../../pipeline/archive-owner.ts';
import type { WebhookReport } from '../../pipeline/push/receiver.ts';
import { canonicalQuery } from '../../query/language/canonical.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { toAdminProblem, toInputProblem, toJsonResponse } from './admin-problem.ts';
import { viewToSave } from './contract/schema.ts';
import { toWebhook, toWebhookJson } from './push-handlers.ts';
import { readJson } from './request-body.ts';
import { readViewQuery } from './view-query.ts';

/** Most saved views: they are part of the window's index. */
const maxViews = 500;

/** `GET /admin/api/views` */
export async function listViews({ archive }: AdminPorts, origin: string): Promise<Response> {
  const [views, webhooks] = await Promise.all([archive.views(), archive.webhooks()]);
  return toJsonResponse(views.map((view) => toViewJson(view, origin, webhooks)));
}

/** `GET /admin/api/views/{name}` */
export async function showView({ archive }: AdminPorts, name: string, origin: string): Promise<Response> {
  const view = (await archive.views()).find((held) => held.name === name);
  return view === undefined ? toUnknownView(name) : toJsonResponse(toViewJson(view, origin, await archive.webhooks()));
}

/** `PUT /admin/api/views/{name}`: 201 when it is new. `newKey` makes a new key, which replaces the former one. */
export async function saveView({ archive }: AdminPorts, name: string, request: Request): Promise<Response> {
  const body = await readJson(request, viewToSave);
  if (!body.ok) return body.failure;
  const { title, query, tags = [], private: isPrivate = false, newKey = false, webhook } = body.value;
  const views = await archive.views();
  const search = readViewQuery(query, views);
  const parsed = parseQuery(new URLSearchParams(search));
  const problems = [
    ...(search === undefined
      ? [
          {
            field: 'query',
            detail: 'is not the address of a view: give that of a tag, a source, a view, a search or a feed',
          },
        ]
      : []),
    ...(isViewName(name)
      ? []
      : [{ field: 'name', detail: 'must be letters and numbers in lower case, with - _ . inside' }]),
    ...(parsed.ok ? [] : parsed.failure.map(({ parameter, detail }) => ({ field: `query.${parameter}`, detail }))),
    ...(parsed.ok && parsed.value.before !== undefined
      ? [{ field: 'query.before', detail: 'names one page only: leave it out' }]
      : []),
  ];
  if (!parsed.ok || problems.length > 0) return toInputProblem(problems);
  const held = views.find((view) => view.name === name);
  if (held === undefined && views.length >= maxViews) {
    return toAdminProblem({
      status: 409,
      title: 'Too many views',
      detail: `There are ${maxViews} views already, and no more are allowed. Remove one first.`,
    });
  }
  const key = isPrivate && (newKey || held?.keyHash === undefined) ? makeKey() : undefined;
  const keyHash = key === undefined ? held?.keyHash : hashViewKey(key);
  const view: SavedView = {
    name,
    title,
    query: canonicalQuery(parsed.value),
    tags: toTags(tags, held?.tags ?? []),
    ...(isPrivate && keyHash !== undefined ? { keyHash } : {}),
  };
  await archive.saveView(view, webhook && toWebhook(webhook, await archive.webhook(name)));
  const json = toViewJson(view, new URL(request.url).origin, await archive.webhooks(), key);
  return toJsonResponse(json, held === undefined ? 201 : 200);
}

/** `DELETE /admin/api/views/{name}` */
export async function removeView({ archive }: AdminPorts, name: string): Promise<Response> {
  if (!(await archive.removeView(name))) return toUnknownView(name);
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
}

/** 128 random bits, in characters that need no escape in a URL. */
function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toViewJson(
  view: SavedView,
  origin: string,
  webhooks: readonly WebhookReport[],
  key?: string,
): Record<string, unknown> {
  const webhook = webhooks.find((report) => report.view === view.name);
  const page = `${origin}/views/${encodeURIComponent(view.name)}`;
  const search = key === undefined ? '' : `?key=${key}`;
  return {
    name: view.name,
    title: view.title,
    query: view.query,
    tags: view.tags.map((tag) => tag.slug),
    private: view.keyHash !== undefined,
    page: `${page}${search}`,
    rss: `${page}/${feedFileNames.rss}${search}`,
    atom: `${page}/${feedFileNames.atom}${search}`,
    json: `${page}/${feedFileNames.json}${search}`,
    ...(key === undefined ? {} : { key }),
    ...(webhook === undefined ? {} : { webhook: toWebhookJson(webhook) }),
  };
}

function toUnknownView(name: string): Response {
  return toAdminProblem({
    status: 404,
    title: 'Unknown view',
    detail: `There is no view "${name}". GET /admin/api/views lists all of them.`,
    view: name,
  });
}

/** Answers `GET /admin/api/explain`, and `explain=1` at a feed: why a view is as it is, and what it costs. `now` is epoch milliseconds. */
export async function explainQuery({ archive }: AdminPorts, request: Request, now: () => number): Promise<Response> {
  const query = parseQuery(new URL(request.url).searchParams);
  if (!query.ok) return toInputProblem(query.failure.map(({ parameter, detail }) => ({ field: parameter, detail })));
  const startedAt = now();
  const { kept, dropped, cost, horizon, ...rest } = await archive.explain(query.value);
  // The Archive's own clock stands still while it works, so the time is that of the whole call.
  const ms = now() - startedAt;
  return toJsonResponse({
    ...rest,
    cost: { ...cost, ms },
    ...(horizon === undefined ? {} : { horizon: renderRfc3339(horizon) }),
    kept: kept.map(toJson),
    dropped: dropped.map(toJson),
  });
}

function toJson({ sortAt, ...named }: NamedEntry): object {
  return { ...named, sortAt: renderRfc3339(sortAt) };
}
