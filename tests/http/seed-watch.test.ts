import { describe, expect, it } from 'vitest';
import { createSeedWatch } from '../../src/http/seed-watch.ts';
import { givenSources } from '../support/given-sources.ts';

describe('the seed watch', () => {
  it('asks the Archive to load seeds that the published window was not made with, once', async () => {
    const sources = givenSources({ entries: [] });
    const watch = createSeedWatch({ ...sources, seedDigest: 'newer' });
    await watch();
    expect(watch()).toBeUndefined();
    expect(sources.asked).toEqual(['bootstrap']);
  });

  it('asks when nothing is published', async () => {
    const sources = givenSources({ entries: [], isUnpublished: true });
    await createSeedWatch({ ...sources, seedDigest: 'any' })();
    expect(sources.asked).toEqual(['bootstrap']);
  });

  it('leaves the Archive asleep when the window has these seeds', async () => {
    const sources = givenSources({ entries: [] });
    const current = await sources.window.current();
    await createSeedWatch({ ...sources, seedDigest: current?.seedDigest ?? '' })();
    expect(sources.asked).toEqual([]);
  });
});
