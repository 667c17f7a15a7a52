/**
 * A web server for tests, on 127.0.0.1 with a port of its own: it serves what it is told to, writes down who asked, and
 * can misbehave in every way a socket allows.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import { givenUrl } from './given.ts';

/** One request as it came. */
export interface UpstreamRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers'];
  /** Header names and values alternating, as sent. */
  readonly rawHeaders: readonly string[];
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** When the exchange ended, however it did; absent while it goes on. */
  endedAt?: number;
}

/** What a handler gets. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** For faults below HTTP: write what you like, `destroy()`, `resetAndDestroy()`. */
  readonly socket: Socket;
  readonly upstream: Upstream;
}

/** Answers, or does not. */
export type UpstreamHandler = (exchange: Exchange) => void | Promise<void>;

/** A running server. */
export interface Upstream {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** `127.0.0.1:<port>`, as in PRIVATE_HOSTS. */
  readonly host: string;
  /** Everything asked so far, in order. Empty it as you like. */
  readonly requests: UpstreamRequest[];
  /** The most requests that were open at one moment. */
  readonly peakConcurrency: () => number;
  readonly url: (path: string) => HttpUrl;
  /** Serves `path` (without query; a path ending in `/*` takes all below it). Later ones replace earlier ones. */
  readonly serve: (path: string, handler: UpstreamHandler) => HttpUrl;
  /** Closes at once, open connections included. */
  readonly close: () => Promise<void>;
}

/** Starts a server. Unknown paths are 404. */
export async function startUpstream(): Promise<Upstream> {
  const routes = new Map<string, UpstreamHandler>();
  const requests: UpstreamRequest[] = [];
  let open = 0;
  let peak = 0;
  const server = createServer({ keepAliveTimeout: 1000, requestTimeout: 0 }, (request, response) => {
    const { method = 'GET', url: path = '/', headers, rawHeaders } = request;
    const entry: UpstreamRequest = { method, path, headers, rawHeaders, startedAt: Date.now() };
    requests.push(entry);
    open += 1;
    peak = Math.max(peak, open);
    response.once('close', () => {
      open -= 1;
      entry.endedAt = Date.now();
    });
    // A client that hangs up is what many faults are about.
    response.on('error', () => undefined);
    const handler = findRoute(routes, path.split('?')[0] ?? path) ?? answerNotFound;
    void (async () => handler({ request, response, socket: request.socket, upstream }))();
  });
  server.on('connection', (socket) => socket.on('error', () => undefined));
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const url = (path: string): HttpUrl => givenUrl(origin + path);
  const upstream: Upstream = {
    origin,
    host,
    requests,
    peakConcurrency: () => peak,
    url,
    serve: (path, handler) => {
      routes.set(path, handler);
      return url(path);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return upstream;
}

function findRoute(routes: ReadonlyMap<string, UpstreamHandler>, path: string): UpstreamHandler | undefined {
  const exact = routes.get(path);
  if (exact !== undefined) return exact;
  for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
    const handler = routes.get(`${path.slice(0, end)}/*`);
    if (handler !== undefined || end === 0) return handler;
  }
  return undefined;
}

function answerNotFound({ response }: Exchange): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
}
