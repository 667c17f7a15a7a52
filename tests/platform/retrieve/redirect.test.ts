import { describe, expect, it } from 'vitest';
import { followRedirect, isPermanent, isRedirect, withoutFragment } from '../../../src/platform/retrieve/redirect.ts';
import { givenUrl } from '../../support/given.ts';

const from = givenUrl('https://example.org/a/feed.xml');

function lead(location: string | undefined) {
  return followRedirect(new Response(null, { status: 302, headers: location === undefined ? {} : { location } }), from);
}

describe('redirects', () => {
  it('are 301, 302, 303, 307 and 308, and no other status', () => {
    const statuses = Array.from({ length: 500 }, (_, index) => index + 100);
    expect(statuses.filter(isRedirect)).toEqual([301, 302, 303, 307, 308]);
  });

  it('are for ever when 301 or 308, unless they give up encryption', () => {
    const plain = givenUrl('http://example.org/');
    expect([301, 302, 303, 307, 308].filter((status) => isPermanent(status, from, from))).toEqual([301, 308]);
    expect(isPermanent(301, plain, from)).toBe(true);
    expect(isPermanent(301, plain, plain)).toBe(true);
    expect(isPermanent(301, from, plain)).toBe(false);
  });

  it.each([
    ['b.xml', 'https://example.org/a/b.xml'],
    ['/b.xml#part', 'https://example.org/b.xml'],
    ['//example.net/b.xml', 'https://example.net/b.xml'],
    ['http://example.net', 'http://example.net/'],
    ['?page=2', 'https://example.org/a/feed.xml?page=2'],
    ['/gr\u00c3\u00b6\u00c3\u009fe', 'https://example.org/gr%C3%B6%C3%9Fe'],
    ['/gr\u00f6\u00dfe', 'https://example.org/gr%C3%B6%C3%9Fe'],
    ['', 'https://example.org/a/feed.xml'],
  ])('to %j lead to %s', (location, url) => {
    expect(lead(location)).toEqual({ ok: true, value: url });
  });

  it.each([[undefined], ['javascript:alert(1)'], ['ftp://example.org/'], ['http://'], [`/${'x'.repeat(9000)}`]])(
    'to %j lead nowhere',
    (location) => {
      expect(lead(location)).toMatchObject({ ok: false, failure: { kind: 'bad-redirect' } });
    },
  );

  it('travel without fragments', () => {
    expect(withoutFragment(givenUrl('https://example.org/#a#b'))).toBe('https://example.org/');
    expect(withoutFragment(from)).toBe(from);
  });
});
