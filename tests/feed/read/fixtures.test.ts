import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toSourceId } from '../../../src/domain/source.ts';
import { normalizeFeed } from '../../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../../src/feed/read/read-feed.ts';
import { type Fixture, loadFixtures } from './fixture-file.ts';

/** What expectations look into: the feed, its entries, the kinds of defects, or the failure. */
function read({ document }: Fixture): unknown {
  const result = readFeed(document);
  if (!result.ok) return { failure: result.failure };
  const { feed, defects } = normalizeFeed(result.value.raw, { sourceId: toSourceId(document.url), document });
  const kinds = [...result.value.defects, ...defects].map(({ kind }) => kind);
  return { format: result.value.format, feed, entries: feed.entries, defects: kinds };
}

function lookUp(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null) return null;
    found = (found as Record<string, unknown>)[step] ?? null;
  }
  const isInstant = /(?:^|\.)(?:published|updated)$/.test(path) && typeof found === 'number';
  return isInstant ? new Date(found as number).toISOString().replace('.000Z', 'Z') : found;
}

/** What is there instead when an expectation does not hold. */
function check(value: unknown, expectation: string): { instead: unknown } | undefined {
  const [, path = '', op, json = ''] = /^(\S+) (=|has) (.*)$/.exec(expectation) ?? [];
  if (op === undefined) throw new Error(`an expectation nobody understands: ${expectation}`);
  const found = lookUp(value, path);
  const wanted: unknown = JSON.parse(json);
  const holds = op === 'has' ? Array.isArray(found) && found.includes(wanted) : isDeepStrictEqual(found, wanted);
  return holds ? undefined : { instead: found };
}

const fixtures = loadFixtures();

describe('every fixture', () => {
  it('is there, described, and expects something', () => {
    expect(fixtures.length).toBeGreaterThan(75);
    const mute = fixtures.filter(
      ({ description, spec, expectations }) => description === '' || spec === '' || expectations.length === 0,
    );
    expect(mute.map(({ name }) => name)).toEqual(['failures/empty.xml']);
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s holds', (_, fixture) => {
    const value = read(fixture);
    const failed = fixture.expectations.flatMap((expectation) => {
      const found = check(value, expectation);
      return found === undefined ? [] : [{ expectation, found }];
    });
    expect(failed).toEqual([]);
  });

  it('that is empty is an empty document', () => {
    const empty = fixtures.find(({ name }) => name === 'failures/empty.xml');
    expect(empty && read(empty)).toEqual({ failure: { kind: 'empty-document' } });
  });
});
