import { array, assert, property, record, string, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOpml } from '../../../src/feed/read/formats/opml.ts';
import { renderOpml } from '../../../src/feed/render/opml-writer.ts';
import { toTags as readTags } from '../../../src/feed/tag/tag-entry.ts';
import { expectOk, givenUrl } from '../../support/given.ts';

const url = givenUrl('https://list.example/list.opml');

function readBack(text: string) {
  return expectOk(readOpml({ bytes: new TextEncoder().encode(text), url }));
}

/** As an import makes them. */
function toTags(labels: readonly string[]) {
  return readTags(labels, []).toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

function byUrl(a: { readonly url: string }, b: { readonly url: string }): number {
  return a.url < b.url ? -1 : 1;
}

describe('a subscription list', () => {
  const water = { slug: 'moving-water', label: 'Moving Water' };
  const east = { slug: '河流', label: '河流' };
  const text = renderOpml({
    title: 'Mine',
    sources: [
      { title: 'Both', url: givenUrl('https://both.example/feed'), tags: [water, east] },
      { title: 'Alone', url: givenUrl('https://alone.example/feed'), tags: [] },
      { title: 'One', url: givenUrl('https://one.example/feed'), tags: [water] },
    ],
  });

  it('has a folder for each tag, called by its label, and a feed with two tags is in both', () => {
    expect([...text.matchAll(/<outline text="([^"]*)" title="[^"]*">/g)].map(([, name]) => name)).toEqual([
      'Moving Water',
      '河流',
    ]);
    expect(text.match(/both\.example\/feed/g)).toHaveLength(2);
    expect(text.match(/alone\.example\/feed/g)).toHaveLength(1);
    expect(text).toContain('category="Moving Water,河流"');
  });

  it('keeps labels with commas and slashes, whichever folder comes first', () => {
    const labels = ['Alpha', 'Tech, AI/ML', 'zulu'];
    const given = [{ title: 'A', url: givenUrl('https://a.example/feed'), tags: toTags(labels) }];
    const { outlines } = readBack(renderOpml({ title: 'Mine', sources: given }));
    expect(toTags(outlines[0]?.categories ?? []).map(({ label }) => label)).toEqual(labels);
  });

  it('is the same list after export and import, labels included', () => {
    assert(
      property(
        uniqueArray(
          record({
            host: string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }).map((name) =>
              name.replace(/[^a-z0-9]/gi, 'x').toLowerCase(),
            ),
            labels: array(string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 3 }),
          }),
          { selector: ({ host }) => host, maxLength: 6 },
        ),
        (given) => {
          const labels = new Map(given.flatMap((each) => toTags(each.labels)).map((tag) => [tag.slug, tag]));
          const sources = given.map(({ host, labels: own }) => ({
            title: host,
            url: givenUrl(`https://${host}.example/feed`),
            // One archive has one label for a slug.
            tags: toTags(own).map((tag) => labels.get(tag.slug) ?? tag),
          }));
          const { outlines } = readBack(renderOpml({ title: 'Mine', sources }));
          const list = outlines.map(({ title, url: address, categories }) => ({
            title,
            url: address,
            tags: toTags(categories),
          }));
          expect(list.sort(byUrl)).toEqual(sources.sort(byUrl));
        },
      ),
    );
  });
});
