import { describe, expect, it } from 'vitest';
import { toSourceId } from '../../../src/domain/source.ts';
import { normalizeFeed } from '../../../src/feed/read/normalize.ts';
import { readFeed } from '../../../src/feed/read/parse.ts';
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

const fixtures = loadFixtures();

describe('every fixture', () => {
  it('is there, described, and expects something', () => {
    expect(fixtures.length).toBeGreaterThan(75);
    for (const { name, description, spec, expectations } of fixtures) {
      if (name === 'failures/empty.xml') continue;
      expect(description, name).not.toBe('');
      expect(spec, name).not.toBe('');
      expect(expectations.length, name).toBeGreaterThan(0);
    }
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s holds', (_, fixture) => {
    const value = read(fixture);
    for (const expectation of fixture.expectations) {
      const [, path = '', op, json = ''] = /^(\S+) (=|has) (.*)$/.exec(expectation) ?? [];
      expect(op, `an expectation nobody understands: ${expectation}`).toBeDefined();
      const found = lookUp(value, path);
      if (op === 'has') expect(found, expectation).toContain(JSON.parse(json));
      else expect(found, expectation).toEqual(JSON.parse(json));
    }
  });

  it('that is empty is an empty document', () => {
    const empty = fixtures.find(({ name }) => name === 'failures/empty.xml');
    expect(empty && read(empty)).toEqual({ failure: { kind: 'empty-document' } });
  });
});
