/**
 * Answers requests that no route takes: other spellings of addresses, and other methods.
 */
import { feedFileNames } from '../domain/view.ts';
import { redirectForGood } from './missing-place.ts';
import { toProblemResponse } from './problem.ts';

/** Names of feeds that people and programs guess, with the file that they mean. */
const guessedFiles: Readonly<Record<string, string>> = {
  feed: feedFileNames.rss,
  rss: feedFileNames.rss,
  'index.xml': feedFileNames.rss,
  atom: feedFileNames.atom,
};

/** The canonical path of another spelling; `undefined` for any other path. */
function toCanonicalPath(path: string): string | undefined {
  const parts = path.replace(/\/+$/, '').split('/');
  const file = parts.at(-1) ?? '';
  const meant = Object.hasOwn(guessedFiles, file) ? guessedFiles[file] : undefined;
  // A tag may be called "feed": only places of their own have feeds below them.
  const isFeed = meant !== undefined && (parts.length === 2 || parts.length === 4);
  const canonical = (isFeed ? [...parts.slice(0, -1), meant] : parts).join('/');
  return canonical === path || canonical === '' || canonical.startsWith('//') ? undefined : canonical;
}

/**
 * Answers such a request; `undefined` when there is nothing at its address. @param has asks whether GET finds anything there
 */
export async function answerElse(
  request: Request,
  has: (request: Request) => Promise<boolean>,
): Promise<Response | undefined> {
  if (request.method === 'OPTIONS') return preflight();
  const url = new URL(request.url);
  if (request.method === 'GET' || request.method === 'HEAD') {
    const path = toCanonicalPath(url.pathname);
    return path === undefined ? undefined : redirectForGood(`${path}${url.search}`);
  }
  if (!(await has(new Request(request.url, { method: 'HEAD' })))) return undefined;
  return toProblemResponse(
    {
      status: 405,
      title: 'Method not allowed',
      detail: `${request.method} is not supported here. Use GET or HEAD.`,
    },
    { Allow: 'GET, HEAD, OPTIONS' },
  );
}

/** Answers OPTIONS. Readers in browsers ask before they send conditional headers. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      Allow: 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM, Content-Type',
      'Access-Control-Max-Age': '86400',
    },
  });
}
