/**
 * Writes the index of a window as text, and reads it.
 *
 * It makes two values. The base has all lists as they were some publishes ago; isolates keep it. The index, which is the
 * value of the small key, has the differences of each list from the base. Entries are written as the objects that are read:
 * rows with a table of names were half as long, but a cold isolate spent 9 ms of CPU on 1,000 of them, and spends 5 on objects.
 */
import type { EntryId } from '../domain/entry.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { SavedView } from '../domain/saved-view.ts';
import { type ItemRule, readList, type ToldList, tellList } from './told-list.ts';
import type {
  ArchiveTotals,
  CurrentVersion,
  SegmentName,
  SourceTotal,
  TagTotal,
  Window,
  WindowBase,
  WindowEntry,
} from './window.ts';

/** Layout of both values. A reader that finds another number treats the window as absent. */
const layout = 5;

type EncodedSegments = readonly (readonly [name: string, isOpen: 0 | 1])[];

interface EncodedBase extends Omit<WindowBase, 'segments'> {
  readonly layout: number;
  readonly segments: EncodedSegments;
}

interface EncodedIndex {
  readonly layout: number;
  readonly version: string;
  readonly base: string;
  readonly seedDigest: string;
  readonly totals: Omit<ArchiveTotals, 'tags' | 'sources'>;
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  readonly segments: EncodedSegments;
  readonly entries: ToldList<WindowEntry>;
  readonly tags: ToldList<TagTotal>;
  readonly sources: ToldList<SourceTotal>;
  readonly views: ToldList<SavedView>;
}

/** The small key as it was read. */
export interface ReadCurrent extends CurrentVersion {
  /** Name of the base. */
  readonly base: string;
  /** The window, made with that base. */
  readonly on: (base: WindowBase) => Window;
}

/** A base ready to be written. */
export interface EncodedWindowBase {
  readonly base: WindowBase;
  readonly text: string;
}

/** An index ready to be written. */
export interface EncodedWindow {
  readonly version: string;
  /** Items of its lists that its base lacks. */
  readonly added: number;
  /** The value of the small key. */
  readonly render: (named: Pick<CurrentVersion, 'feeds' | 'publishedAt'>) => string;
}

const entryRule: ItemRule<WindowEntry> = {
  keyOf: ({ digest }) => digest,
  isSame: (former, now) => former.segment === now.segment && former.position === now.position,
};
const tagRule: ItemRule<TagTotal> = { keyOf: ({ slug }) => slug, isSame };
const sourceRule: ItemRule<SourceTotal> = { keyOf: ({ id }) => id, isSame };
const viewRule: ItemRule<SavedView> = { keyOf: ({ name }) => name, isSame };

function isSame(former: unknown, now: unknown): boolean {
  return JSON.stringify(former) === JSON.stringify(now);
}

/** Writes a base. */
export function encodeBase(content: Omit<WindowBase, 'name'>): EncodedWindowBase {
  const { frames, segments, tags, sources, views, entries } = content;
  const lists = { frames, tags, sources, views, entries };
  const name = fingerprint(JSON.stringify([lists, segments]));
  const encoded: EncodedBase = { layout, name, segments: encodeSegments(segments), ...lists };
  return { base: { name, segments, ...lists }, text: JSON.stringify(encoded) };
}

/** Reads a base; `undefined` for any other text, another layout or an incomplete text. */
export function decodeBase(text: string): WindowBase | undefined {
  const encoded = parseLayout(text) as EncodedBase | undefined;
  if (encoded === undefined || typeof encoded.name !== 'string' || !Array.isArray(encoded.entries)) return undefined;
  const { layout: _, segments, ...lists } = encoded;
  return { ...lists, segments: decodeSegments(segments) };
}

/** Writes the index of a window: its differences from the base. */
export function encodeWindow(window: Omit<Window, 'version'>, base: WindowBase): EncodedWindow {
  const { seedDigest, totals, contiguousFrom, views, segments } = window;
  const { tags, sources, ...counts } = totals;
  const lists = {
    entries: tellList(base.entries, window.entries, entryRule),
    tags: tellList(base.tags, tags, tagRule),
    sources: tellList(base.sources, sources, sourceRule),
    views: tellList(base.views, views, viewRule),
  };
  const content: Omit<EncodedIndex, 'version'> = {
    layout,
    base: base.name,
    seedDigest,
    totals: counts,
    ...(contiguousFrom === undefined ? {} : { contiguousFrom }),
    segments: encodeSegments(segments),
    ...lists,
  };
  const version = fingerprint(JSON.stringify(content));
  const added = Object.values(lists).reduce((sum, list) => sum + list.added.length, 0);
  return { version, added, render: (named) => JSON.stringify({ version, ...named, ...content, ...forFormerReleases }) };
}

/** Isolates of release 0.1.0 fail without it; with it they find no window, and ask the Archive. */
const forFormerReleases = { older: [] };

/** Reads what `encodeWindow` wrote; `undefined` for any other text, another layout or an incomplete text. */
export function decodeCurrent(text: string): ReadCurrent | undefined {
  const encoded = parseLayout(text) as (EncodedIndex & CurrentVersion) | undefined;
  if (encoded === undefined || typeof encoded.version !== 'string' || !Array.isArray(encoded.entries?.order)) {
    return undefined;
  }
  const { version, seedDigest, totals, contiguousFrom, segments, feeds, publishedAt } = encoded;
  return {
    version,
    seedDigest,
    publishedAt,
    ...(feeds === undefined ? {} : { feeds }),
    base: encoded.base,
    on: (base) => ({
      version,
      seedDigest,
      totals: {
        ...totals,
        tags: readList(base.tags, encoded.tags),
        sources: readList(base.sources, encoded.sources),
      },
      ...(contiguousFrom === undefined ? {} : { contiguousFrom }),
      frames: base.frames,
      views: readList(base.views, encoded.views),
      segments: decodeSegments(segments),
      entries: readList(base.entries, encoded.entries),
    }),
  };
}

function encodeSegments(segments: readonly SegmentName[]): EncodedSegments {
  return segments.map(({ name, isOpen }) => [name, isOpen ? 1 : 0]);
}

function decodeSegments(segments: EncodedSegments): readonly SegmentName[] {
  return segments.map(([name, isOpen]) => ({ name, isOpen: isOpen === 1 }));
}

function parseLayout(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isOurs = typeof value === 'object' && value !== null && 'layout' in value && value.layout === layout;
    return isOurs ? value : undefined;
  } catch {
    return undefined;
  }
}
