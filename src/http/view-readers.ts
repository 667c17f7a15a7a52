/**
 * Notes who asks for the feeds of saved views, so that their owner sees how many readers each has.
 *
 * A reader is told to the Archive when this isolate sees it for the first time, and again a day later: a reader that polls all
 * day costs one call an isolate.
 */
import { dayMs } from '../domain/duration.ts';
import { isBrowserTab } from './browser-tab.ts';

/** A program that reads a view's feed. */
export interface ViewReader {
  readonly view: string;
  /** Its address and the name that it gives itself; the Archive keeps a digest. */
  readonly reader: string;
  /** Those it reads for: services tell how many subscribers they have. */
  readonly people: number;
}

/** A reader is told again after this. Milliseconds. */
const tellAgainMs = dayMs;

/** Readers that are remembered; with more, all are told again. */
const maxRemembered = 2_000;

/** Creates the note-taker. It gives a promise to wait for besides the response when somebody is to be told of. */
export function createViewReaders(
  tell: (reader: ViewReader) => Promise<void>,
  now: () => number,
): (request: Request, response: Response | Promise<Response>) => Promise<void> | undefined {
  const told = new Map<string, number>();
  const tellOnce = async (found: ViewReader, response: Response | Promise<Response>): Promise<void> => {
    const key = JSON.stringify([found.view, found.reader]);
    if ((told.get(key) ?? 0) + tellAgainMs > now()) return;
    // A wrong key is no reader.
    const status = await Promise.resolve(response).then(
      (one) => one.status,
      () => 500,
    );
    if (status >= 400 || (status >= 300 && status !== 304)) return;
    if (told.size >= maxRemembered) told.clear();
    told.set(key, now());
    await tell(found).catch(() => told.delete(key));
  };
  return (request, response) => {
    const found = readerOf(request);
    return found === undefined ? undefined : tellOnce(found, response);
  };
}

function readerOf(request: Request): ViewReader | undefined {
  const name = /^\/views\/([^/]+)\/(?:rss\.xml|atom\.xml|feed\.json)$/.exec(new URL(request.url).pathname)?.[1];
  if (name === undefined || isBrowserTab(request)) return undefined;
  const agent = (request.headers.get('User-Agent') ?? '').slice(0, 300);
  const people = Number(/\b(\d{1,6}) subscribers?\b/i.exec(agent)?.[1] ?? 1);
  // The number of its subscribers changes; the service is the same.
  const reader = `${request.headers.get('CF-Connecting-IP') ?? ''} ${agent.replaceAll(/\d+ subscribers?/gi, '')}`;
  try {
    return { view: decodeURIComponent(name), reader, people: Math.max(1, people) };
  } catch {
    return undefined;
  }
}
