/**
 * Creates and reads one-time login links: `npm start` prints one, so that nobody has to copy the token the first time.
 *
 * A link holds its expiry and a random number, signed with a key made of ADMIN_TOKEN. The Archive remembers used links, so
 * that a link works once, in every isolate.
 */
import type { Instant } from '../../domain/instant.ts';
import { createNonce, createSigner } from './signer.ts';

/** A link that was just printed is used within minutes. Milliseconds. */
export const loginLinkMs = 30 * 60_000;

const purpose = 'tributary login links 1';

/** A link with a good signature that has not expired. Whether it was used is known to the Archive. */
export interface LoginLink {
  readonly nonce: string;
  readonly expiresAt: Instant;
}

/** The path and query of a new link. `now` is epoch milliseconds. */
export async function createLoginLink(adminToken: string, now: number): Promise<string> {
  const text = `${Math.floor((now + loginLinkMs) / 1000)}.${createNonce()}`;
  return `/admin/login?once=${text}.${await createSigner(adminToken, purpose).sign(text)}`;
}

/** Reads the value of `once`; `undefined` when it is forged, malformed or expired. */
export async function readLoginLink(adminToken: string, once: string, now: Instant): Promise<LoginLink | undefined> {
  const [, seconds = '', nonce = '', signature = ''] = /^(\d{1,12})\.([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(once) ?? [];
  const expiresAt = Number(seconds) * 1000;
  if (signature === '' || expiresAt <= now || expiresAt > now + loginLinkMs) return undefined;
  const isOurs = await createSigner(adminToken, purpose).isSigned(`${seconds}.${nonce}`, signature);
  return isOurs ? { nonce, expiresAt: expiresAt as Instant } : undefined;
}
