/**
 * Opens and checks the owner's sessions. A session is a signed cookie that holds its expiry; the server stores nothing.
 *
 * The cookie is HttpOnly, SameSite=Strict, valid for /admin only, and Secure where the request came over TLS.
 *
 * @see RFC 6265bis section 4.1
 */
import type { Instant } from '../../domain/instant.ts';
import { createNonce, createSigner } from './signer.ts';

/** How long a login lasts. Milliseconds. */
export const sessionMs = 12 * 60 * 60_000;

const cookieName = 'tributary-desk';

/** A session that holds. */
export interface Session {
  readonly expiresAt: Instant;
  /** Every form carries it: a form of another site cannot know it. */
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
