/**
 * Builds a window of made-up entries with the production code.
 */
import type { RecordedEntry } from '../../src/domain/entry.ts';
import { toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { PlacedSite } from '../../src/domain/site.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type BuiltWindow, buildWindow } from '../../src/window/build.ts';
import { renderForWindow } from '../../src/window/rendered-entry.ts';

const newestAt = Date.UTC(2026, 0, 1);

const sentence =
  'Wo der Fluss langsamer wird, lässt er fallen, was er getragen hat: erst Kies, dann Sand, zuletzt den feinen Schlick. ';

/** `count` entries with about `contentBytes` of HTML each, newest first; every second one has the tag `even`. */
export function givenEntries(count: number, contentBytes: number): readonly RecordedEntry<SafeHtml>[] {
  const feedUrl = givenUrl('https://river.example/feed.xml');
  const source = toSourceId(feedUrl);
  const paragraphs = Math.max(1, Math.round(contentBytes / (sentence.length * 4)));
  return Array.from({ length: count }, (_, position) => {
    const at = (newestAt - position * 3_600_000) as Instant;
    const url = givenUrl(`https://river.example/notes/${position}`);
    return {
      id: toEntryId(source, url),
      guid: url,
      url,
      title: `Note ${position} from the river bank`,
      summary: sentence,
      content: restoreSafeHtml(`<p>${sentence.repeat(4)}</p>`.repeat(paragraphs)),
      published: at,
      authors: [{ name: 'The Warden' }],
      categories: [],
      enclosures: [],
      language: 'de',
      origin: { sourceId: source, title: 'River notes', feedUrl },
      tags: position % 2 === 0 ? [{ slug: 'even', label: 'Even' }, river] : [river],
      firstSeen: at,
      sortAt: at,
      modified: at,
      sequence: count - position,
    };
  });
}

/** A site whose other settings have their defaults. */
export const benchSite: PlacedSite = {
  origin: 'http://bench.example',
  siteTitle: 'Tributary',
  siteDescription: 'Everything we follow, in one place.',
  siteLanguage: 'en',
};

const river = { slug: 'river', label: 'River' };

/** The window of these entries as the whole archive. */
export function givenWindow(entries: readonly RecordedEntry<SafeHtml>[], seedDigest = 'bench'): BuiltWindow {
  const even = entries.filter((entry) => entry.tags.length === 2).length;
  const updated = newestAt as Instant;
  const source = entries[0]?.origin;
  return buildWindow(entries.map(renderForWindow), {
    seedDigest,
    site: benchSite,
    totals: {
      entries: entries.length,
      sequence: entries.length,
      updated,
      tags: [
        { ...river, count: entries.length, updated },
        { slug: 'even', label: 'Even', count: even, updated },
      ],
      sources:
        source === undefined ? [] : [{ id: source.sourceId, title: source.title, count: entries.length, updated }],
    },
  });
}

function givenUrl(text: string): HttpUrl {
  const url = parseHttpUrl(text);
  if (url === undefined) throw new Error(`not a URL: ${text}`);
  return url;
}
