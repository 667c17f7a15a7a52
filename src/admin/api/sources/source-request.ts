/**
 * Reads the header fields, name and login of a source's requests, and shows them without their values.
 */
import type { HttpUrl } from '../../../domain/http-url.ts';
import { isRequestFor, type SourceRequest } from '../../../domain/source.ts';

/** Fields that the product sets itself, or that belong to the connection. */
const refusedFields: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'accept-encoding',
  'if-none-match',
  'if-modified-since',
  'user-agent',
]);

/** Whether a name and a value can be sent as a header field of a source. */
export function isSendableField(name: string, value: string): boolean {
  const isNamed = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/i.test(name) && !refusedFields.has(name.toLowerCase());
  return isNamed && /^[\x21-\x7e]([\x20-\x7e]{0,3998}[\x21-\x7e])?$/.test(value);
}

/** The members of a call about requests; absent = unchanged. */
export interface GivenRequest {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly userAgent?: string | null | undefined;
  readonly basicAuth?: { readonly user: string; readonly password: string } | null | undefined;
}

/**
 * The new header fields, bound to the origin of `url`; `null` when there are none, `undefined` when the call does not
 * mention them.
 */
export function toRequest(given: GivenRequest, url: HttpUrl, former?: SourceRequest): SourceRequest | null | undefined {
  if (given.headers === undefined && given.userAgent === undefined && given.basicAuth === undefined) return undefined;
  // Credentials for another host are not sent to this one.
  const held = former !== undefined && isRequestFor(former, url) ? former : undefined;
  const headers = given.headers === undefined ? held?.headers : lowerCase(given.headers);
  const userAgent = given.userAgent === undefined ? held?.userAgent : given.userAgent || undefined;
  const basicAuth = given.basicAuth === undefined ? held?.basicAuth : (given.basicAuth ?? undefined);
  const isEmpty = Object.keys(headers ?? {}).length === 0 && userAgent === undefined && basicAuth === undefined;
  if (isEmpty) return null;
  return {
    origin: new URL(url).origin,
    ...(headers === undefined || Object.keys(headers).length === 0 ? {} : { headers }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(basicAuth === undefined ? {} : { basicAuth }),
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The names of fields, without values. */
export function showRequest(request: SourceRequest | undefined): {
  readonly headers: Readonly<Record<string, 'set'>>;
  readonly userAgent: string | null;
  readonly basicAuth: { readonly user: string; readonly set: true } | null;
} {
  return {
    headers: Object.fromEntries(Object.keys(request?.headers ?? {}).map((name) => [name, 'set'])),
    userAgent: request?.userAgent ?? null,
    basicAuth: request?.basicAuth === undefined ? null : { user: request.basicAuth.user, set: true },
  };
}
