/**
 * Compares reading: our reader and normalizer, from bytes to entries, against feedsmith 3 parsing alone. In Node.
 */
import { parseFeed } from 'feedsmith';
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { givenAtom, givenRss } from './given-feeds.ts';
import { atMost, type BenchLine, comparePairs } from './measure.ts';

/** Readings of a round: enough that the garbage of a round is collected in it. */
const times = 40;

/** Runs all comparisons in alternating rounds. */
export async function benchReading({ rounds }: { readonly rounds: number }): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const { name, text } of [givenAtom(), givenRss()]) {
    const bytes = new TextEncoder().encode(text);
    const ours = (): number => cost(() => readOurs(bytes));
    const feedsmith = (): number => cost(() => readFeedsmith(bytes));
    // The engine has compiled both before either counts.
    await comparePairs(5, ours, feedsmith);
    const { ratio, first } = await comparePairs(rounds * 3, ours, feedsmith);
    const what = `${name} of ${Math.round(bytes.length / 1000)} KB read and normalized`;
    lines.push(atMost(what, ratio, 1, 'of feedsmith parsing', ` (${first.toFixed(2)} ms)`));
  }
  return lines;
}

/** CPU time of one reading. Unit: milliseconds. */
function cost(read: () => number): number {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) if (read() === 0) throw new Error('nothing was read');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

function readOurs(bytes: Uint8Array): number {
  const url = parseHttpUrl('https://river.example/feed/');
  if (url === undefined) throw new Error('not a URL');
  const document = { bytes, url };
  const read = readFeed(document);
  if (!read.ok) throw new Error(`not read: ${read.failure.kind}`);
  return normalizeFeed(read.value.raw, { sourceId: toSourceId(url), document }).feed.entries.length;
}

/** feedsmith wants text, so decoding counts. */
function readFeedsmith(bytes: Uint8Array): number {
  const { feed } = parseFeed(new TextDecoder().decode(bytes));
  return ('items' in feed ? feed.items : 'entries' in feed ? feed.entries : undefined)?.length ?? 0;
}
