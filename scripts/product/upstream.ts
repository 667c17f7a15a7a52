/**
 * Sites for load tests: any number of generated feeds of every kind, spread over hosts of this machine (a port each), with
 * notes of who asked for what, and how.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FeedKind, type MadeEntry, makeEntry, mediaTypes, renderMade } from './make-feed.ts';

/** One feed of the load. */
export interface LoadFeed {
  readonly url: string;
  readonly number: number;
  readonly kind: FeedKind;
  readonly tag: string;
  /** Newest first. */
  readonly entries: MadeEntry[];
}

/** Requests since the last `reset`. */
export interface AskedCounts {
  readonly requests: number;
  readonly conditional: number;
  readonly notModified: number;
  /** Feeds that were asked. */
  readonly feeds: number;
  /** Most requests that one host had at once. */
  readonly concurrentPerHost: number;
  /** Most requests of one feed: more than one is impolite. */
  readonly mostPerFeed: number;
}

/** The running sites. */
export interface LoadUpstream {
  readonly feeds: readonly LoadFeed[];
  readonly hosts: number;
  readonly asked: () => AskedCounts;
  readonly reset: () => void;
  /** A new entry at the top of a feed; returns it. */
  readonly publish: (feed: LoadFeed) => MadeEntry;
  /** The newest entry of a feed gets another text. */
  readonly edit: (feed: LoadFeed) => void;
  readonly opml: () => string;
  readonly close: () => void;
}

const kinds: readonly FeedKind[] = ['rss', 'atom', 'json', 'rdf'];

/** Feeds of one host: publishers have a few, platforms have many. */
const feedsPerHost = 4;

const mostHosts = 1000;

/** Answers in place of a feed now and then; returns whether it did. */
export type Temper = (feed: LoadFeed, request: IncomingMessage, response: ServerResponse) => boolean;

/** Starts the sites with `count` feeds of `entries` entries each. */
export async function startLoadUpstream(count: number, entries: number, temper?: Temper): Promise<LoadUpstream> {
  const hosts = Math.min(mostHosts, Math.ceil(count / feedsPerHost));
  const byPath = new Map<string, LoadFeed>();
  const documents = new Map<LoadFeed, { readonly body: string; readonly etag: string; readonly date: string }>();
  const perFeed = new Map<number, number>();
  let [requests, conditional, notModified, peak] = [0, 0, 0, 0];

  const documentOf = (feed: LoadFeed): { body: string; etag: string; date: string } => {
    const known = documents.get(feed);
    if (known !== undefined) return known;
    const body = renderMade(feed.kind, feed.number, feed.entries);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    const made = { body, etag, date: new Date(feed.entries[0]?.published ?? 0).toUTCString() };
    documents.set(feed, made);
    return made;
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const feed = byPath.get(request.url?.split('?')[0] ?? '');
    if (feed === undefined) {
      response.writeHead(404).end();
      return;
    }
    requests += 1;
    perFeed.set(feed.number, (perFeed.get(feed.number) ?? 0) + 1);
    if (temper?.(feed, request, response) === true) return;
    const { body, etag, date } = documentOf(feed);
    const [ifNoneMatch, ifModifiedSince] = [request.headers['if-none-match'], request.headers['if-modified-since']];
    if (ifNoneMatch !== undefined || ifModifiedSince !== undefined) conditional += 1;
    // Every third feed gives both validators, every third an entity tag alone, every third a date alone.
    const [hasEtag, hasDate] = [feed.number % 3 !== 2, feed.number % 3 !== 1];
    const headers = { ...(hasEtag ? { etag } : {}), ...(hasDate ? { 'last-modified': date } : {}) };
    const isSame = ifNoneMatch === undefined ? hasDate && ifModifiedSince === date : hasEtag && ifNoneMatch === etag;
    if (isSame) notModified += 1;
    if (isSame) response.writeHead(304, headers).end();
    else response.writeHead(200, { ...headers, 'content-type': mediaTypes[feed.kind] }).end(body);
  };
  const start = async (): Promise<Server> => {
    let open = 0;
    const server = createServer({ keepAliveTimeout: 500 }, (request, response) => {
      open += 1;
      peak = Math.max(peak, open);
      response.once('close', () => {
        open -= 1;
      });
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return server;
  };
  const servers = await Promise.all(Array.from({ length: hosts }, start));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  const feeds = Array.from({ length: count }, (_, number): LoadFeed => {
    const path = `/feeds/${number}`;
    const feed: LoadFeed = {
      url: `http://127.0.0.1:${ports[number % hosts]}${path}`,
      number,
      kind: kinds[number % kinds.length] ?? 'rss',
      tag: `group-${number % 20}`,
      entries: Array.from({ length: entries }, (_, place) => makeEntry(number, entries - place)),
    };
    byPath.set(path, feed);
    return feed;
  });
  return {
    feeds,
    hosts,
    asked: () => ({
      requests,
      conditional,
      notModified,
      feeds: perFeed.size,
      concurrentPerHost: peak,
      mostPerFeed: Math.max(0, ...perFeed.values()),
    }),
    reset: () => {
      [requests, conditional, notModified, peak] = [0, 0, 0, 0];
      perFeed.clear();
    },
    publish: (feed) => {
      // Dates of their own: entries of one second stand in the order in which they came.
      const entry = makeEntry(feed.number, feed.entries.length + 1, Date.now() - feed.number * 1000);
      feed.entries.unshift(entry);
      documents.delete(feed);
      return entry;
    },
    edit: (feed) => {
      const [newest] = feed.entries;
      if (newest !== undefined) feed.entries[0] = { ...newest, html: `${newest.html}<p>Edited.</p>` };
      documents.delete(feed);
    },
    opml: () => renderOpml(feeds),
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function renderOpml(feeds: readonly LoadFeed[]): string {
  const outlines = feeds.map(
    ({ url, number, tag }) => `<outline type="rss" text="Feed ${number}" xmlUrl="${url}" category="${tag}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>Load</title></head><body>\n${outlines.join('\n')}\n</body></opml>\n`;
}
