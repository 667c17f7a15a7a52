/**
 * Reads requests for deltas: a client that sends `A-IM: feed` and a former entity tag gets only newer entries.
 *
 * @see RFC 3229 and the `feed` instance manipulation: a former entity tag names a place in the sequence of changes
 */
import { isNotModified } from '../conditional.ts';
import type { DocumentHead } from '../send-document.ts';

/** The sequence number that a client has and wants a delta from; `undefined` when it gets the whole document, or a 304. */
export function heldSequence(
  request: Request,
  { etag, lastModified }: Pick<DocumentHead, 'etag' | 'lastModified'>,
): number | undefined {
  const wanted = request.headers.get('A-IM');
  if (wanted === null || !acceptsFeedDelta(wanted)) return undefined;
  const held = request.headers.get('If-None-Match');
  if (held === null || isNotModified(request, etag, lastModified)) return undefined;
  const sequences = [...held.matchAll(/"([0-9a-z]{1,11})-[0-9a-f]{16}(?:-gz)?"/g)].map(([, base36]) =>
    Number.parseInt(base36 ?? '', 36),
  );
  return sequences.length === 0 ? undefined : Math.max(...sequences);
}

/** Names of instance manipulations are case-insensitive, and a weight of 0 refuses one (RFC 3229 section 10.5.3). */
function acceptsFeedDelta(wanted: string): boolean {
  return wanted.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === 'feed' && !parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter));
  });
}
