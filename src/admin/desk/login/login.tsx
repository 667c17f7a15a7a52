/**
 * Answers the login page, its form, and one-time login links.
 *
 * After the login the owner gets the page that was asked for. A link from another site (the bookmarklet, a phone's share
 * menu) carries no cookie, because the cookie is SameSite=Strict: `/admin/add` then loads once more from this site.
 */
import type { Instant } from '../../../domain/instant.ts';
import { count } from '../../../page/plural.ts';
import { senderOf } from '../../access/authorize.ts';
import { isSameSecret } from '../../access/bearer-token.ts';
import type { CountLoginTry } from '../../access/login-limit.ts';
import { readLoginLink, type Sessions } from '../../access/session.ts';
import { readDeskForm } from '../frame/desk-form.ts';
import { toDeskResponse } from '../frame/desk-layout.tsx';
import { LoginPage, ReturnPage } from './login-page.tsx';

/** Everything that the login needs. */
export interface LoginParts {
  readonly sessions: Sessions;
  readonly siteTitle: string;
  readonly adminToken: string;
  readonly now: () => Instant;
  readonly pause: (ms: number) => Promise<void>;
  readonly countTry: CountLoginTry;
  /** Marks a login link as used; `false` when it was used before. */
  readonly useLink: (nonce: string, expiresAt: Instant) => Promise<boolean>;
}

/** The answers of the login. */
export interface Login {
  /** The form. `request` is the one without a session: its page is opened after the login. */
  readonly show: (request: Request, status: number, problem?: string) => Response;
  readonly enter: (request: Request) => Promise<Response>;
  readonly enterByLink: (request: Request, once: string) => Promise<Response>;
}

/** Creates the login. */
export function createLogin(parts: LoginParts): Login {
  const { sessions, siteTitle, adminToken, now, pause, countTry, useLink } = parts;
  const showForm = (next: string, status: number, problem?: string, headers?: Record<string, string>): Response =>
    toDeskResponse({ title: 'Log in', siteTitle, main: <LoginPage next={next} problem={problem} /> }, status, headers);
  const open = async (request: Request, next: string): Promise<Response> => {
    const cookie = await sessions.open(request, now());
    const headers = { Location: next, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' };
    return new Response(null, { status: 303, headers: { ...headers, 'Referrer-Policy': 'no-referrer' } });
  };
  return {
    show: (request, status, problem) => {
      const { pathname, search } = new URL(request.url);
      const next = request.method === 'GET' ? toNext(pathname + search) : '/admin';
      if (status === 401 && pathname === '/admin/add' && request.headers.get('Sec-Fetch-Site') === 'cross-site') {
        return toDeskResponse({ title: 'Add a source', siteTitle, main: <ReturnPage next={next} /> }, 200, {
          Refresh: `0; url=${next}`,
        });
      }
      return showForm(next, status, problem);
    },
    enter: async (request) => {
      if (senderOf(request) === 'foreign') return showForm('/admin', 403, 'The form did not come from this site.');
      const tried = countTry(request, now());
      if (!tried.isAllowed) {
        const words = `Too many wrong tokens. Try again in ${count(Math.ceil(tried.retryAfterMs / 60_000), 'minute')}.`;
        return showForm('/admin', 429, words, { 'Retry-After': String(Math.ceil(tried.retryAfterMs / 1000)) });
      }
      if (tried.pauseMs > 0) await pause(tried.pauseMs);
      const form = await readDeskForm(request);
      const next = toNext(form.ok ? form.value.text('next') : '');
      if (!form.ok || !isSameSecret(form.value.text('secret'), adminToken)) {
        return showForm(next, 401, 'That is not the token of this installation.');
      }
      tried.forget();
      return open(request, next);
    },
    enterByLink: async (request, once) => {
      const link = await readLoginLink(adminToken, once, now());
      if (link !== undefined && (await useLink(link.nonce, link.expiresAt))) return open(request, '/admin');
      return showForm('/admin', 401, 'This login link was used before or has expired. Log in with the token.');
    },
  };
}

/** The page of the desk to open after the login; any other address becomes the first page. */
function toNext(path: string): string {
  const base = 'https://tributary.invalid';
  if (!URL.canParse(path, base)) return '/admin';
  const url = new URL(path, base);
  const isPage = /^\/admin(?:\/(?!api\/|log(?:in|out)$)|$)/.test(url.pathname);
  return url.origin === base && isPage ? url.pathname + url.search : '/admin';
}
