/**
 * The routes of the owner's desk: pages read through the ports of the admin API, actions are its calls.
 *
 * A form is believed when the session's cookie, its own token and its origin are ours; each by itself would do.
 */
import { type Context, Hono } from 'hono';
import type { Instant } from '../../domain/instant.ts';
import { senderOf } from '../access/same-origin.ts';
import type { Sessions } from '../access/session.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { createApiCall } from './frame/api-call.ts';
import { readDeskForm } from './frame/desk-form.ts';
import { toDeskResponse } from './frame/desk-layout.ts';
import { toDeskProblem } from './frame/desk-problem-page.ts';
import { deskScript, deskScriptPath } from './frame/desk-script.ts';
import type { DeskVisit } from './frame/desk-visit.ts';
import { createLogin } from './login/login.ts';
import { renderOffPage } from './login/login-page.ts';
import { removeRuleFromForm, saveRuleFromForm, showRules } from './rules/rule-actions.ts';
import { renderAddPage } from './sources/add-page.ts';
import { renderSourcesPage } from './sources/desk-sources-page.ts';
import {
  addFromForm,
  askAll,
  changeFromForm,
  changeTags,
  openSource,
  pauseOrResume,
  refreshFromForm,
  removeFromForm,
  showRemoval,
} from './sources/source-actions.ts';
import { upload } from './transfer/transfer-actions.ts';
import { renderTransferPage } from './transfer/transfer-page.ts';
import {
  newKeyFromForm,
  removeViewFromForm,
  saveViewFromForm,
  showViewRemoval,
  showViews,
} from './views/view-actions.ts';

/** What the desk is made of. */
export interface DeskParts {
  readonly ports: AdminPorts;
  /** Absent where there is no token: the desk is off. */
  readonly sessions: Sessions | undefined;
  readonly now: () => Instant;
  readonly fetchApi: (request: Request) => Response | Promise<Response>;
}

type Show = (visit: DeskVisit) => Response | Promise<Response>;

/** Creates the routes under /admin, those of the API aside. */
export function createDesk({ ports, sessions, now, fetchApi }: DeskParts): Hono {
  const desk = new Hono();
  const { siteTitle, adminToken } = ports;
  desk.get(deskScriptPath, () => sendScript());
  if (sessions === undefined || adminToken === undefined) {
    desk.all('*', () => toDeskResponse({ title: 'Owner’s desk', siteTitle, main: renderOffPage() }, 403));
    return desk;
  }
  const login = createLogin({
    sessions,
    siteTitle,
    adminToken,
    now,
    pause: (ms) => ports.refreshPorts('').pause(ms),
    useLink: ports.archive.useLoginLink,
  });
  const visitOf = async (context: Context): Promise<DeskVisit | undefined> => {
    const request = context.req.raw;
    const session = await sessions.find(request, now());
    if (session === undefined) return undefined;
    const url = new URL(request.url);
    const { formToken } = session;
    const page: DeskVisit['page'] = (title, current, main, status) =>
      toDeskResponse({ title, siteTitle, formToken, current, main }, status);
    const name = context.req.param('name') ?? '';
    return { url, name, ports, page, formToken, now: now(), api: createApiCall(url.origin, adminToken, fetchApi) };
  };
  const get = (path: string, show: Show): void => {
    desk.get(path, async (context) => {
      const visit = await visitOf(context);
      return visit === undefined ? login.show(context.req.raw, 401) : show(visit);
    });
  };
  const post = (
    path: string,
    act: (visit: DeskVisit, form: DeskVisit['form']) => Response | Promise<Response>,
  ): void => {
    desk.post(path, async (context) => {
      const request = context.req.raw;
      const visit = await visitOf(context);
      if (visit === undefined)
        return login.show(request, 401, 'The session has expired. Nothing was changed. Log in, then do it again.');
      if (senderOf(request) === 'foreign') return refuseForm(visit);
      const form = await readDeskForm(request);
      if (!form.ok) return toDeskProblem(visit, form.failure);
      if (form.value.text('token') !== visit.formToken) return refuseForm(visit);
      return act({ ...visit, form: form.value }, form.value);
    });
  };

  desk.get('/admin/login', async ({ req }) => {
    if ((await sessions.find(req.raw, now())) !== undefined) return toPath('/admin');
    const once = req.query('once');
    // Programs that look at a link before a person opens it must not use it up.
    const isLook = req.method === 'HEAD' || req.header('Sec-Purpose') !== undefined;
    return once === undefined || isLook ? login.show(req.raw, 200) : login.enterByLink(req.raw, once);
  });
  desk.post('/admin/login', ({ req }) => login.enter(req.raw));
  post('/admin/logout', ({ url }) => toPath('/admin/login', { 'Set-Cookie': sessions.close(new Request(url)) }));
  get('/admin', async ({ url, page, formToken, now }) => {
    const [reports, health] = await Promise.all([ports.archive.sources(), ports.archive.health()]);
    return page('Sources', '/admin', renderSourcesPage({ url, reports, health, now, formToken }));
  });
  desk.get('/admin/', () => toPath('/admin'));
  post('/admin/refresh', askAll);
  get('/admin/add', async ({ url, page, api, formToken }) => {
    const address = url.searchParams.get('url')?.trim() ?? '';
    const answer =
      address === '' ? undefined : await api('GET', `/admin/api/preview?url=${encodeURIComponent(address)}`);
    return page(
      'Add a source',
      '/admin/add',
      renderAddPage(address, answer, formToken),
      answer?.ok === false ? 422 : 200,
    );
  });
  post('/admin/add', addFromForm);
  get('/admin/sources/:name', openSource);
  post('/admin/sources/:name', changeFromForm);
  post('/admin/sources/:name/tags', changeTags);
  post('/admin/sources/:name/pause', (visit) => pauseOrResume(visit, false));
  post('/admin/sources/:name/resume', (visit) => pauseOrResume(visit, true));
  post('/admin/sources/:name/refresh', refreshFromForm);
  get('/admin/sources/:name/remove', showRemoval);
  post('/admin/sources/:name/remove', removeFromForm);
  get('/admin/transfer', async ({ page, formToken }) =>
    page(
      'Import and backup',
      '/admin/transfer',
      renderTransferPage({ health: await ports.archive.health(), formToken }),
    ),
  );
  post('/admin/transfer/:name', upload);
  get('/admin/rules', showRules);
  post('/admin/rules', saveRuleFromForm);
  post('/admin/rules/remove', removeRuleFromForm);
  get('/admin/views', (visit) => showViews(visit));
  post('/admin/views', saveViewFromForm);
  post('/admin/views/:name/key', newKeyFromForm);
  get('/admin/views/:name/remove', showViewRemoval);
  post('/admin/views/:name/remove', removeViewFromForm);
  get('/admin/*', (visit) => toDeskProblem(visit, undefined));
  desk.notFound(({ req }) => login.show(req.raw, 404, 'There is nothing at that address.'));
  return desk;
}

function refuseForm(visit: DeskVisit): Promise<Response> {
  const detail =
    'The form did not come from a page of this session. Nothing was changed. Go back, load the page anew, and try again.';
  return toDeskProblem(visit, { status: 403, title: 'Not from here', detail, problems: [], tried: [] });
}

function toPath(path: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'no-store', ...headers } });
}

function sendScript(): Response {
  return new Response(deskScript, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
