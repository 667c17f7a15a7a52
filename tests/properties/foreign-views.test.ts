/**
 * 300 random views: what foreign parsers find in RSS and Atom is what the JSON Feed of the same view says.
 */
import * as fc from 'fast-check';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { parseFeed } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { ModuleElement } from '../../src/domain/modules.ts';
import { givenHead } from '../support/given-entries.ts';
import { ordinaryEntry, severalOf } from '../support/given-entries-arbitrary.ts';
import { renderFeed } from '../support/render-feed.ts';

/** Modules that parsers could take for something else. */
const modules: fc.Arbitrary<readonly ModuleElement[]> = fc.subarray([
  { name: 'itunes:title', text: 'Another title' },
  { name: 'itunes:episode', text: '7' },
  { name: 'podcast:transcript', attributes: { url: 'https://pod.river.org/t.vtt', type: 'text/vtt' } },
  { name: 'media:thumbnail', attributes: { url: 'https://pod.river.org/t.jpg' } },
  { name: 'thr:in-reply-to', attributes: { ref: 'tag:river.org,2026:1', href: 'https://pod.river.org/1' } },
  { name: 'dcterms:created', text: '2020-01-01T00:00:00Z' },
]);

const view = severalOf(
  fc.record({ entry: ordinaryEntry, modules }).map(({ entry, modules: carried }) => ({ ...entry, modules: carried })),
);

interface JsonItem {
  readonly id: string;
  readonly url?: string;
  readonly title?: string;
  readonly date_published?: string;
}

interface Said {
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly at?: number | undefined;
}

/** What the item says; titles that look like HTML are another matter (tests/feed/render). */
function onlyWhere({ url, title = '<', date_published: date }: JsonItem, said: Said): Said {
  return {
    ...(url !== undefined && { url: said.url }),
    ...(!/[<&]/.test(title) && { title: said.title }),
    ...(date !== undefined && { at: said.at }),
  };
}

const toSeconds = (date: string | Date | undefined): number | undefined =>
  date === undefined ? undefined : Math.floor(new Date(date).getTime() / 1000);

describe('a random view', () => {
  it('is the same to foreign parsers in all formats', () => {
    fc.assert(
      fc.property(view, fc.constantFrom('full', 'summary', 'none'), (entries, mode) => {
        const render = (format: 'rss' | 'atom' | 'json') => renderFeed(format, givenHead(format), entries, mode);
        const { items }: { items: readonly JsonItem[] } = JSON.parse(render('json'));
        const [rss, atom] = [render('rss'), render('atom')];
        const found = {
          rss: parseRssFeed(rss).items ?? [],
          atom: parseAtomFeed(atom).entries ?? [],
          other: parseFeed(rss)?.items ?? [],
        };
        expect(found.rss.map((item) => item.guid?.value)).toEqual(items.map(({ id }) => id));
        expect([found.atom.length, found.other.length]).toEqual([items.length, items.length]);
        const said = (pick: (item: JsonItem, at: number) => Said) =>
          items.map((item, at) => onlyWhere(item, pick(item, at)));
        const expected = said(({ url, title, date_published: date }) => ({
          url,
          title: title?.trim(),
          at: toSeconds(date),
        }));
        expect(
          said((_, at) => ({
            url: found.rss[at]?.link,
            title: found.rss[at]?.title,
            at: toSeconds(found.rss[at]?.pubDate),
          })),
        ).toEqual(expected);
        expect(
          said((_, at) => ({
            url: found.atom[at]?.links?.find(({ rel }) => rel === 'alternate')?.href,
            title: found.atom[at]?.title?.value,
            at: toSeconds(found.atom[at]?.published),
          })),
        ).toEqual(expected);
        expect(
          said(({ title }, at) => ({
            url: found.other[at]?.link,
            title: title?.trim(),
            at: toSeconds(found.other[at]?.pubDate),
          })),
        ).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
