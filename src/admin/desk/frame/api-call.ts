/**
 * Calls the admin API for the desk, in the same isolate, so that desk and API do everything the same way.
 */
import type { OfferedFeed } from '../../api/sources/find-feed.ts';

/** The answer of a call: its JSON, or the problem. */
export type ApiAnswer =
  | { readonly ok: true; readonly status: number; readonly json: unknown }
  | { readonly ok: false; readonly problem: ApiProblem };

/** A problem in words for people. */
export interface ApiProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly problems: readonly { readonly field: string; readonly detail: string }[];
  /** Addresses that were tried, and why each failed. */
  readonly tried: readonly { readonly url: string; readonly reason: string }[];
  /** Feeds to choose from. */
  readonly feeds?: readonly OfferedFeed[];
  /** The existing source that prevents the action. */
  readonly id?: string;
}

/** Calls `method path` with JSON or another body. */
export type ApiCall = (method: string, path: string, body?: ApiBody) => Promise<ApiAnswer>;

/** The body: an object as JSON, a form, or a file with its type. */
export type ApiBody =
  | { readonly json: unknown }
  | { readonly form: FormData }
  | { readonly file: Blob; readonly type: string };

/** Creates the function that calls the API for one request of the owner, from the same origin. */
export function createApiCall(
  origin: string,
  adminToken: string,
  fetchApi: (request: Request) => Response | Promise<Response>,
): ApiCall {
  return async (method, path, body) => {
    const headers = new Headers({ Authorization: `Bearer ${adminToken}` });
    const init: RequestInit = { method, headers };
    if (body !== undefined && 'json' in body) {
      headers.set('Content-Type', 'application/json');
      init.body = JSON.stringify(body.json);
    } else if (body !== undefined && 'file' in body) {
      headers.set('Content-Type', body.type);
      init.body = await body.file.arrayBuffer();
    } else if (body !== undefined) init.body = body.form;
    const response = await fetchApi(new Request(`${origin}${path}`, init));
    const text = await response.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return response.ok
      ? { ok: true, status: response.status, json }
      : { ok: false, problem: { problems: [], tried: [], ...(json as Omit<ApiProblem, 'problems' | 'tried'>) } };
  };
}
