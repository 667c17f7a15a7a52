/**
 * Defines the head of a rendered feed: everything in the document but the entries.
 */
import type { SourceChannel } from './channel.ts';
import type { HttpUrl } from './http-url.ts';
import type { Instant } from './instant.ts';

/** The three formats every view comes in. */
export type FeedFormat = 'rss' | 'atom' | 'json';

/** All formats, in the order they are offered. */
export const feedFormats: readonly FeedFormat[] = ['rss', 'atom', 'json'];

/** Media type of each format, as sent in `Content-Type`. */
export const feedMediaTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** The same without parameters, as links name them. */
export const feedLinkTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** Last path segment of each format. */
export const feedFileNames: Readonly<Record<FeedFormat, string>> = {
  rss: 'rss.xml',
  atom: 'atom.xml',
  json: 'feed.json',
};

/**
 * The date of a feed that never had an entry, in formats that demand a date: no feed is older than the software. It never
 * changes, so an empty feed stays the same bytes.
 */
export const neverChanged = Date.UTC(2026, 10, 1) as Instant;

/** The head of one document in one format. All URLs are absolute and canonical. */
export interface FeedHead {
  /** The id of the view (Atom `id`): stable, the same in every format, an absolute URL or URN. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47: the language of title and description; empty when unknown. */
  readonly language: string;
  /** BCP 47: the language that all its entries have; absent when they have several, or one of them has none. */
  readonly entryLanguage?: string;
  /** The HTML page of this view. */
  readonly siteUrl: HttpUrl;
  readonly selfUrl: HttpUrl;
  /** The same view in the other formats. */
  readonly alternates: readonly { readonly format: FeedFormat; readonly url: HttpUrl }[];
  readonly hubs: readonly HttpUrl[];
  /** When it changed last; absent when it never had an entry. Never "now". */
  readonly updated?: Instant;
  /** Paging, RFC 5005 section 3. */
  readonly nextUrl?: HttpUrl;
  readonly previousUrl?: HttpUrl;
  readonly firstUrl?: HttpUrl;
  /** Archived feeds, RFC 5005 section 4. */
  readonly currentUrl?: HttpUrl;
  readonly prevArchiveUrl?: HttpUrl;
  readonly nextArchiveUrl?: HttpUrl;
  /** True in an archive document (`fh:archive`). */
  readonly isArchive?: boolean;
  /** What the source says about itself; only in the feed of one source. */
  readonly channel?: SourceChannel;
}

/** How much of an entry a view shows. */
export type ContentMode = 'full' | 'summary' | 'none';

/** Whether titles are as published, or begin with the name of the source, for readers that mix many sources. */
export type TitleMode = 'plain' | 'source';
