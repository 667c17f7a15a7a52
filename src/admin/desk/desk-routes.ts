/**
 * Routes the owner's desk. Pages read through the ports of the admin API; actions are calls of the API.
 *
 * A form is accepted when the session's cookie, the form's token and its origin are all ours, though each alone would be
 * enough.
 */
import { type Context, Hono } from 'hono';
import type { Instant } from '../../domain/instant.ts';
import { senderOf } from '../access/authorize.ts';
import type { CountLoginTry } from '../access/login-limit.ts';
import type { Sessions } from '../access/session.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { createApiCall } from './frame/api-call.ts';
import { deskScript, deskScriptPath } from './frame/desk-assets.ts';
import { readDeskForm } from './frame/desk-form.ts';
import { toDeskResponse } from './frame/desk-layout.tsx';
import { toDeskProblem } from './frame/desk-problem-page.tsx';
import type { DeskVisit } from './frame/desk-visit.ts';
import { createLogin } from './login/login.tsx';
import { OffPage } from './login/login-page.tsx';
import { removeRuleFromForm, saveRuleFromForm, showRules } from './rules/rule-actions.tsx';
import { changeAccess } from './sources/access-actions.ts';
import { addFromForm, showAdd } from './sources/add-actions.tsx';
import { askAll, changeFromList, showSources } from './sources/list-actions.tsx';
import { moveFromForm, showMove } from './sources/move-page.tsx';
import { addNewsletterFromForm, decideOnMail } from './sources/newsletter-actions.tsx';
import { saveSelectors, showSelectors } from './sources/selectors-page.tsx';
import { askRemoval, changeFromForm, openSource, pauseOrResume, refreshFromForm } from './sources/source-actions.tsx';
import { showHubSubscribers } from './system/hub-page.tsx';
import { showPrograms } from './system/programs-page.tsx';
import { showAlertFeeds, showSystem } from './system/system-actions.tsx';
import { showTransfer, upload } from './transfer/transfer-actions.tsx';
import {
  newKeyFromForm,
  removeViewFromForm,
  saveViewFromForm,
  showNewKey,
  showViewRemoval,
  showViews,
} from './views/view-actions.tsx';
import { removeWebhookFromForm, saveWebhookFromForm, showWebhook, testWebhookFromForm } from './views/webhook-page.tsx';

/** Everything that the desk needs. */
export interface DeskParts {
  readonly ports: AdminPorts;
  /** Absent without a token: the desk is off then. */
  readonly sessions: Sessions | undefined;
  readonly now: () => Instant;
  readonly fetchApi: (request: Request) => Response | Promise<Response>;
  readonly countTry: CountLoginTry;
}

type Show = (visit: DeskVisit) => Response | Promise<Response>;

/** Creates the routes under /admin, those of the API aside. */
export function createDesk({ ports, sessions, now, fetchApi, countTry }: DeskParts): Hono {
  const desk = new Hono();
  const { siteTitle, adminToken } = ports;
  desk.get(deskScriptPath, () => sendScript());
  if (sessions === undefined || adminToken === undefined) {
    desk.all('*', () => toDeskResponse({ title: 'Owner’s desk', siteTitle, main: OffPage() }, 403));
    return desk;
  }
  const login = createLogin({
    sessions,
    siteTitle,
    adminToken,
    now,
    pause: ports.pause,
    countTry,
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
    // Programs that open a link before a person does must not use it up.
    const isLook = req.method === 'HEAD' || req.header('Sec-Purpose') !== undefined;
    return once === undefined || isLook ? login.show(req.raw, 200) : login.enterByLink(req.raw, once);
  });
  desk.post('/admin/login', ({ req }) => login.enter(req.raw));
  post('/admin/logout', ({ url }) => toPath('/admin/login', { 'Set-Cookie': sessions.close(new Request(url)) }));
  get('/admin', (visit) => showSources(visit));
  desk.get('/admin/', () => toPath('/admin'));
  post('/admin/refresh', askAll);
  post('/admin/sources', changeFromList);
  get('/admin/add', showAdd);
  post('/admin/add', addFromForm);
  get('/admin/sources/:name', (visit) => openSource(visit));
  post('/admin/sources/:name', changeFromForm);
  post('/admin/sources/:name/pause', (visit) => pauseOrResume(visit, false));
  post('/admin/sources/:name/resume', (visit) => pauseOrResume(visit, true));
  post('/admin/sources/:name/refresh', refreshFromForm);
  post('/admin/sources/:name/access', changeAccess);
  post('/admin/sources/:name/mail', decideOnMail);
  post('/admin/add/newsletter', addNewsletterFromForm);
  get('/admin/sources/:name/remove', askRemoval);
  get('/admin/sources/:name/move', (visit) => showMove(visit));
  post('/admin/sources/:name/move', moveFromForm);
  get('/admin/sources/:name/selectors', (visit) => showSelectors(visit));
  post('/admin/sources/:name/selectors', saveSelectors);
  get('/admin/transfer', showTransfer);
  post('/admin/transfer/:name', upload);
  get('/admin/system', showSystem);
  get('/admin/system/alerts', showAlertFeeds);
  get('/admin/system/hub', showHubSubscribers);
  get('/admin/system/programs', showPrograms);
  get('/admin/rules', showRules);
  post('/admin/rules', saveRuleFromForm);
  post('/admin/rules/remove', removeRuleFromForm);
  get('/admin/views', (visit) => showViews(visit));
  post('/admin/views', saveViewFromForm);
  get('/admin/views/:name/key', showNewKey);
  post('/admin/views/:name/key', newKeyFromForm);
  get('/admin/views/:name/webhook', (visit) => showWebhook(visit));
  post('/admin/views/:name/webhook', saveWebhookFromForm);
  post('/admin/views/:name/webhook/test', testWebhookFromForm);
  post('/admin/views/:name/webhook/remove', removeWebhookFromForm);
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
