import { describe, expect, it } from 'vitest';
import { hostOf, maxUrlLength, parseHttpUrl } from '../../src/domain/http-url.ts';

const base = 'https://example.org/';

describe('parseHttpUrl', () => {
  it.each([
    ['ü', 1_300],
    ['ü', 2_000],
    ['>', 2_700],
    ['>', 4_000],
    ['a', maxUrlLength - base.length],
    ['a', maxUrlLength],
  ])('gives what it gives again, or nothing: "%s" %i times', (letter, count) => {
    const once = parseHttpUrl(letter.repeat(count), base);
    expect(once === undefined ? undefined : parseHttpUrl(once)).toBe(once);
    expect(once?.length ?? 0).toBeLessThanOrEqual(maxUrlLength);
  });

  it('takes an address up to the limit, as encoded', () => {
    expect(parseHttpUrl('a'.repeat(maxUrlLength - base.length), base)).toHaveLength(maxUrlLength);
    expect(parseHttpUrl('>'.repeat(maxUrlLength / 2), base)).toBeUndefined();
  });

  it('refuses what is not http(s)', () => {
    expect(['javascript:alert(1)', 'data:,x', '//', 'x'].map((text) => parseHttpUrl(text))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});

describe('the host of an address', () => {
  it.each([
    'https://Example.ORG/feed?x#y',
    'http://example.org:80?x',
    'http://example.org:8080#x',
    'https://user:secret@example.org:444/a@b',
    'http://user@example.org/',
    'http://[::1]:8787/feed',
    'https://例え.jp/フィード',
    'http://0x7f.1/',
  ])('of %s is what the parser says', (text) => {
    const url = parseHttpUrl(text);
    expect(url === undefined ? undefined : hostOf(url)).toBe(new URL(text).host);
  });
});
