/**
 * Faults below the document: time, size, connections, encodings, framing.
 */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Exchange, UpstreamHandler } from './upstream.ts';
import { faultLimits, type UpstreamFault } from './upstream-fault.ts';
import { givenUpstreamEntries, renderUpstreamFeed } from './upstream-feed.ts';

const site = 'https://site.example';
/** A healthy feed, to be spoilt. */
export const goodFeed = renderUpstreamFeed({
  title: 'Good',
  site,
  format: 'rss',
  entries: givenUpstreamEntries(3, site),
});
const type = { 'content-type': 'application/rss+xml' };
const zeros = Buffer.alloc(64 * 1024 * 1024);
const packedZeros = gzipSync(zeros);

/** Calls `step` until the connection is gone. */
function keepDoing({ response, socket }: Exchange, everyMs: number, step: () => void): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : step()), everyMs);
  response.once('close', () => clearInterval(timer));
}

/** Writes as fast as the client takes it, for ever. */
function pour({ response }: Exchange, chunk: Buffer | string): void {
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

/** A whole answer, byte by byte as given. */
function raw(text: string, then: 'end' | 'reset' | 'stay' = 'end'): UpstreamHandler {
  return ({ socket }) => {
    socket.write(text, () => {
      if (then === 'end') socket.end();
      if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 20);
    });
  };
}

function encoded(encoding: string, body: Buffer): UpstreamHandler {
  return ({ response }) => {
    response.writeHead(200, { ...type, 'content-encoding': encoding }).end(body);
  };
}

const half = goodFeed.slice(0, goodFeed.length / 2);

