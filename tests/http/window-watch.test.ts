import { describe, expect, it } from 'vitest';
import { createWindowWatch } from '../../src/http/window-watch.ts';
import { givenSources } from '../support/given-sources.ts';

describe('the watch of the window', () => {
  it('asks the Archive to load seeds that the published window was not made with, once', async () => {
    const sources = givenSources({ entries: [] });
    const watch = createWindowWatch({ ...sources, seedDigest: 'newer' });
    await watch(new Response());
    expect(watch(new Response())).toBeUndefined();
    expect(sources.asked).toEqual(['bootstrap']);
  });

  it('asks when nothing is published', async () => {
    const sources = givenSources({ entries: [], isUnpublished: true });
    await createWindowWatch({ ...sources, seedDigest: 'any' })(new Response());
    expect(sources.asked).toEqual(['bootstrap']);
  });

  it('leaves the Archive asleep when the window has these seeds', async () => {
    const sources = givenSources({ entries: [] });
    const current = await sources.window.current();
    await createWindowWatch({ ...sources, seedDigest: current?.seedDigest ?? '' })(new Response());
    expect(sources.asked).toEqual([]);
  });

  it('looks when the response is there, and also when there is none', async () => {
    for (const response of [Promise.resolve(new Response()), Promise.reject<Response>(new Error('no answer'))]) {
      const sources = givenSources({ entries: [], isUnpublished: true });
      const order: string[] = [];
      const window = {
        ...sources.window,
        current: async () => {
          order.push('looked');
          return await sources.window.current();
        },
      };
      const answered = response.finally(() => order.push('answered'));
      await createWindowWatch({ ...sources, window, seedDigest: 'any' })(answered);
      expect(order).toEqual(['answered', 'looked']);
    }
  });
});
