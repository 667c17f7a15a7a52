import { describe, expect, it } from 'vitest';
import { carryOver } from '../../../src/pipeline/polling/carry.ts';
import { nextState } from '../../../src/pipeline/polling/polling.ts';
import { nextRequest } from '../../../src/pipeline/polling/request.ts';
import { givenInstant, givenUrl } from '../../support/given.ts';
import {
  feedUrl,
  givenAnswer,
  givenNotModified,
  givenState,
  givenUpdate,
  interval,
  now,
} from '../../support/given-check.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const farUrl = givenUrl('https://far.example/feed.xml');

describe('what is kept of a document', () => {
  it('is its validators, byte for byte, with its digest', () => {
    const validators = { etag: 'W/"odd', lastModified: 'yesterday' };
    expect(carryOver(givenState(), givenUpdate({ validators, url: farUrl }), now)).toMatchObject({
      validators,
      validatorsFrom: farUrl,
      bytesDigest: 'new',
      lastDocumentAt: now,
      lastOutcome: 'updated',
    });
  });

  it('is no validator of the document before it', () => {
    expect(carryOver(givenState(), givenUpdate({ validators: {} }), now).validators).toEqual({});
  });

  it('is no validator when it ended early, so that the whole of it comes next time', () => {
    const state = carryOver(givenState(), givenUpdate({}, { truncated: true }), now);
    expect(state).toMatchObject({ validators: { etag: '"1"' }, bytesDigest: 'new', lastOutcome: 'updated' });
    expect(state.lastDocumentAt).toBe(now - hourMs);
  });

  it('is its validators after all when the same bytes end early again: the publisher writes it so', () => {
    const once = nextState(givenState(), givenUpdate({}, { truncated: true }), { now, jitter: 0, interval });
    const again = carryOver(once, { kind: 'not-modified', sameBytes: true, answer: givenAnswer() }, now);
    expect(again.validators).toEqual({ etag: '"2"' });
  });

  it('is only its validators when the bytes were the same', () => {
    const state = carryOver(givenState(), { kind: 'not-modified', sameBytes: true, answer: givenAnswer() }, now);
    expect(state).toMatchObject({
      validators: { etag: '"2"' },
      bytesDigest: 'old',
      lastDocumentAt: now,
      lastOutcome: 'not-modified',
    });
  });

  it('is the ten newest instants of entries that are not to come', () => {
    const entryInstants = Array.from({ length: 30 }, (_, hour) => givenInstant(now + (hour - 20) * hourMs));
    const { recentEntries } = carryOver(givenState(), givenUpdate({}, { entryInstants }), now);
    expect(recentEntries).toHaveLength(10);
    expect(recentEntries?.[0]).toBe(now);
    expect(recentEntries?.[9]).toBe(now - 9 * hourMs);
  });
});

describe('what a 304 changes', () => {
  it('is Last-Modified, and the ETag where there was none', () => {
    const previous = givenState({ validators: { lastModified: 'old' } });
    const result = givenNotModified({ validators: { etag: '"9"', lastModified: 'new' } });
    expect(carryOver(previous, result, now).validators).toEqual({ etag: '"9"', lastModified: 'new' });
  });

  it('is the dress of the ETag', () => {
    const result = givenNotModified({ validators: { etag: 'W/"1"' } });
    expect(carryOver(givenState(), result, now).validators).toEqual({ etag: 'W/"1"' });
  });

  it('is not the ETag when it names another version: the version between would never come', () => {
    const result = givenNotModified({ validators: { etag: '"7"' } });
    expect(carryOver(givenState(), result, now).validators).toEqual({ etag: '"1"' });
  });

  it('is nothing when it repeats nothing', () => {
    const previous = givenState({ validators: { etag: '"1"', lastModified: 'old' } });
    expect(carryOver(previous, givenNotModified(), now).validators).toEqual(previous.validators);
  });

  it('is each header of freshness that it repeats', () => {
    const previous = givenState({ freshness: { cacheControl: 'max-age=60', expires: 'old', age: '5', date: 'd' } });
    const state = carryOver(previous, givenNotModified({ freshness: { expires: 'new', date: 'e' } }), now);
    expect(state.freshness).toEqual({ cacheControl: 'max-age=60', expires: 'new', date: 'e' });
  });

  it('is the loss of validators when it came from another URL than theirs', () => {
    expect(carryOver(givenState({ validatorsFrom: farUrl }), givenNotModified(), now).validators).toEqual({});
  });
});

describe('the next request', () => {
  it('carries the validators and where they came from', () => {
    expect(nextRequest(feedUrl, givenState({ validatorsFrom: farUrl }), now)).toEqual({
      url: feedUrl,
      validators: { etag: '"1"' },
      validatorsFrom: farUrl,
      accept: 'feed',
    });
  });

  it('is unconditional when there are no validators', () => {
    expect(nextRequest(feedUrl, givenState({ validators: {} }), now, 'page')).toEqual({
      url: feedUrl,
      validators: {},
      accept: 'page',
    });
  });

  it('does without validators that said "unchanged" for more than a fortnight', () => {
    const fortnight = givenState({ lastDocumentAt: givenInstant(now - 14 * dayMs) });
    const longer = givenState({ lastDocumentAt: givenInstant(now - 14 * dayMs - 1) });
    expect(nextRequest(feedUrl, fortnight, now).validators).toEqual({ etag: '"1"' });
    expect(nextRequest(feedUrl, longer, now).validators).toEqual({});
  });

  it('goes back to them for a day when the full copy could not be had', () => {
    const doubtful = { lastDocumentAt: givenInstant(now - 20 * dayMs) };
    const failedToday = givenState({ ...doubtful, lastUnconditionalAt: givenInstant(now - dayMs + 1) });
    const failedYesterday = givenState({ ...doubtful, lastUnconditionalAt: givenInstant(now - dayMs) });
    expect(nextRequest(feedUrl, failedToday, now).validators).toEqual({ etag: '"1"' });
    expect(nextRequest(feedUrl, failedYesterday, now).validators).toEqual({});
  });
});