/** The faults. */
export const transportFaults: readonly UpstreamFault[] = [
  {
    name: 'never-answers',
    does: 'accepts the connection and says nothing',
    handler: () => undefined,
    retrieved: 'timeout',
    checked: 'timeout',
    evidence: { phase: 'headers', limitMs: faultLimits.timeoutMs },
  },
  {
    name: 'stalls-in-headers',
    does: 'sends half of its headers and stops',
    handler: raw('HTTP/1.1 200 OK\r\nContent-Type: appl', 'stay'),
    retrieved: 'timeout',
    checked: 'timeout',
    evidence: { phase: 'headers' },
  },
  {
    name: 'drips-headers',
    does: 'sends one header after the other, without an end',
    handler: (exchange) => {
      exchange.socket.write('HTTP/1.1 200 OK\r\n');
      keepDoing(exchange, 20, () => exchange.socket.write('X-More: yes\r\n'));
    },
    retrieved: 'timeout',
    checked: 'timeout',
    evidence: { phase: 'headers' },
  },
  {
    name: 'stalls-in-body',
    does: 'sends half of the feed and stops',
    handler: ({ response }) => void response.writeHead(200, type).write(half),
    retrieved: 'timeout',
    checked: 'timeout',
    evidence: { phase: 'body', limitMs: faultLimits.timeoutMs },
  },
  {
    name: 'drips-body',
    does: 'sends a byte now and then, for ever, never idle for long',
    handler: (exchange) => {
      exchange.response.writeHead(200, type);
      keepDoing(exchange, 10, () => exchange.response.write(' '));
    },
    retrieved: 'timeout',
    checked: 'timeout',
    evidence: { phase: 'body' },
  },
  {
    name: 'endless-body',
    does: 'sends as fast as it can, for ever',
    handler: (exchange) => {
      exchange.response.writeHead(200, type);
      pour(exchange, `<rss><channel>${'<item/>'.repeat(1000)}`);
    },
    retrieved: 'too-large',
    checked: 'too-large',
    evidence: { limitBytes: faultLimits.maxBodyBytes },
  },
  {
    name: 'declares-a-gigabyte',
    does: 'announces a Content-Length of 1 GB',
    handler: ({ response }) =>
      void response.writeHead(200, { ...type, 'content-length': 1_000_000_000 }).write('<rss>'),
    retrieved: 'too-large',
    checked: 'too-large',
  },
  {
    name: 'one-byte-too-many',
    does: 'sends one byte more than the limit, chunked',
    handler: ({ response }) => void response.writeHead(200, type).end(Buffer.alloc(faultLimits.maxBodyBytes + 1, ' ')),
    retrieved: 'too-large',
    checked: 'too-large',
  },
  {
    name: 'exactly-the-limit',
    does: 'sends as many bytes as are allowed',
    handler: ({ response }) => void response.writeHead(200, type).end(goodFeed.padEnd(faultLimits.maxBodyBytes)),
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'gzip-bomb',
    does: 'sends 64 MB of zeros in 64 KB of gzip',
    handler: encoded('gzip', packedZeros),
    retrieved: 'too-large',
    checked: 'too-large',
  },
  {
    name: 'brotli-bomb',
    does: 'sends 64 MB of zeros in a few bytes of brotli',
    handler: encoded('br', brotliCompressSync(zeros)),
    retrieved: 'too-large',
    checked: 'too-large',
  },
  {
    name: 'nested-gzip',
    does: 'compresses twice and says so once',
    handler: encoded('gzip', gzipSync(gzipSync(goodFeed))),
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'undeclared-gzip',
    does: 'sends gzip and does not say so',
    handler: ({ response }) => void response.writeHead(200, type).end(gzipSync(goodFeed)),
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'undeclared-gzip-bomb',
    does: 'sends 64 MB of zeros in gzip and does not say so',
    handler: ({ response }) => void response.writeHead(200, type).end(packedZeros),
    retrieved: 'too-large',
    checked: 'too-large',
  },
  {
    name: 'lies-about-gzip',
    does: 'says gzip and sends plain text',
    handler: encoded('gzip', Buffer.from(goodFeed)),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'body' },
  },
  {
    name: 'corrupt-gzip',
    does: 'sends gzip with its middle overwritten',
    handler: encoded('gzip', gzipSync(goodFeed).fill(0xff, 100, 200)),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'body' },
  },
  {
    name: 'healthy-deflate',
    does: 'compresses with deflate, which is allowed',
    handler: encoded('deflate', deflateSync(goodFeed)),
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'less-than-declared',
    does: 'declares the whole length, sends half and hangs up',
    handler: raw(`HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${goodFeed.length}\r\n\r\n${half}`),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'body' },
  },
  {
    name: 'more-than-declared',
    does: 'declares half of the length and sends all: HTTP ends the document in its middle',
    handler: raw(
      `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: ${half.length}\r\n\r\n${goodFeed}`,
    ),
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'unfinished-chunks',
    does: 'hangs up before the last chunk',
    handler: raw(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n${half}\r\n`),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'body' },
  },
  {
    name: 'broken-chunks',
    does: 'writes chunk sizes that are no numbers',
    handler: raw(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n${goodFeed}\r\n0\r\n\r\n`),
    retrieved: 'network',
    checked: 'network',
  },
  {
    name: 'no-length-at-all',
    does: 'ends the document by closing the connection, as HTTP/1.0 did',
    handler: raw(`HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n${goodFeed}`),
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'closes-at-once',
    does: 'closes the connection instead of answering',
    handler: ({ socket }) => void socket.destroy(),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'headers' },
  },
  {
    name: 'half-closes',
    does: 'closes its side without an answer and keeps listening',
    handler: ({ socket }) => void socket.end(),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'headers' },
  },
  {
    name: 'resets',
    does: 'resets the connection instead of answering',
    handler: ({ socket }) => void socket.resetAndDestroy(),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'headers' },
  },
  {
    name: 'resets-in-body',
    does: 'resets the connection in the middle of the feed',
    handler: raw(`HTTP/1.1 200 OK\r\nContent-Length: ${goodFeed.length}\r\n\r\n${half}`, 'reset'),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'body' },
  },
  {
    name: 'speaks-no-http',
    does: 'answers like a mail server',
    handler: raw('220 mail.example ESMTP ready\r\n'),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'headers' },
  },
  {
    name: 'bare-document',
    does: 'sends the feed without status and headers, as HTTP/0.9 did',
    handler: raw(goodFeed),
    retrieved: 'network',
    checked: 'network',
    evidence: { phase: 'headers' },
  },
  {
    name: 'giant-header',
    does: 'sends a header of 300 KB',
    handler: raw(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(300_000)}\r\n\r\n${goodFeed}`),
    retrieved: 'network',
    retrievedInWorkerd: 'document',
    checked: 'updated',
  },
  {
    name: 'early-hints',
    does: 'sends an interim answer (103) before the real one',
    handler: ({ response }) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      response.writeHead(200, type).end(goodFeed);
    },
    retrieved: 'document',
    checked: 'updated',
  },
  {
    name: 'byte-by-byte',
    does: 'sends a healthy feed in chunks of one byte',
    handler: ({ response }) => {
      response.writeHead(200, type);
      for (const byte of Buffer.from(goodFeed)) response.write(Uint8Array.of(byte));
      response.end();
    },
    retrieved: 'document',
    checked: 'updated',
  },
];
