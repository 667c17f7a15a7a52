/**
 * Builds a window of made-up entries with the production code.
 */
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { type RecordedEntry, toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { PlacedSite } from '../../src/domain/site.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { baseKey, currentKey, feedsKey, segmentKey } from '../../src/platform/published-window.ts';
import { type BuiltWindow, buildWindow, draftDefaultFeeds, type WindowFacts } from '../../src/window/build.ts';
import { encodeDefaultFeeds } from '../../src/window/default-feeds.ts';
import { type Piece, powerOfX } from '../../src/window/gzip-join.ts';
import { type PlannedSegment, planSegments } from '../../src/window/plan-segments.ts';
import { type EntryTexts, renderForWindow, toEntryState } from '../../src/window/rendered-entry.ts';
import { encodeSegment } from '../../src/window/segment.ts';
import { type EntryState, type FragmentFormat, fragmentFormats } from '../../src/window/window.ts';

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

/** A window with the fragments of its entries. */
export interface GivenWindow extends BuiltWindow {
  readonly segments: readonly PlannedSegment[];
  readonly fragments: (format: FragmentFormat, entries: readonly { readonly digest: string }[]) => readonly Piece[];
}

/** Compresses at once: only tests may wait for it in one go. */
export function deflateNow(text: string): Piece {
  const plain = Buffer.from(text);
  const bytes = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH });
  return { bytes: new Uint8Array(bytes), crc: crc32(plain), power: powerOfX(plain.length), plainLength: plain.length };
}

const renderedOnce = new WeakMap<RecordedEntry<SafeHtml>, { readonly state: EntryState; readonly texts: EntryTexts }>();

/** Tests publish the same entries many times. */
function renderOnce(entry: RecordedEntry<SafeHtml>): { readonly state: EntryState; readonly texts: EntryTexts } {
  const known = renderedOnce.get(entry) ?? { state: toEntryState(entry, ''), texts: renderForWindow(entry) };
  renderedOnce.set(entry, known);
  return known;
}

/** The window of these entries, newest first. */
export function windowOf(
  entries: readonly RecordedEntry<SafeHtml>[],
  facts: WindowFacts,
  held?: GivenWindow,
): GivenWindow {
  const rendered = entries.map(renderOnce);
  const live = rendered.toReversed().map(({ state }) => ({ digest: state.digest, bytes: 8000 }));
  const segments = planSegments(live, held?.segments ?? []);
  const texts = new Map(rendered.map(({ state, texts: all }) => [state.digest, all]));
  const built = buildWindow(
    rendered.map(({ state }) => state),
    segments,
    facts,
    held?.base,
  );
  return {
    ...built,
    segments,
    fragments: (format, chosen) => chosen.map(({ digest }) => deflateNow(texts.get(digest)?.[format] ?? '')),
  };
}

/** What KV holds after a publish of this window, by key; values that are `held` already are not made again. */
export async function publishedValues(
  { window, render, base, segments, fragments }: GivenWindow,
  site?: PlacedSite,
  held: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>> = new Map(),
): Promise<Map<string, string | Uint8Array<ArrayBuffer>>> {
  const feeds = site && draftDefaultFeeds(window, site, fragments);
  const values = new Map<string, string | Uint8Array<ArrayBuffer>>([
    [currentKey, render({ publishedAt: newestAt as Instant, ...(feeds && { feeds: feeds.name }) })],
    [baseKey(base.base.name), base.text],
  ]);
  if (feeds !== undefined) values.set(feedsKey(feeds.name), encodeDefaultFeeds(feeds.name, await feeds.finish()));
  for (const segment of segments) {
    const members = segment.members.map((digest) => ({ digest }));
    for (const formats of segment.isOpen ? [fragmentFormats] : fragmentFormats.map((format) => [format])) {
      const key = segmentKey(segment, formats[0] ?? 'rss');
      const make = () =>
        encodeSegment(
          segment.name,
          formats.flatMap((format) => fragments(format, members)),
        );
      values.set(key, held.get(key) ?? make());
    }
  }
  return values;
}

/** A KV that holds these values and notes what is read. */
export function givenKv(values: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>): {
  readonly kv: KVNamespace;
  readonly reads: string[];
} {
  const reads: string[] = [];
  const get = async (key: string, { type }: { readonly type: string }) => {
    reads.push(key);
    const value = values.get(key);
    if (value === undefined) return null;
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return type === 'text' ? new TextDecoder().decode(bytes) : bytes.slice().buffer;
  };
  return { kv: { get } as unknown as KVNamespace, reads };
}

/** The window of these entries as the whole archive. */
export function givenWindow(
  entries: readonly RecordedEntry<SafeHtml>[],
  seedDigest = 'bench',
  held?: GivenWindow,
): GivenWindow {
  const even = entries.filter((entry) => entry.tags.length === 2).length;
  const updated = newestAt as Instant;
  const source = entries[0]?.origin;
  return windowOf(
    entries,
    {
      seedDigest,
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
    },
    held,
  );
}

function givenUrl(text: string): HttpUrl {
  const url = parseHttpUrl(text);
  if (url === undefined) throw new Error(`not a URL: ${text}`);
  return url;
}
