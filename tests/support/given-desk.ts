/**
 * The owner in front of the desk: a browser without scripts, as far as a form needs one.
 */
import { type HtmlDocument, parseHtmlDocument } from '../../src/feed/read/page/dom.ts';
import type { GivenAdmin } from './given-admin.ts';

/** What a visit sends beside its path. */
export interface DeskVisitOptions {
  readonly cookie?: string;
  /** Posted url-encoded. */
  readonly form?: Readonly<Record<string, string>>;
  /** Posted url-encoded beside `form`: a name may come several times. */
  readonly fields?: readonly (readonly [string, string])[];
  /** Posted as multipart. */
  readonly upload?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of the desk. */
export interface DeskAnswer {
  readonly response: Response;
  readonly text: string;
  readonly document: HtmlDocument;
}

/** Visits the desk as a browser does: forms come with their origin. */
export async function desk(
  admin: GivenAdmin,
  method: 'GET' | 'POST',
  path: string,
  { cookie, form, fields = [], upload, headers }: DeskVisitOptions = {},
): Promise<DeskAnswer> {
  const sent = new Headers(method === 'POST' ? { Origin: 'https://feeds.test' } : {});
  for (const [name, value] of Object.entries(headers ?? {})) sent.set(name, value);
  if (cookie !== undefined) sent.set('Cookie', cookie);
  const body = upload ?? (form === undefined ? undefined : toSearchParams([...Object.entries(form), ...fields]));
  const response = await admin.askAs(method, path, { headers: sent, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { response, text, document: parseHtmlDocument(text) };
}

function toSearchParams(pairs: readonly (readonly [string, string])[]): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of pairs) parameters.append(name, value);
  return parameters;
}

/** Logs in; returns what the browser keeps, and the token its forms carry. */
export async function logIn(
  admin: GivenAdmin,
  secret = 'secret',
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  readonly response: Response;
  readonly setCookie: string;
  readonly cookie: string;
  readonly formToken: string;
}> {
  const { response } = await desk(admin, 'POST', '/admin/login', { form: { secret }, headers });
  const setCookie = response.headers.get('Set-Cookie') ?? '';
  const cookie = setCookie.split(';')[0] ?? '';
  const { text } = await desk(admin, 'GET', '/admin', { cookie });
  return { response, setCookie, cookie, formToken: /name="token" value="([0-9a-f]+)"/.exec(text)?.[1] ?? '' };
}
