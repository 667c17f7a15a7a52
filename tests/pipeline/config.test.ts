/**
 * Settings that are each valid alone and cannot be used together, and those that would be unsafe, are refused in words.
 */
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/pipeline/config.ts';

const token = 'token-of-the-tests';

describe('settings', () => {
  it.each([
    ['an ADMIN_TOKEN that can be guessed', { ADMIN_TOKEN: 'hunter2' }, 'ADMIN_TOKEN', /at least 16 characters/],
    [
      'a shortest interval over the longest',
      { MIN_POLL_MINUTES: '90', MAX_POLL_MINUTES: '60' },
      'MIN_POLL_MINUTES',
      /not be more than MAX_POLL_MINUTES \(60\), but is 90/,
    ],
    ['an interval in words', { POLL_MINUTES: 'hourly' }, 'POLL_MINUTES', /whole number from 1 to .*, not "hourly"/],
    ['a SITE_URL with a path', { SITE_URL: 'https://feeds.example/tributary' }, 'SITE_URL', /must be an origin/],
    ['a zone that no list has', { SITE_TIMEZONE: 'Middle/Earth' }, 'SITE_TIMEZONE', /Middle\/Earth/],
    ['a switch that is neither on nor off', { DEDUPLICATE: 'maybe' }, 'DEDUPLICATE', /on.*off/],
  ])('refuse %s', (_, settings, setting, words) => {
    const config = parseConfig({ ADMIN_TOKEN: token, ...settings });
    expect(config.ok ? [] : config.failure).toEqual([{ setting, detail: expect.stringMatching(words) }]);
  });

  it('names every problem at once', () => {
    const config = parseConfig({ ADMIN_TOKEN: 'short', POLL_MINUTES: 'hourly', HOST_CONCURRENCY: '0' });
    const named = config.ok ? [] : config.failure.map(({ setting }) => setting);
    expect(named.toSorted()).toEqual(['ADMIN_TOKEN', 'HOST_CONCURRENCY', 'POLL_MINUTES']);
  });
});
