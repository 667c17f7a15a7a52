/**
 * Builds what is published: the index, one blob of fragments per format, and one front per feed format.
 *
 * Deterministic: the same entries and totals give the same version and the same bytes. No clock, no KV.
 */

import type { EntryId } from '../domain/entry.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { PlacedSite } from '../domain/site.ts';
import type { FeedFormat } from '../domain/view.ts';
import { makeFrameTemplates } from '../feed/render/xml-frame-template.ts';
import { encodeWindow } from './encode.ts';
import { frontLayout } from './front.ts';
import { encodeFronts } from './front-encode.ts';
import { type JoinedFragments, joinFragments } from './join-fragments.ts';
import type { RenderedEntry } from './rendered-entry.ts';
import { type ArchiveTotals, type FragmentFormat, fragmentFormats, type Window } from './window.ts';

/** A window ready to be written: its index as text, its fragments as bytes. */
export interface BuiltWindow {
  readonly window: Window;
  /** The index as JSON text. */
  readonly index: string;
  readonly blobs: Readonly<Record<FragmentFormat, Uint8Array>>;
  /** What each default feed is made of (`front.ts`). */
  readonly fronts: Readonly<Record<FeedFormat, Uint8Array<ArrayBuffer>>>;
}

/** What a window says beside its entries. */
export interface WindowFacts {
  readonly totals: ArchiveTotals;
  readonly seedDigest: string;
  /** Oldest entry down to which nothing of the archive is missing; absent = nothing is missing at all. */
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  readonly views?: readonly SavedView[];
  /** What the default feeds are finished for; absent where the origin is each request's own. */
  readonly site?: PlacedSite;
}

/** Joins rendered entries (newest first) into a window. */
export function buildWindow(rendered: readonly RenderedEntry[], facts: WindowFacts): BuiltWindow {
  const { totals, seedDigest, contiguousFrom, views = [], site } = facts;
  const blobOf = (format: FragmentFormat): JoinedFragments =>
    joinFragments(rendered.map((entry) => entry.fragments[format]));
  const blobs = { rss: blobOf('rss'), atom: blobOf('atom'), json: blobOf('json'), card: blobOf('card') };
  const frames = makeFrameTemplates();
  const content = {
    seedDigest,
    frames,
    totals,
    ...(contiguousFrom === undefined ? {} : { contiguousFrom }),
    views,
    entries: rendered.map((entry) => entry.facts),
    ends: { rss: blobs.rss.ends, atom: blobs.atom.ends, json: blobs.json.ends, card: blobs.card.ends },
  };
  // Each entry's digest stands for its fragments, so the index alone names the content of every blob.
  // The layout of the fronts too, or a release that changed it would publish none until something else changes.
  const version = fingerprint(encodeWindow({ version: '', ...content }) + JSON.stringify([frontLayout, site ?? null]));
  const window = { version, ...content };
  return {
    window,
    index: encodeWindow(window),
    fronts: encodeFronts(rendered, { version, totals, frames, ...(site === undefined ? {} : { site }) }),
    blobs: { rss: blobs.rss.bytes, atom: blobs.atom.bytes, json: blobs.json.bytes, card: blobs.card.bytes },
  };
}

/** The largest blob a selection of entries would make: what the size bound of a window is measured against. */
export function largestFragmentBytes(entry: RenderedEntry): number {
  return Math.max(...fragmentFormats.map((format) => entry.fragments[format].length));
}
