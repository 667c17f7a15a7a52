/**
 * The index of a window as text, and back: rows instead of objects, each repeated name once.
 *
 * In two values: a base with all entries as they were some publishes ago, which isolates keep, and the index itself, which
 * says what is different now. Decoding a thousand rows anew after every publish was half of a poll that ends as a 304.
 */
import type { EntryId } from '../domain/entry.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { SourceId } from '../domain/source.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { compareNewestFirst } from '../query/match/compare.ts';
import type { ArchiveTotals, SegmentName, Window, WindowBase, WindowEntry } from './window.ts';

/** Layout of both values; a reader that finds another number treats the window as not there. */
const layout = 3;

type Row = readonly [
  id: EntryId,
  sortAt: Instant,
  modified: Instant,
  sequence: number,
  digest: string,
  tags: readonly number[],
  source: number,
  authors: readonly number[],
  language: number,
  segment: number,
  position: number,
];

interface EncodedRows {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

type EncodedSegments = readonly (readonly [name: string, isOpen: 0 | 1])[];

interface EncodedBase extends EncodedRows {
  readonly layout: number;
  readonly frames: FrameTemplates;
  readonly segments: EncodedSegments;
}

interface EncodedIndex extends EncodedRows {
  readonly layout: number;
  readonly version: string;
  readonly base: string;
  readonly seedDigest: string;
  readonly totals: ArchiveTotals;
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  /** Absent when there are none. */
  readonly views?: readonly SavedView[];
  readonly segments: EncodedSegments;
  /** Positions in the base of entries that are not there any more, or otherwise. `rows` has the new ones. */
  readonly gone: readonly number[];
}

/** An index as it was read, without its base. */
export interface ReadIndex {
  readonly version: string;
  /** Name of the base. */
  readonly base: string;
  /** The window, given that base. */
  readonly on: (base: WindowBase) => Window;
}

/** A base ready to be written. */
export interface EncodedWindowBase {
  readonly base: WindowBase;
  readonly text: string;
}

/** Writes a base. */
export function encodeBase(content: Omit<WindowBase, 'name'>): EncodedWindowBase {
  const { frames, segments, entries } = content;
  const encoded: EncodedBase = { layout, frames, segments: encodeSegments(segments), ...encodeRows(entries) };
  const text = JSON.stringify(encoded);
  return { base: { name: fingerprint(text), ...content }, text };
}

/** Reads a base; `undefined` for another value, or a part of one. */
export function decodeBase(text: string, name: string): WindowBase | undefined {
  const encoded = parseLayout(text) as EncodedBase | undefined;
  if (encoded === undefined || fingerprint(text) !== name) return undefined;
  const { frames, segments } = encoded;
  return { name, frames, segments: decodeSegments(segments), entries: decodeRows(encoded) };
}

/** Entries of a window that its base does not have as they are. */
export function changedSince(base: WindowBase, entries: readonly WindowEntry[]): readonly WindowEntry[] {
  const held = new Map(base.entries.map((entry) => [entry.digest, entry]));
  return entries.filter((entry) => !isSamePlace(held.get(entry.digest), entry));
}

/** Writes the index of a window: what is different from its base. */
export function encodeWindow(window: Omit<Window, 'version'>, base: WindowBase): { version: string; text: string } {
  const now = new Map(window.entries.map((entry) => [entry.digest, entry]));
  const gone = base.entries.flatMap((entry, at) => (isSamePlace(now.get(entry.digest), entry) ? [] : [at]));
  const { seedDigest, totals, contiguousFrom, views, segments } = window;
  const encode = (version: string): string => {
    const encoded: EncodedIndex = {
      layout,
      version,
      base: base.name,
      seedDigest,
      totals,
      ...(contiguousFrom === undefined ? {} : { contiguousFrom }),
      ...(views.length === 0 ? {} : { views }),
      segments: encodeSegments(segments),
      gone,
      ...encodeRows(changedSince(base, window.entries)),
    };
    return JSON.stringify(encoded);
  };
  const version = fingerprint(encode(''));
  return { version, text: encode(version) };
}

/** Reads an index that `encodeWindow` wrote; `undefined` for anything else, another layout or a part of the text. */
export function decodeWindow(text: string): ReadIndex | undefined {
  const encoded = parseLayout(text) as EncodedIndex | undefined;
  if (encoded === undefined || typeof encoded.version !== 'string' || !Array.isArray(encoded.gone)) return undefined;
  const { version, seedDigest, totals, contiguousFrom, views = [], segments } = encoded;
  return {
    version,
    base: encoded.base,
    on: (base) => ({
      version,
      seedDigest,
      totals,
      ...(contiguousFrom === undefined ? {} : { contiguousFrom }),
      frames: base.frames,
      views,
      segments: decodeSegments(segments),
      entries: merge(base.entries, new Set(encoded.gone), decodeRows(encoded)),
    }),
  };
}

function merge(held: readonly WindowEntry[], gone: ReadonlySet<number>, added: readonly WindowEntry[]): WindowEntry[] {
  const merged: WindowEntry[] = [];
  let next = 0;
  held.forEach((entry, position) => {
    if (gone.has(position)) return;
    for (let other = added[next]; other !== undefined && compareNewestFirst(other, entry) < 0; other = added[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(entry);
  });
  return [...merged, ...added.slice(next)];
}

function isSamePlace(held: WindowEntry | undefined, { segment, position }: WindowEntry): boolean {
  return held !== undefined && held.segment === segment && held.position === position;
}

function encodeSegments(segments: readonly SegmentName[]): EncodedSegments {
  return segments.map(({ name, isOpen }) => [name, isOpen ? 1 : 0]);
}

function decodeSegments(segments: EncodedSegments): readonly SegmentName[] {
  return segments.map(([name, isOpen]) => ({ name, isOpen: isOpen === 1 }));
}

function encodeRows(entries: readonly WindowEntry[]): EncodedRows {
  const names: string[] = [];
  const positions = new Map<string, number>();
  const nameOf = (name: string): number => {
    const known = positions.get(name);
    if (known !== undefined) return known;
    positions.set(name, names.length);
    return names.push(name) - 1;
  };
  const rows = entries.map(
    (entry): Row => [
      entry.id,
      entry.sortAt,
      entry.modified,
      entry.sequence,
      entry.digest,
      entry.tags.map(nameOf),
      nameOf(entry.source),
      entry.authors.map(nameOf),
      entry.language === undefined ? -1 : nameOf(entry.language),
      entry.segment,
      entry.position,
    ],
  );
  return { names, rows };
}

function decodeRows({ names, rows }: EncodedRows): readonly WindowEntry[] {
  const nameAt = (position: number): string => names[position] ?? '';
  return rows.map(([id, sortAt, modified, sequence, digest, tags, source, authors, language, segment, position]) => ({
    id,
    sortAt,
    modified,
    sequence,
    digest,
    tags: tags.map(nameAt),
    source: nameAt(source) as SourceId,
    authors: authors.map(nameAt),
    ...(language < 0 ? {} : { language: nameAt(language) }),
    segment,
    position,
  }));
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
