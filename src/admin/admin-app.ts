/**
 * Routes the owner's side: checks who calls, and passes each call to its handler. Loaded on demand.
 */
import { type Context, Hono } from 'hono';
import { toPrintableJson } from '../domain/printable.ts';
import { archiveUnavailable, type RefreshPorts } from '../pipeline/ports.ts';
import { refuseCall } from './access/authorize.ts';
import type { TokenLimit } from './access/bearer-token.ts';
import { createLoginLimit } from './access/login-limit.ts';
import { createSessions } from './access/session.ts';
import type { AdminPorts } from './admin-ports.ts';
import { toAdminProblem, toJsonResponse } from './api/admin-problem.ts';
import { alertFormatOf, serveAlertFeed, showAlertAddresses } from './api/alerts/alert-handlers.ts';
import { recordArticles } from './api/article-handlers.ts';
import { backUp } from './api/backup/back-up.ts';
import { restore } from './api/backup/restore-backup.ts';
import { renderOpenApi } from './api/contract/openapi.ts';
import type { Operation } from './api/contract/operation.ts';
import { operations } from './api/contract/operations.ts';
import { showMetrics } from './api/metrics.ts';
import { showHub, testWebhook } from './api/push-handlers.ts';
import { findHidden, previewRules, saveRules, showRules } from './api/rule-handlers.ts';
import { addSource } from './api/sources/add-source.ts';
import { createAnswerMemory } from './api/sources/answer-memory.ts';
import { acceptMail, dropMail } from './api/sources/newsletter-handlers.ts';
import { exportSubscriptions, importSubscriptions } from './api/sources/opml-handlers.ts';
import { previewSource } from './api/sources/preview-source.ts';
import {
  changeSource,
  listSources,
  refreshAll,
  refreshOne,
  removeSource,
  showSource,
} from './api/sources/source-handlers.ts';
import { explainQuery, listViews, removeView, saveView, showView } from './api/view-handlers.ts';
import { createDesk } from './desk/desk-routes.ts';

