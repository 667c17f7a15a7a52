import { describe, expect, it } from 'vitest';
import { loadOnce } from '../../src/domain/lazy.ts';

describe('what is loaded once', () => {
  it('is given to every later call', async () => {
    let loads = 0;
    const load = loadOnce(async () => ({ number: (loads += 1) }));
    const first = await load();
    expect(await load()).toBe(first);
    expect(loads).toBe(1);
  });

  it('is the same for calls that came while the first was loading, and none waits for the first', async () => {
    const pending: ((value: object) => void)[] = [];
    const load = loadOnce(() => new Promise<object>((resolve) => pending.push(resolve)));
    const dropped = load();
    const waiting = load();
    const later = { name: 'later' };
    pending[1]?.(later);
    expect(await waiting).toBe(later);
    pending[0]?.({ name: 'first' });
    expect(await dropped).toBe(later);
  });

  it('is tried again when it failed', async () => {
    let loads = 0;
    const load = loadOnce(async () => {
      loads += 1;
      if (loads === 1) throw new Error('not there yet');
      return { loads };
    });
    await expect(load()).rejects.toThrow('not there yet');
    expect(await load()).toEqual({ loads: 2 });
  });
});
