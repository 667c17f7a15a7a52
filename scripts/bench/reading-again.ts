/**
 * Reading a changed document again: entries the Archive holds must not be sanitized a second time.
 *
 * The production refresh runs with faked ports; the Archive of one knows every entry, that of the other none.
 */

import { contentHash } from '../../src/domain/content-hash.ts';
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { ok } from '../../src/domain/result.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { ArchiveWriter } from '../../src/pipeline/ports.ts';
import type { RefreshPorts } from '../../src/pipeline/refresh.ts';
import { refreshSource } from '../../src/pipeline/refresh-source.ts';
import type { BenchLine } from '../bench.ts';
import { givenRss } from './given-feeds.ts';
import { median } from './load.ts';

/** Most that a refresh may cost over reading, normalizing and hashing; sanitizing would make it two and more. */
const bound = 1.3;
const times = 20;

const url = given(parseHttpUrl('https://river.example/feed/'));
const now = given(toInstant(Date.UTC(2026, 10, 1)));
const sourceId = toSourceId(url);

/** Compares a refresh of known entries with the least it has to do, and says what new ones cost. */
export async function benchReadingAgain({ rounds }: { rounds: number }): Promise<readonly BenchLine[]> {
  const bytes = new TextEncoder().encode(givenRss().text);
  const known = () => refreshOnce(bytes, []);
  const fresh = () => refreshOnce(bytes, 'all');
  const least = (): Promise<number> => {
    const document = { bytes, url };
    const read = readFeed(document);
    if (!read.ok) throw new Error(`not read: ${read.failure.kind}`);
    const { feed } = normalizeFeed(read.value.raw, { sourceId, document });
    return Promise.resolve(feed.entries.map(contentHash).length);
  };
  if ((await known()) !== 0) throw new Error('entries that are known came out as new');
  if ((await fresh()) === 0) throw new Error('entries that are new did not come out');
  const ratios: number[] = [];
  const savings: number[] = [];
  for (let round = 0; round < rounds * 2 + 3; round += 1) {
    const [knownMs, leastMs, freshMs] = [await cost(known), await cost(least), await cost(fresh)];
    // The first rounds are compiled while they run.
    if (round < 3) continue;
    ratios.push(knownMs / leastMs);
    savings.push(freshMs / knownMs);
  }
  const ratio = median(ratios);
  return [
    {
      what: `RSS read again, every entry known (all new: ${median(savings).toFixed(1)} times that)`,
      measured: ratio.toFixed(2),
      bound: `<= ${bound} of read + normalize + hash`,
      holds: ratio <= bound,
    },
  ];
}

async function cost(work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function refreshOnce(bytes: Uint8Array, unknown: 'all' | readonly never[]): Promise<number> {
  const { entries } = await refreshSource(portsOf(bytes, unknown), {
    kind: 'source',
    source: {
      id: sourceId,
      kind: 'feed',
      url,
      title: 'River notes',
      tags: [],
      enabled: true,
      fullText: false,
      maxEntries: 0,
      declaredBy: 'file',
    },
    state: toInitialState(now),
    rules: [],
  });
  return entries.length;
}

function portsOf(bytes: Uint8Array, unknown: 'all' | readonly never[]): RefreshPorts {
  const config = parseConfig({});
  if (!config.ok) throw new Error('the default settings are wrong');
  const archive: ArchiveWriter = {
    loadSeeds: never,
    retireExpired: never,
    claimDue: never,
    openJobs: never,
    record: never,
    enterHost: never,
    leaveHost: never,
    unknownEntries: (_, candidates) =>
      Promise.resolve(unknown === 'all' ? candidates.map((candidate) => candidate.id) : unknown),
  };
  return {
    archive,
    config: config.value,
    now: () => now,
    jitter: () => 0.5,
    pause: never,
    log: never,
    retrieve: () =>
      Promise.resolve(
        ok({
          kind: 'document',
          url,
          document: { bytes, url },
          bytesDigest: 'another',
          validators: {},
          freshness: {},
          redirects: {},
          pauses: [],
          conditional: false,
        }),
      ),
  };
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the bench itself is wrong');
  return value;
}

function never(): never {
  throw new Error('a refresh of one source does not ask this');
}
