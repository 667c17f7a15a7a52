/**
 * Checks the token of a request, within the limit of tries. Without ADMIN_TOKEN in the settings, nobody may use the admin API.
 */
import { digest } from '../../domain/digest.ts';
import type { Instant } from '../../domain/instant.ts';
import { count } from '../../page/plural.ts';
import { toAdminProblem } from '../api/admin-problem.ts';
import type { CountLoginTry } from './login-limit.ts';

/** How tries to guess the token are limited. */
export interface TokenLimit {
  readonly countTry: CountLoginTry;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => Instant;
}

/** Why a request may not pass; `undefined` when it may. */
export async function refuse(
  request: Request,
  adminToken: string | undefined,
  limit: TokenLimit,
): Promise<Response | undefined> {
  if (adminToken === undefined) {
    return toAdminProblem({
      status: 403,
      title: 'The admin API is off',
      detail:
        'Set the secret ADMIN_TOKEN to switch it on: `npx wrangler secret put ADMIN_TOKEN` for a deployed Worker, a line ' +
        'ADMIN_TOKEN="..." in .dev.vars on this machine (`npm start` writes one).',
      setting: 'ADMIN_TOKEN',
    });
  }
  const given = /^Bearer +(\S+) *$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
  if (given !== undefined) {
    const tried = limit.countTry(request, limit.now(), digest(given));
    if (!tried.isAllowed) return tooManyTries(tried.retryAfterMs);
    if (tried.pauseMs > 0) await limit.pause(tried.pauseMs);
    if (isSameSecret(given, adminToken)) {
      tried.forget();
      return undefined;
    }
  }
  return toAdminProblem(
    {
      status: 401,
      title: 'Not authorized',
      detail:
        given === undefined
          ? 'Send the header "Authorization: Bearer <ADMIN_TOKEN>".'
          : 'The token is not the ADMIN_TOKEN of this installation.',
    },
    // RFC 6750 section 3: no error code when no credentials came at all.
    { 'WWW-Authenticate': `Bearer realm="Tributary admin"${given === undefined ? '' : ', error="invalid_token"'}` },
  );
}

function tooManyTries(retryAfterMs: number): Response {
  return toAdminProblem(
    {
      status: 429,
      title: 'Too many wrong tokens',
      detail: `Several wrong tokens came from this address. Try again in ${count(Math.ceil(retryAfterMs / 60_000), 'minute')}.`,
    },
    { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) },
  );
}

/** Compares digests, all of them, whatever the first difference: time tells nothing about the secret or its length. */
export function isSameSecret(given: string, secret: string): boolean {
  const [a, b] = [digest(given), digest(secret)];
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
