/**
 * Decides who may call the admin API: programs with the token, and pages of the desk in the owner's browser.
 */
import { toAdminProblem } from '../api/admin-problem.ts';
import { refuse, type TokenLimit } from './bearer-token.ts';
import type { Sessions } from './session.ts';

/** Why a call may not pass; `undefined` when it may. The header counts before the cookie, even when it is wrong. */
export async function refuseCall(
  request: Request,
  adminToken: string | undefined,
  sessions: Sessions | undefined,
  limit: TokenLimit,
): Promise<Response | undefined> {
  const refusal = await refuse(request, adminToken, limit);
  if (refusal === undefined || request.headers.has('Authorization')) return refusal;
  if ((await sessions?.find(request, limit.now())) === undefined) return refusal;
  const isSafe = request.method === 'GET' || request.method === 'HEAD';
  // Browsers send the origin with every request that changes something, so a request without one is not from our page.
  if (isSafe ? senderOf(request) !== 'foreign' : senderOf(request) === 'own') return undefined;
  return toAdminProblem({
    status: 403,
    title: 'Not from here',
    detail:
      'With the cookie of /admin only pages of this site may call. Programs send "Authorization: Bearer <ADMIN_TOKEN>".',
  });
}

/** Which page sent a request. `unknown`: the client does not say, as programs do not. */
export type Sender = 'own' | 'foreign' | 'unknown';

/**
 * Judges by `Origin` and `Sec-Fetch-Site`. Schemes are not compared: TLS may end before us.
 *
 * The session's cookie is SameSite=Strict; this check also stops a hostile neighbour on the same site.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function senderOf(request: Request): Sender {
  const site = request.headers.get('Sec-Fetch-Site');
  if (site === 'cross-site' || site === 'same-site') return 'foreign';
  const origin = request.headers.get('Origin');
  // `none` is the address bar.
  if (origin === null) return site === 'same-origin' ? 'own' : 'unknown';
  // `null` is what a sandbox sends.
  if (!URL.canParse(origin)) return 'foreign';
  return new URL(origin).host === new URL(request.url).host ? 'own' : 'foreign';
}
