import { describe, expect, it } from 'vitest';
import { addressKey, isSameAddress, spellingsOf } from '../../src/domain/address-key.ts';

describe('the key of an address', () => {
  it.each([
    ['http://example.org/a'],
    ['https://example.org/a/'],
    ['https://www.example.org/a'],
    ['https://EXAMPLE.org:443/a'],
    ['http://example.org:80/a?'],
    ['http://example.org/a?utm_source=rss&utm_medium=feed'],
    ['http://example.org/a#'],
  ])('is one for %s', (url) => {
    expect(addressKey(url)).toBe('//example.org/a');
  });

  it.each([
    ['https://example.org/A', 'the path has capitals'],
    ['https://example.org/a?page=2', 'the query asks for something'],
    ['https://example.org/a#note-2', 'the fragment names a part'],
    ['https://example.org:8443/a', 'the port is another'],
    ['https://blog.example.org/a', 'the host is another'],
    ['https://wwwexample.org/a', 'the host only begins so'],
  ])('of %s is another: %s', (url) => {
    expect(isSameAddress(url, 'https://example.org/a')).toBe(false);
  });

  it('keeps the parameters that say something', () => {
    expect(isSameAddress('http://example.org/?p=7&utm_source=x', 'https://www.example.org/?p=7')).toBe(true);
    expect(isSameAddress('http://example.org/?p=7', 'http://example.org/?p=8')).toBe(false);
  });

  it('of what is no address is the text itself', () => {
    for (const text of ['urn:uuid:1', 'tag:example.org,2026:1', '12345', '', 'HTTP'])
      expect(addressKey(text)).toBe(text);
  });

  it('is that of each of its spellings', () => {
    for (const url of ['https://www.example.org/a/', 'http://example.org/?p=7#x', 'https://example.org']) {
      const spellings = spellingsOf(url);
      expect(spellings).toContain(url);
      expect(new Set(spellings.map(addressKey))).toEqual(new Set([addressKey(url)]));
    }
  });
});
