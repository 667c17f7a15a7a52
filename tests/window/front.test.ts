import { describe, expect, it } from 'vitest';
import { givenEntries, givenWindow } from '../../scripts/bench/given-window.ts';
import { everything } from '../../src/query/query.ts';
import { decodeFront } from '../../src/window/front.ts';
import { selectFromWindow, sliceFragments } from '../../src/window/select.ts';
import { givenInstant } from '../support/given.ts';

const now = givenInstant('2026-11-22T00:00:00Z');

describe('the front of a window', () => {
  it.each([[0], [1], [50], [51], [120]])('of %d entries answers the default view as the window does', (count) => {
    const built = givenWindow(givenEntries(count, 300));
    const front = decodeFront(built.front, built.window.version);
    const found = selectFromWindow(built.window, everything, now) ?? { positions: [], more: true };
    for (const format of ['rss', 'atom', 'json'] as const) {
      const whole = sliceFragments(built.window, format, built.blobs[format], found);
      const selection = front?.selections[format];
      expect(selection?.entries.map((entry) => entry.digest)).toEqual(whole.entries.map((entry) => entry.digest));
      expect(selection?.more).toBe(whole.more);
      expect(selection?.fragments).toEqual(whole.fragments);
    }
  });

  it('is nothing when it is of another version, torn, or not a front', () => {
    const { front, window } = givenWindow(givenEntries(3, 300));
    expect(decodeFront(front, 'another')).toBeUndefined();
    expect(decodeFront(front.subarray(0, front.length - 1), window.version)).toBeUndefined();
    expect(decodeFront(front.subarray(0, 3), window.version)).toBeUndefined();
    expect(decodeFront(new Uint8Array([255, 255, 255, 255, 0]), window.version)).toBeUndefined();
  });
});
