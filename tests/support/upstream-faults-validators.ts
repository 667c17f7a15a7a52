/**
 * Faults of validators. The first question has none; what a second one must end in is `again`.
 */
import type { UpstreamHandler } from './upstream.ts';
import type { UpstreamFault } from './upstream-fault.ts';
import { goodFeed } from './upstream-faults-transport.ts';

/** A fault that shows when a source is asked again. */
export interface ValidatorFault extends UpstreamFault {
  readonly again: 'document' | 'not-modified';
  /** The same where workerd loses bytes of a header and the validator is therefore not used. */
  readonly againInWorkerd?: 'document';
}

/** Gives validators, and answers 304 only when both come back byte for byte. */
function given(headers: Readonly<Record<string, string>>): UpstreamHandler {
  return ({ request, response }) => {
    const isBack =
      (headers['etag'] === undefined || request.headers['if-none-match'] === headers['etag']) &&
      (headers['last-modified'] === undefined || request.headers['if-modified-since'] === headers['last-modified']);
    if (isBack) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'text/xml', ...headers }).end(goodFeed);
  };
}

function fault(
  name: string,
  does: string,
  handler: UpstreamHandler,
  again: ValidatorFault['again'] = 'not-modified',
): ValidatorFault {
  return { name, does, handler, again, retrieved: 'document', checked: 'updated' };
}

function oddEtag(name: string, etag: string): ValidatorFault {
  return fault(name, `gives ETag: ${etag.slice(0, 40)}`, given({ etag }));
}

let changes = 0;

/** The faults. */
export const validatorFaults: readonly ValidatorFault[] = [
  oddEtag('etag-weak', 'W/"abc"'),
  oddEtag('etag-lower-weak', 'w/"abc"'),
  oddEtag('etag-bare', 'abc'),
  oddEtag('etag-half-quoted', '"abc'),
  oddEtag('etag-inner-quotes', '"a"b"c"'),
  oddEtag('etag-with-spaces', '"a b\tc"'),
  oddEtag('etag-with-commas', '"a", "b"'),
  oddEtag('etag-empty-quotes', '""'),
  oddEtag('etag-single-quotes', "'abc'"),
  { ...oddEtag('etag-latin1', '"gr\u00f6\u00dfe"'), againInWorkerd: 'document' },
  // Node writes and reads header bytes as Latin-1: these are the bytes of "größe" in UTF-8.
  oddEtag('etag-utf8', '"gr\u00c3\u00b6\u00c3\u009fe"'),
  oddEtag('etag-gzip-suffix', '"abc-gzip"'),
  oddEtag('etag-long', `"${'x'.repeat(2000)}"`),
  fault(
    'etag-too-long',
    'gives an ETag of 5 KB, which no request can carry',
    given({ etag: `"${'x'.repeat(5000)}"` }),
    'document',
  ),
  fault('date-in-words', 'gives Last-Modified: yesterday', given({ 'last-modified': 'yesterday' })),
  fault('date-local', 'gives a date that is no HTTP-date', given({ 'last-modified': '2026-11-20 12:00:00' })),
  fault('date-to-come', 'was modified next year', given({ 'last-modified': 'Fri, 01 Jan 2100 00:00:00 GMT' })),
  fault(
    'both-validators',
    'gives both validators',
    given({ etag: '"1"', 'last-modified': 'Fri, 20 Nov 2026 12:00:00 GMT' }),
  ),
  fault(
    'no-validators',
    'gives no validators',
    ({ response }) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(goodFeed),
    'document',
  ),
  fault(
    'ignores-conditions',
    'gives an ETag and sends everything each time',
    ({ response }) => void response.writeHead(200, { 'content-type': 'text/xml', etag: '"1"' }).end(goodFeed),
    'document',
  ),
  fault(
    'new-etag-each-time',
    'gives another ETag each time for the same bytes',
    ({ response }) => {
      changes += 1;
      response.writeHead(200, { 'content-type': 'text/xml', etag: `"${changes}"` }).end(goodFeed);
    },
    'document',
  ),
  fault('304-with-body', 'sends a body after a 304', ({ request, response, socket }) => {
    if (request.headers['if-none-match'] === undefined) {
      response.writeHead(200, { 'content-type': 'text/xml', etag: '"1"' }).end(goodFeed);
    } else socket.end(`HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello`);
  }),
  fault('304-with-other-etag', 'names another version in its 304', ({ request, response }) => {
    const isBack = request.headers['if-none-match'] === '"1"';
    response.writeHead(isBack ? 304 : 200, { 'content-type': 'text/xml', etag: isBack ? '"2"' : '"1"' });
    response.end(isBack ? undefined : goodFeed);
  }),
];
