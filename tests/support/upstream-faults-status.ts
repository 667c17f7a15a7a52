/**
 * Faults of status codes and of bot walls: everything that is not a plain 200.
 */
import type { UpstreamHandler } from './upstream.ts';
import type { UpstreamFault } from './upstream-fault.ts';
import { goodFeed } from './upstream-faults-transport.ts';

/** A feed under a status that does not mean one: the status counts. */
function answer(status: number, headers: Readonly<Record<string, string>> = {}): UpstreamHandler {
  return ({ response }) => {
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    response
      .writeHead(status, { 'content-type': 'application/rss+xml', ...headers })
      .end(hasBody ? goodFeed : undefined);
  };
}

const plain = [
  201, 202, 204, 205, 206, 207, 226, 300, 304, 305, 306, 400, 401, 402, 403, 404, 405, 406, 408, 409, 411, 412, 413,
  414, 415, 416, 418, 421, 422, 423, 425, 426, 428, 429, 431, 444, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508,
  511, 520, 521, 522, 523, 524, 525, 526, 530, 599,
] as const;

const statuses = plain.map(
  (status): UpstreamFault => ({
    name: `status-${status}`,
    does: `answers ${status}`,
    handler: answer(status),
    retrieved: 'http-status',
    checked: 'http-status',
    evidence: { status },
  }),
);

function busy(name: string, status: number, retryAfter: string, retryAfterMs: number | undefined): UpstreamFault {
  return {
    name,
    does: `answers ${status} with Retry-After: ${retryAfter}`,
    handler: answer(status, { 'retry-after': retryAfter }),
    retrieved: 'http-status',
    checked: 'http-status',
    evidence: { status, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  };
}

function wall(name: string, status: number, headers: Readonly<Record<string, string>>): UpstreamFault {
  return {
    name,
    does: `answers ${status} with ${JSON.stringify(headers)} and a page for browsers`,
    handler: ({ response }) => {
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<title>Just a moment</title>');
    },
    retrieved: 'blocked',
    checked: 'blocked',
  };
}

/** The faults. */
export const statusFaults: readonly UpstreamFault[] = [
  ...statuses,
  {
    name: 'status-203',
    does: 'answers 203: a proxy changed the feed',
    handler: answer(203),
    retrieved: 'document',
    checked: 'updated',
  },
  { name: 'status-410', does: 'answers 410', handler: answer(410), retrieved: 'gone', checked: 'gone' },
  busy('busy-for-seconds', 429, '7200', 7_200_000),
  busy('busy-until-a-date', 503, 'Fri, 01 Jan 1999 00:00:00 GMT', 0),
  busy('busy-in-words', 503, 'later', undefined),
  busy('busy-for-ever', 503, '999999999999', 999_999_999_999_000),
  busy('busy-and-forbidden', 403, '60', 60_000),
  wall('cloudflare-challenge', 403, { 'cf-mitigated': 'challenge' }),
  wall('cloudflare-challenge-200', 200, { 'cf-mitigated': 'challenge' }),
  wall('cloudflare-challenge-redirect', 302, { 'cf-mitigated': 'challenge', location: '/' }),
  wall('vercel-challenge', 429, { 'x-vercel-mitigated': 'challenge' }),
  wall('aws-captcha', 405, { 'x-amzn-waf-action': 'captcha' }),
  {
    name: 'informational-for-ever',
    does: 'sends 103 again and again and never answers',
    handler: ({ socket, response }) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
      response.once('close', () => clearInterval(timer));
    },
    retrieved: 'timeout',
    checked: 'timeout',
    evidence: { phase: 'headers' },
  },
  {
    name: 'switches-protocols',
    does: 'answers 101 to a request that wanted no upgrade',
    handler: ({ socket }) =>
      void socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'headers' },
  },
  {
    name: 'status-999',
    does: 'answers 999, as a large network does to robots',
    handler: ({ socket }) => void socket.end('HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n'),
    retrieved: 'http-status',
    checked: 'http-status',
    evidence: { status: 999 },
  },
];
