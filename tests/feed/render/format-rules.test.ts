import { describe, expect, it } from 'vitest';
import { isAbsoluteIri, toUri } from '../../../src/feed/render/format-rules.ts';
import { givenUrl } from '../../support/given.ts';

describe('toUri', () => {
  it.each([
    ['https://example.org/a?b=c&d=%20#e'],
    ["https://example.org/~a/(b)/c,d;e=f!g*h'i@j:k+l$m"],
    ['http://[2001:db8::1]:8080/a'],
    ['https://user:secret@example.org/'],
  ])('leaves %s alone', (url) => {
    expect(toUri(givenUrl(url))).toBe(url);
  });

  it.each([
    ['https://example.org/?q=a|b', 'https://example.org/?q=a%7Cb'],
    ['https://example.org/a[1]', 'https://example.org/a%5B1%5D'],
    ['https://example.org/?q={x}`\\', 'https://example.org/?q=%7Bx%7D%60%5C'],
    ['https://example.org/100%', 'https://example.org/100%25'],
    ['https://example.org/%zz%41', 'https://example.org/%25zz%41'],
    ['https://example.org/#a#b', 'https://example.org/#a%23b'],
    ['http://[::1]/[', 'http://[::1]/%5B'],
  ])('encodes what RFC 3986 does not allow: %s', (url, uri) => {
    expect(toUri(givenUrl(url))).toBe(uri);
  });
});

describe('isAbsoluteIri', () => {
  it.each([
    ['https://example.org/1'],
    ['urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['tag:example.org,2020:post-1'],
    ['https://example.org/日本語'],
    ['yt:video:abc'],
  ])('takes %s', (text) => {
    expect(isAbsoluteIri(text)).toBe(true);
  });

  it.each([
    ['12345'],
    ['/relative'],
    ['https://example.org/a b'],
    ['urn:'],
    ['http://a/<b>'],
    ['a%zz:b'],
    ['x:%'],
    [''],
  ])('refuses %j', (text) => {
    expect(isAbsoluteIri(text)).toBe(false);
  });
});
