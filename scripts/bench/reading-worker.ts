/**
 * The Worker of the reading bench: one document, read by us or parsed by feedsmith as often as is asked.
 *
 * workerd's clock stands still while a Worker computes, so that the time is taken outside, around the request.
 */

import { parseFeed } from 'feedsmith';
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';

const url = parseHttpUrl('https://river.example/feed/');
if (url === undefined) throw new Error('not a URL');
const sourceId = toSourceId(url);

/** Reads and normalizes as production does, from bytes to entries; returns how many there are. */
export function readOurs(bytes: Uint8Array): number {
  const document = { bytes, url: url as NonNullable<typeof url> };
  const read = readFeed(document);
  if (!read.ok) throw new Error(`not read: ${read.failure.kind}`);
  return normalizeFeed(read.value.raw, { sourceId, document }).feed.entries.length;
}

/** feedsmith, which wants text: decoding is what it has to be given. */
export function readFeedsmith(bytes: Uint8Array): number {
  const { feed } = parseFeed(new TextDecoder().decode(bytes));
  return ('items' in feed ? feed.items : 'entries' in feed ? feed.entries : undefined)?.length ?? 0;
}

export default {
  /** `POST /?by=ours|feedsmith&times=n` with the document as body. */
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const bytes = new Uint8Array(await request.arrayBuffer());
    const read = searchParams.get('by') === 'ours' ? readOurs : readFeedsmith;
    let entries = 0;
    for (let time = Number(searchParams.get('times')); time > 0; time -= 1) entries = read(bytes);
    return new Response(String(entries));
  },
};