/** Creates the app; one per isolate. */
export function createAdminApp(ports: AdminPorts): Hono {
  const app = new Hono();
  const remember = createAnswerMemory();
  const asking = ({ req }: Context): RefreshPorts => {
    const upstream = ports.refreshPorts(new URL(req.url).host);
    return { ...upstream, retrieve: remember(upstream.retrieve, upstream.now) };
  };

  const sessions = ports.adminToken === undefined ? undefined : createSessions(ports.adminToken);
  const { now } = ports;
  const limit: TokenLimit = { countTry: createLoginLimit(), pause: ports.pause, now };
  // The desk's own calls are authorized by its session, so the limit on guessing does not apply to them.
  const callsOfDesk = new WeakSet<Request>();
  const fetchApi = (request: Request): Response | Promise<Response> => {
    callsOfDesk.add(request);
    return app.fetch(request);
  };
  const desk = createDesk({ ports, sessions, now, fetchApi, countTry: limit.countTry });

  app.use('*', async (context, next) => {
    const { req } = context;
    const alertFormat = alertFormatOf(req.path);
    if (alertFormat !== undefined) return serveAlertFeed(ports, req.raw, alertFormat, limit);
    if (isOfDesk(req.path)) return desk.fetch(req.raw);
    const isPublic = operations.some((operation) => operation.isPublic === true && operation.path === req.path);
    const isOpen = isPublic || callsOfDesk.has(req.raw);
    const refusal = isOpen ? undefined : await refuseCall(req.raw, ports.adminToken, sessions, limit);
    if (refusal !== undefined) return refusal;
    await next();
    await noteOwnerAction(ports, context);
    return undefined;
  });
  app.get('/admin/api/sources', () => listSources(ports));
  app.post('/admin/api/sources', (context) => addSource(ports, asking(context), context.req.raw));
  app.get('/admin/api/sources/:id', (context) => showSource(ports, idOf(context)));
  app.patch('/admin/api/sources/:id', (context) =>
    changeSource(ports, asking(context), idOf(context), context.req.raw),
  );
  app.delete('/admin/api/sources/:id', (context) => removeSource(ports, idOf(context)));
  app.post('/admin/api/sources/:id/refresh', (context) => refreshOne(ports, idOf(context), context.req.raw));
  app.post('/admin/api/sources/:id/mail/:mail', (context) => acceptMail(ports, idOf(context), mailOf(context)));
  app.delete('/admin/api/sources/:id/mail/:mail', (context) => dropMail(ports, idOf(context), mailOf(context)));
  app.post('/admin/api/refresh', ({ req }) => refreshAll(ports, req.raw));
  app.get('/admin/api/opml', () => exportSubscriptions(ports));
  app.post('/admin/api/opml', ({ req }) => importSubscriptions(ports, req.raw));
  app.post('/admin/api/entries', ({ req }) => recordArticles(ports, req.raw));
  app.get('/admin/api/preview', (context) => previewSource(ports, asking(context), context.req.raw));
  app.get('/admin/api/views', ({ req }) => listViews(ports, new URL(req.url).origin));
  app.get('/admin/api/views/:id', (context) => showView(ports, idOf(context), new URL(context.req.url).origin));
  app.put('/admin/api/views/:id', (context) => saveView(ports, idOf(context), context.req.raw));
  app.delete('/admin/api/views/:id', (context) => removeView(ports, idOf(context)));
  app.post('/admin/api/views/:id/webhook/test', (context) => testWebhook(ports, idOf(context)));
  app.get('/admin/api/hub', () => showHub(ports));
  app.get('/admin/api/explain', (context) => explainQuery(ports, context.req.raw, now));
  app.get('/admin/api/rules', () => showRules(ports));
  app.put('/admin/api/rules', ({ req }) => saveRules(ports, req.raw));
  app.post('/admin/api/rules/preview', ({ req }) => previewRules(ports, req.raw));
  app.get('/admin/api/rules/hidden', ({ req }) => findHidden(ports, req.raw));
  app.get('/admin/api/export', ({ req }) => backUp(ports, now(), req.query('secrets') === '1'));
  app.post('/admin/api/import', ({ req }) => restore(ports, req.raw));
  app.get('/admin/api/alerts', ({ req }) => showAlertAddresses(ports, req.raw));
  app.get('/metrics', () => showMetrics(ports));
  app.get('/openapi.json', ({ req }) => {
    const facts = { title: ports.siteTitle, version: ports.version, origin: new URL(req.url).origin };
    return toJsonResponse(renderOpenApi(facts), 200, { 'Access-Control-Allow-Origin': '*' });
  });
  app.notFound(({ req }) => toMissing(req.method, req.path));
  app.onError((error) => {
    console.error(toPrintableJson({ event: 'admin-request-failed', error: String(error), stack: error.stack }));
    if (error.message.startsWith(archiveUnavailable)) {
      const detail =
        'The archive cannot be asked now. Every change is made whole or not at all; try again in some minutes.';
      return toAdminProblem({ status: 503, title: 'Not available now', detail }, { 'Retry-After': '300' });
    }
    return toAdminProblem({
      status: 500,
      title: 'Internal error',
      detail: 'This is a fault of the server. Every change is made whole or not at all; try again.',
    });
  });
  return app;
}

/** Logs in the owner's log that a call changed something. */
async function noteOwnerAction({ archive }: AdminPorts, { req, res }: Context): Promise<void> {
  if (!res.ok || req.method === 'GET' || req.method === 'HEAD') return;
  const operation = operations.find((one) => one.method === req.method.toLowerCase() && isAt(one, req.path));
  if (operation !== undefined && operation.changesNothing !== true)
    await archive.noteAction(operation.id, subjectOf(operation, req.path));
}

/** The value of a path parameter. */
function subjectOf({ path }: Operation, given: string): string {
  const at = path.split('/').findIndex((part) => part.startsWith('{'));
  return at === -1 ? '' : decodeURIComponent(given.split('/')[at] ?? '');
}

/** Everything under /admin outside the API is a page. */
function isOfDesk(path: string): boolean {
  return (path === '/admin' || path.startsWith('/admin/')) && !path.startsWith('/admin/api/');
}

function idOf({ req }: Context): string {
  return req.param('id') ?? '';
}

function mailOf({ req }: Context): string {
  return req.param('mail') ?? '';
}

/** OPTIONS lists the known methods; another method is a 405, and a path without methods a 404. */
function toMissing(method: string, path: string): Response {
  const allowed = operations.filter((operation) => isAt(operation, path)).map((one) => one.method.toUpperCase());
  if (allowed.length === 0) {
    return toAdminProblem({
      status: 404,
      title: 'Not found',
      detail: `There is nothing at ${path}. /openapi.json lists every call.`,
    });
  }
  const Allow = [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow } });
  return toAdminProblem(
    {
      status: 405,
      title: 'Method not allowed',
      detail: `${method} is not known at ${path}. Allowed: ${allowed.join(', ')}.`,
    },
    { Allow },
  );
}

function isAt(operation: Operation, path: string): boolean {
  const [wanted, given] = [operation.path.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at]);
}
