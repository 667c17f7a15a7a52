/**
 * Defines the window: the newest entries, rendered once for each format, as the Archive publishes them into KV and
 * isolates read them.
 *
 * The index has the facts of each entry that queries use, and the segment that holds its fragments. The totals count the
 * whole archive, so that the edge can decide whether the window has the complete answer to a query.
 */
import type { SourceChannel } from '../domain/channel.ts';
import type { EntryId } from '../domain/entry.ts';
import type { HttpUrl } from '../domain/http-url.ts';
import type { Instant } from '../domain/instant.ts';
import type { Month } from '../domain/month.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { SourceId } from '../domain/source.ts';
import type { FeedFormat } from '../domain/view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import type { EntryFacets } from '../query/language/facets.ts';

/** The forms of a rendered entry: the three feed formats, and the HTML card of pages. */
export type FragmentFormat = FeedFormat | 'card';

/** All fragment formats, in publishing order. */
export const fragmentFormats: readonly FragmentFormat[] = ['rss', 'atom', 'json', 'card'];

/** A tag and how many entries of the archive have it. */
export interface TagTotal {
  readonly slug: string;
  readonly label: string;
  readonly count: number;
  /** Newest `modified` among them. */
  readonly updated: Instant;
}

/** A source and how many entries of the archive it has. */
export interface SourceTotal {
  readonly id: SourceId;
  readonly title: string;
  readonly feedUrl?: HttpUrl;
  readonly siteUrl?: HttpUrl;
  /** What its feed says about itself; absent before that was read. */
  readonly channel?: SourceChannel;
  /** Its feed has failed for a day, or is gone for good. */
  readonly trouble?: 'failing' | 'gone';
  readonly count: number;
  readonly updated: Instant;
  /** Some of its entries are shown with those of other sources: only the Archive has its own text of them. */
  readonly hasDuplicates?: true;
}

/** Counts over the whole archive. Retired entries do not count. */
export interface ArchiveTotals {
  readonly entries: number;
  /** The last number of the archive's sequence of changes. */
  readonly sequence: number;
  /** Newest `modified` of all entries; the epoch when there are none. */
  readonly updated: Instant;
  /** Most used first. */
  readonly tags: readonly TagTotal[];
  /** By title. */
  readonly sources: readonly SourceTotal[];
  /** When views changed in ways that none of their entries shows, by the names of view-changes.ts. */
  readonly changes?: Readonly<Record<string, Instant>>;
  /** The lists are cut: an unlisted tag or source may still have entries. */
  readonly isCut?: true;
  /** This machine seems to be offline: the number of sources, all that were asked, that could not be reached. */
  readonly offline?: number;
  /** The newest month that has entries (RFC 5005 archives); absent when there are none. */
  readonly newestMonth?: Month;
}

/** The state of an entry, with the facts that queries use. */
export interface EntryState extends EntryFacets {
  readonly modified: Instant;
  readonly sequence: number;
  /** Names this state, equally in the window and in the Archive. */
  readonly digest: string;
  /** BCP 47 as the entry says it; absent when unknown. */
  readonly language?: string;
}

/** One entry of the window. */
export interface WindowEntry extends EntryState {
  /** The number of the segment that holds its fragments, and of its member there. */
  readonly segment: number;
  readonly position: number;
}

/** A segment by its name. */
export interface SegmentName {
  /** Fingerprint of its members. */
  readonly name: string;
  /** The open segment has the pieces of all formats in one value. */
  readonly isOpen: boolean;
}

/** The lists of a window as they were some publishes ago: an index has only its differences from them. */
export interface WindowBase extends Pick<ArchiveTotals, 'tags' | 'sources'> {
  /** Fingerprint of its text. */
  readonly name: string;
  /** The frame templates. */
  readonly frames: FrameTemplates;
  readonly segments: readonly SegmentName[];
  readonly views: readonly SavedView[];
  /** Newest first. */
  readonly entries: readonly WindowEntry[];
}

/** The published window. */
export interface CurrentVersion {
  /** Names the window. */
  readonly version: string;
  /** Names the default feeds; absent when the site does not know its address. */
  readonly feeds?: string;
  readonly publishedAt: Instant;
  /** Digest of the seeds that the archive had loaded or was loading. */
  readonly seedDigest: string;
}

/** The index of a published window. */
export interface Window {
  /** Names this content: equal content, equal version. */
  readonly version: string;
  /** Digest of the seeds that the archive had loaded or was loading. */
  readonly seedDigest: string;
  readonly totals: ArchiveTotals;
  /** The window holds every archive entry at least as new as this one; absent when it holds the whole archive. */
  readonly contiguousFrom?: { readonly sortAt: Instant; readonly id: EntryId };
  /** The frame templates. */
  readonly frames: FrameTemplates;
  /** Saved views, private ones included: the index is not public. */
  readonly views: readonly SavedView[];
  readonly segments: readonly SegmentName[];
  /** Newest first. */
  readonly entries: readonly WindowEntry[];
}
