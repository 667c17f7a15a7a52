/**
 * Checks the token of a request. Without ADMIN_TOKEN in the settings, nobody may use the admin API.
 */
import { digest } from '../../domain/digest.ts';
import { toAdminProblem } from '../api/admin-problem.ts';

/** Why a request may not pass; `undefined` when it may. */
export function refuse(request: Request, adminToken: string | undefined): Response | undefined {
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
  if (given !== undefined && isSameSecret(given, adminToken)) return undefined;
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

/** Compares digests, all of them, whatever the first difference: time tells nothing about the secret or its length. */
export function isSameSecret(given: string, secret: string): boolean {
  const [a, b] = [digest(given), digest(secret)];
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
