/**
 * Writes the index of a window as text, and reads it: rows instead of objects, each repeated name once.
 *
 * It makes two values. The base has all lists as they were some publishes ago; isolates keep it. The index, which is the
 * value of the small key, has the differences of each list from the base.
 */
import type { EntryId } from '../domain/entry.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { facetNames } from '../query/language/facets.ts';
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
const layout = 4;

type Row = readonly [
  id: EntryId,
  sortAt: Instant,
  modified: Instant,
  sequence: number,
  digest: string,
  language: string,
  segment: number,
  position: number,
  /** For each facet, the positions of the entry's members in `names`. */
  ...facets: (readonly number[])[],
];

interface EncodedRows {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

type EncodedSegments = readonly (readonly [name: string, isOpen: 0 | 1])[];

interface EncodedBase extends EncodedRows {
  readonly layout: number;
  readonly name: string;
  readonly frames: FrameTemplates;
  readonly segments: EncodedSegments;
  readonly tags: readonly TagTotal[];
  readonly sources: readonly SourceTotal[];
  readonly views: readonly SavedView[];
}

interface EncodedIndex {
  readonly layout: number;
  readonly version: string;
  readonly base: string;
  readonly seedDigest: string;
  readonly totals: Omit<ArchiveTotals, 'tags' | 'sources'>;
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  readonly segments: EncodedSegments;
  readonly entries: EncodedRows & Pick<ToldList<unknown>, 'order'>;
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
  const { frames, segments, entries, tags, sources, views } = content;
  const lists = { frames, segments: encodeSegments(segments), tags, sources, views, ...encodeRows(entries) };
  const name = fingerprint(JSON.stringify(lists));
  const encoded: EncodedBase = { layout, name, ...lists };
  return { base: { name, frames, segments, entries, tags, sources, views }, text: JSON.stringify(encoded) };
}

/** Reads a base; `undefined` for any other text, another layout or an incomplete text. */
export function decodeBase(text: string): WindowBase | undefined {
  const encoded = parseLayout(text) as EncodedBase | undefined;
  if (encoded === undefined || typeof encoded.name !== 'string' || !Array.isArray(encoded.rows)) return undefined;
  const { name, frames, segments, tags, sources, views } = encoded;
  return { name, frames, segments: decodeSegments(segments), tags, sources, views, entries: decodeRows(encoded) };
}

/** Writes the index of a window: its differences from the base. */
export function encodeWindow(window: Omit<Window, 'version'>, base: WindowBase): EncodedWindow {
  const { seedDigest, totals, contiguousFrom, views, segments } = window;
  const { tags, sources, ...counts } = totals;
  const entries = tellList(base.entries, window.entries, entryRule);
  const lists = {
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
    entries: { order: entries.order, ...encodeRows(entries.added) },
    ...lists,
  };
  const version = fingerprint(JSON.stringify(content));
  const added = entries.added.length + Object.values(lists).reduce((sum, list) => sum + list.added.length, 0);
  return { version, added, render: (named) => JSON.stringify({ version, ...named, ...content, ...forFormerReleases }) };
}

/** Isolates of release 0.1.0 fail without it; with it they find no window, and ask the Archive. */
const forFormerReleases = { older: [] };

/** Reads what `encodeWindow` wrote; `undefined` for any other text, another layout or an incomplete text. */
export function decodeCurrent(text: string): ReadCurrent | undefined {
  const encoded = parseLayout(text) as (EncodedIndex & CurrentVersion) | undefined;
  if (encoded === undefined || typeof encoded.version !== 'string' || !Array.isArray(encoded.entries?.rows)) {
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
      entries: readList(base.entries, { order: encoded.entries.order, added: decodeRows(encoded.entries) }),
    }),
  };
}

function encodeSegments(segments: readonly SegmentName[]): EncodedSegments {
  return segments.map(({ name, isOpen }) => [name, isOpen ? 1 : 0]);
}

function decodeSegments(segments: EncodedSegments): readonly SegmentName[] {
  return segments.map(([name, isOpen]) => ({ name, isOpen: isOpen === 1 }));
}

function encodeRows(entries: readonly WindowEntry[]): EncodedRows {
  const positions = new Map<string, number>();
  const nameOf = (name: string): number => {
    const known = positions.get(name) ?? positions.size;
    positions.set(name, known);
    return known;
  };
  const rows = entries.map((entry): Row => {
    const { id, sortAt, modified, sequence, digest, language = '', segment, position } = entry;
    const members = facetNames.map((facet) => entry[facet].map(nameOf));
    return [id, sortAt, modified, sequence, digest, language, segment, position, ...members];
  });
  return { names: [...positions.keys()], rows };
}

function decodeRows({ names, rows }: EncodedRows): readonly WindowEntry[] {
  const nameAt = (position: number): string => names[position] ?? '';
  return rows.map(([id, sortAt, modified, sequence, digest, language, segment, position, ...members]) => {
    const entry: Record<string, unknown> = { id, sortAt, modified, sequence, digest, segment, position };
    if (language !== '') entry['language'] = language;
    facetNames.forEach((facet, at) => {
      entry[facet] = (members[at] ?? []).map(nameAt);
    });
    return entry as unknown as WindowEntry;
  });
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
