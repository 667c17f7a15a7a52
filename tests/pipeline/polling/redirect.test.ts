import { describe, expect, it } from 'vitest';
import { adoptedUrl } from '../../../src/pipeline/polling/carry.ts';
import type { CheckResult } from '../../../src/pipeline/polling/check-result.ts';
import { nextState } from '../../../src/pipeline/polling/polling.ts';
import { givenUrl } from '../../support/given.ts';
import { givenFailed, givenNotModified, givenState, givenUpdate, interval, now } from '../../support/given-check.ts';

const there = givenUrl('https://example.org/new.xml');
const elsewhere = givenUrl('https://example.net/new.xml');
const seenThere = givenUpdate({ redirects: { permanentTo: there } });

/** The URL adopted at each of the checks. */
function follow(...results: CheckResult[]): (string | undefined)[] {
  let state = givenState();
  return results.map((result) => {
    const adopted = adoptedUrl(state, result);
    state = nextState(state, result, { now, jitter: 0, interval });
    return adopted;
  });
}

describe('a permanent redirect', () => {
  it('is adopted when seen twice in a row', () => {
    expect(follow(seenThere, seenThere)).toEqual([undefined, there]);
  });

  it('is adopted when the second sighting ends in a 304', () => {
    expect(follow(seenThere, givenNotModified({ redirects: { permanentTo: there } }))).toEqual([undefined, there]);
  });

  it('is not adopted twice', () => {
    expect(follow(seenThere, seenThere, seenThere)).toEqual([undefined, there, undefined]);
  });

  it.each<[string, CheckResult]>([
    ['an answer without one', givenUpdate()],
    ['a 304 without one', givenNotModified()],
    ['a failure', givenFailed({ kind: 'not-a-feed', detail: 'a parked domain' })],
    ['one to another place', givenUpdate({ redirects: { permanentTo: elsewhere } })],
  ])('starts over after %s', (_what, between) => {
    expect(follow(seenThere, between, seenThere)).toEqual([undefined, undefined, undefined]);
  });

  it('is not adopted without a feed at its end', () => {
    expect(follow(seenThere, givenFailed({ kind: 'html-instead-of-feed', feeds: [] }))).toEqual([undefined, undefined]);
  });
});
