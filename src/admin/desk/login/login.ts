/**
 * Logging in: the token against a session, slowly for whoever guesses.
 */
import type { Instant } from '../../../domain/instant.ts';
import { count } from '../../../page/plural.ts';
import { isSameSecret } from '../../access/bearer-token.ts';
import { createLoginLimit } from '../../access/login-limit.ts';
import { senderOf } from '../../access/same-origin.ts';
import type { Sessions } from '../../access/session.ts';
import { readDeskForm } from '../frame/desk-form.ts';
import { toDeskResponse } from '../frame/desk-layout.ts';
import { renderLoginPage } from './login-page.ts';

/** What logging in takes. */
export interface LoginParts {
  readonly sessions: Sessions;
  readonly siteTitle: string;
  readonly adminToken: string;
  readonly now: () => Instant;
}

/** The door of the desk. */
export interface Login {
  readonly show: (status: number, problem?: string, headers?: Readonly<Record<string, string>>) => Response;
  readonly enter: (request: Request) => Promise<Response>;
}

/** Creates it, with a memory of wrong tokens. */
export function createLogin({ sessions, siteTitle, adminToken, now }: LoginParts): Login {
  const limit = createLoginLimit();
  const show: Login['show'] = (status, problem, headers) =>
    toDeskResponse({ title: 'Log in', siteTitle, main: renderLoginPage(problem) }, status, headers);
  const enter: Login['enter'] = async (request) => {
    if (senderOf(request) === 'foreign') return show(403, 'The form did not come from this site.');
    const at = now();
    const waitMs = limit.waitMs(request, at);
    if (waitMs > 0) {
      const words = `Too many wrong tokens. Try again in ${count(Math.ceil(waitMs / 60_000), 'minute')}.`;
      return show(429, words, { 'Retry-After': String(Math.ceil(waitMs / 1000)) });
    }
    const form = await readDeskForm(request);
    if (!form.ok || !isSameSecret(form.value.text('secret'), adminToken)) {
      limit.countWrong(request, at);
      return show(401, 'That is not the token of this installation.');
    }
    const headers = { Location: '/admin', 'Set-Cookie': await sessions.open(request, at), 'Cache-Control': 'no-store' };
    return new Response(null, { status: 303, headers });
  };
  return { show, enter };
}
