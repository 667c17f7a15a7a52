/**
 * Sends one request and waits for its headers: within a time limit, with every failure as data.
 */
import type { RetrieveFailure } from '../../domain/failure.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { discardBody } from './body.ts';

/** The part of the global `fetch` that is used: nothing here knows cookies or referrers. */
export type FetchUpstream = (
  url: string,
  init: {
    readonly method: 'GET';
    readonly headers: Headers;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/** Sends a GET and waits up to `limitMs` for the headers; a redirect is returned, not followed. */
export async function fetchHop(
  fetch: FetchUpstream,
  url: HttpUrl,
  headers: Headers,
  limitMs: number,
): Promise<Result<Response, RetrieveFailure>> {
  const controller = new AbortController();
  const answer = ask(fetch, url, headers, controller.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs);
  });
  // Raced, not only aborted: whatever fetch does about the signal, the caller continues.
  const first = await Promise.race([answer, late]);
  clearTimeout(timer);
  if (first !== 'late') return first;
  controller.abort();
  void answer.then((result) => {
    if (result.ok) discardBody(result.value);
  });
  return fail({ kind: 'timeout', phase: 'headers', limitMs });
}

async function ask(
  fetch: FetchUpstream,
  url: HttpUrl,
  headers: Headers,
  signal: AbortSignal,
): Promise<Result<Response, RetrieveFailure>> {
  try {
    const response = await fetch(url, { method: 'GET', headers, redirect: 'manual', signal });
    if (response.status >= 200) return ok(response);
    return fail({ kind: 'network', phase: 'headers', detail: `an answer with status ${response.status}` });
  } catch (error) {
    return fail(toFailure(error));
  }
}

/** Turns an error of `fetch` into a failure; outbound-fetch.ts gives more details under `npm start`. */
function toFailure(error: unknown): RetrieveFailure {
  const detail = describeError(error);
  const reason = error instanceof Error ? error.cause : undefined;
  if (reason === 'private') return { kind: 'refused-address', detail };
  const isUnreachable = reason === 'lookup' || reason === 'unreachable';
  return { kind: 'network', phase: 'headers', detail, ...(isUnreachable && { isUnreachable }) };
}

/** The message of an error and of its cause, which in Node has the details; at most 200 characters. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 200);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`.slice(0, 200);
}
