/**
 * Builds the published values of the chosen entries: the index, and the default feeds of a site that knows its address.
 *
 * Deterministic: the same entries and totals give the same version and the same bytes. No clock, no KV.
 */
import type { EntryId } from '../domain/entry.ts';
import { fingerprintAll } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { PlacedSite } from '../domain/site.ts';
import type { FeedFormat } from '../domain/view.ts';
import { type FrameTemplates, makeFrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/language/query.ts';
import type { DefaultFeeds, FinishedFeed } from './default-feeds.ts';
import { type EncodedWindow, type EncodedWindowBase, encodeBase, encodeWindow } from './encode.ts';
import { draftFeed } from './feed-document.ts';
import type { Piece } from './gzip-join.ts';
import type { PlannedSegment } from './plan-segments.ts';
import { selectFromWindow } from './select.ts';
import { everywhere } from './view-address.ts';
import { toViewHead } from './view-head.ts';
import type { ArchiveTotals, EntryState, SegmentName, Window, WindowEntry } from './window.ts';

/** An index ready to be written. */
export interface BuiltWindow extends Pick<EncodedWindow, 'render'> {
  readonly window: Window;
  /** The base of the index: the given one, or a new one. */
  readonly base: EncodedWindowBase;
}

/** An index with more items that its base lacks gets a new base. */
const mostAdded = 96;

/** The parts of a window besides its entries. */
export interface WindowFacts {
  readonly totals: ArchiveTotals;
  readonly seedDigest: string;
  /** No entry of the archive at or after this instant is missing; absent = none is missing at all. */
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  readonly views?: readonly SavedView[];
}

/** Makes the index of entries (newest first), each of which is in one of the segments. @param held the former base */
export function buildWindow(
  entries: readonly EntryState[],
  planned: readonly PlannedSegment[],
  facts: WindowFacts,
  held?: EncodedWindowBase,
): BuiltWindow {
  const { totals, seedDigest, contiguousFrom, views = [] } = facts;
  const content = (segments: readonly Partial<PlannedSegment>[], frames: FrameTemplates): Omit<Window, 'version'> => ({
    seedDigest,
    frames,
    totals,
    ...(contiguousFrom === undefined ? {} : { contiguousFrom }),
    views,
    ...placeEntries(entries, segments),
  });
  if (held !== undefined) {
    const window = content(alignSegments(planned, held.base.segments), held.base.frames);
    const { version, added, render } = encodeWindow(window, held.base);
    if (added <= mostAdded) return { window: { version, ...window }, render, base: held };
  }
  const window = content(planned, makeFrameTemplates());
  const base = encodeBase({ ...window, tags: totals.tags, sources: totals.sources });
  const { version, render } = encodeWindow(window, base.base);
  return { window: { version, ...window }, render, base };
}

function placeEntries(
  entries: readonly EntryState[],
  segments: readonly Partial<PlannedSegment>[],
): Pick<Window, 'segments' | 'entries'> {
  const places = new Map<string, Pick<WindowEntry, 'segment' | 'position'>>();
  segments.forEach(({ members = [] }, segment) => {
    members.forEach((digest, position) => places.set(digest, { segment, position }));
  });
  return {
    segments: segments.map(({ name = '', isOpen = false }) => ({ name, isOpen })),
    entries: entries.flatMap((entry) => {
      const place = places.get(entry.digest);
      return place === undefined ? [] : { ...entry, ...place };
    }),
  };
}

/** Gives the planned segments the numbers that they have in the base; the open segment gets that of the former open one. */
function alignSegments(
  planned: readonly PlannedSegment[],
  base: readonly SegmentName[],
): readonly Partial<PlannedSegment>[] {
  const aligned = base.map(
    ({ name, isOpen }) => planned.find((each) => (isOpen ? each.isOpen : !each.isOpen && each.name === name)) ?? {},
  );
  return [...aligned, ...planned.filter((each) => !aligned.includes(each))];
}

/** The fragments of entries in one format, in their order. */
export type FragmentsOf = (format: FeedFormat, entries: readonly WindowEntry[]) => readonly Piece[];

/** The default feeds before their bytes are joined. */
export interface DraftedDefaultFeeds {
  /** Fingerprint of their content. */
  readonly name: string;
  readonly finish: () => Promise<DefaultFeeds>;
}

/** Drafts the default feeds; `undefined` where the window does not hold all of their entries. */
export function draftDefaultFeeds(
  window: Window,
  site: PlacedSite,
  fragmentsOf: FragmentsOf,
): DraftedDefaultFeeds | undefined {
  const found = selectFromWindow(window, everything, 0 as Instant);
  if (found === undefined) return undefined;
  const draft = (format: FeedFormat) => {
    const selection = { ...found, fragments: async () => fragmentsOf(format, found.entries) };
    const head = toViewHead(site, site.origin, everywhere, everything, format, selection, window.totals);
    return draftFeed(window.frames, format, head, selection);
  };
  const drafts = { rss: draft('rss'), atom: draft('atom'), json: draft('json') };
  const finish = async (format: FeedFormat): Promise<FinishedFeed> => {
    const { etag, lastModified, links, join } = drafts[format];
    const gzip = await join();
    if (gzip === undefined) throw new Error('the fragments of the default feeds are not at hand');
    return { etag, lastModified, links, gzip };
  };
  return {
    name: fingerprintAll([JSON.stringify(site), drafts.rss.etag, drafts.atom.etag, drafts.json.etag]),
    finish: async () => ({
      site,
      feeds: { rss: await finish('rss'), atom: await finish('atom'), json: await finish('json') },
    }),
  };
}
