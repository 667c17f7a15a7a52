import { describe, expect, it } from 'vitest';
import { contentHash, isOtherReading } from '../../src/domain/content-hash.ts';
import { type Entry, toEntryId } from '../../src/domain/entry.ts';
import type { UntrustedHtml } from '../../src/domain/html.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { givenInstant, givenUrl } from '../support/given.ts';

const entry: Entry<UntrustedHtml> = {
  id: toEntryId(toSourceId(givenUrl('https://a.example/')), 'x'),
  guid: 'x',
  title: 'T',
  summary: 'S',
  content: { markup: '<p>x</p>', base: givenUrl('https://a.example/') },
  authors: [{ name: 'A', email: 'a@a.example' }],
  categories: [],
  enclosures: [],
};

describe('contentHash', () => {
  it('does not depend on the order of keys, at any depth', () => {
    const { id, guid, ...rest } = entry;
    const turned = { ...rest, guid, id, authors: [{ email: 'a@a.example', name: 'A' }] };
    expect(contentHash(turned)).toBe(contentHash(entry));
  });

  it('takes an undefined field for an absent one', () => {
    expect(contentHash({ ...entry, rights: undefined } as unknown as Entry<UntrustedHtml>)).toBe(contentHash(entry));
  });

  it('is the same under other names: a publisher may give its entries new guids', () => {
    const renamed = { ...entry, guid: 'y', id: toEntryId(toSourceId(givenUrl('https://a.example/')), 'y') };
    expect(contentHash(renamed)).toBe(contentHash(entry));
  });

  it.each([
    [{ title: 'U' }],
    [{ content: { markup: '<p>y</p>' } }],
    [{ updated: givenInstant(1) }],
    [{ authors: [] }],
    [{ authors: [{ name: 'A' }, { name: 'B' }] }],
  ])('changes with %j', (change) => {
    expect(contentHash({ ...entry, ...change })).not.toBe(contentHash(entry));
  });

  it('is stable as long as the version of the reader is: archives compare with it', () => {
    expect(contentHash(entry)).toMatchInlineSnapshot(`"4.f75ab1f0af42b077"`);
  });

  it('tells another reading from another text', () => {
    const former = 'f75ab1f0af42b077';
    expect(isOtherReading(former, contentHash(entry))).toBe(true);
    expect(isOtherReading(contentHash({ ...entry, title: 'U' }), contentHash(entry))).toBe(false);
    expect(isOtherReading(former, '0123456789abcdef')).toBe(false);
  });
});
