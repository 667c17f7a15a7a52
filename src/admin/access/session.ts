/**
 * Opens and checks the owner's sessions, and makes the login links that `npm start` prints.
 *
 * A session is a signed cookie that holds its expiry; the server stores nothing. The cookie is HttpOnly, SameSite=Strict, valid
 * for /admin only, and Secure where the request came over TLS. A login link holds its expiry and a random number, signed with a
 * key made of ADMIN_TOKEN. The Archive remembers used links, so a link works once, in every isolate.
 *
 * @see RFC 6265bis section 4.1
 */
import type { Instant } from '../../domain/instant.ts';
import { createNonce, createSigner } from './signer.ts';

/** How long a login lasts. Milliseconds. */
export const sessionMs = 12 * 60 * 60_000;

const cookieName = 'tributary-desk';

/** A valid session. */
export interface Session {
  readonly expiresAt: Instant;
  /** A token in every form: other sites cannot know it. */
  readonly formToken: string;
}

/** Opens and checks sessions of one installation. */
export interface Sessions {
  /** The `Set-Cookie` of a new session. */
  readonly open: (request: Request, now: Instant) => Promise<string>;
  /** The session of a request; `undefined` when there is no cookie, or the cookie expired or is forged. */
  readonly find: (request: Request, now: Instant) => Promise<Session | undefined>;
  /** The `Set-Cookie` that ends it in this browser. */
  readonly close: (request: Request) => string;
}

/** Creates them around the secret. */
export function createSessions(adminToken: string): Sessions {
  const { sign, isSigned } = createSigner(adminToken, 'tributary desk sessions 1');
  return {
    open: async (request, now) => {
      const text = `${Math.floor((now + sessionMs) / 1000)}.${createNonce()}`;
      return toCookie(request, `${text}.${await sign(`session ${text}`)}`, sessionMs / 1000);
    },
    find: async (request, now) => {
      const given = /^(\d{1,12})\.([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(readCookie(request) ?? '');
      if (given === null) return undefined;
      const [, seconds = '', nonce = '', signature = ''] = given;
      const text = `${seconds}.${nonce}`;
      const isOurs = await isSigned(`session ${text}`, signature);
      const expiresAt = Number(seconds) * 1000;
      if (!isOurs || expiresAt <= now || expiresAt > now + sessionMs) return undefined;
      return { expiresAt: expiresAt as Instant, formToken: await sign(`form ${text}`) };
    },
    close: (request) => toCookie(request, '', 0),
  };
}

function toCookie(request: Request, value: string, maxAgeSeconds: number): string {
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  return `${cookieName}=${value}; Path=/admin; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

function readCookie(request: Request): string | undefined {
  const pairs = (request.headers.get('Cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

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
