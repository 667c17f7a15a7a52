/**
 * The owner's session: a cookie that says until when, signed with a key made of ADMIN_TOKEN. Nothing is kept on the server:
 * another token ends every session.
 *
 * HttpOnly, SameSite=Strict, sent to /admin alone, and over TLS only where we are reached that way.
 *
 * @see RFC 6265bis section 4.1
 */
import type { Instant } from '../../domain/instant.ts';
import { loadOnce } from '../../domain/load-once.ts';

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
  /** The session a request belongs to; `undefined` when there is none, it is over, or somebody wrote it himself. */
  readonly find: (request: Request, now: Instant) => Promise<Session | undefined>;
  /** The `Set-Cookie` that ends it in this browser. */
  readonly close: (request: Request) => string;
}

/** Creates them around the secret. */
export function createSessions(adminToken: string): Sessions {
  const key = loadOnce(() => makeKey(adminToken));
  const sign = async (text: string): Promise<string> =>
    toHex(new Uint8Array(await crypto.subtle.sign('HMAC', await key(), encode(text))));
  return {
    open: async (request, now) => {
      const nonce = toHex(crypto.getRandomValues(new Uint8Array(16)));
      const text = `${Math.floor((now + sessionMs) / 1000)}.${nonce}`;
      return toCookie(request, `${text}.${await sign(`session ${text}`)}`, sessionMs / 1000);
    },
    find: async (request, now) => {
      const given = /^(\d{1,12})\.([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(readCookie(request) ?? '');
      if (given === null) return undefined;
      const [, seconds = '', nonce = '', signature = ''] = given;
      const text = `${seconds}.${nonce}`;
      // `verify` takes the same time wherever the first difference is.
      const isOurs = await crypto.subtle.verify('HMAC', await key(), fromHex(signature), encode(`session ${text}`));
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

/** The token is for people to type; what signs is derived from it (RFC 5869) and can do nothing else. */
async function makeKey(adminToken: string): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', encode(adminToken), 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encode('tributary desk sessions 1') },
    secret,
    256,
  );
  return crypto.subtle.importKey('raw', bits, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
