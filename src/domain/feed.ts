/**
 * Defines a feed: its entries, and what it says about itself.
 *
 * The reader makes `Feed<UntrustedHtml>`, the sanitizer `Feed<SafeHtml>`.
 */
import type { Author, Category, Entry, ReadEntry } from './entry.ts';
import type { UntrustedHtml } from './html.ts';
import type { HttpUrl } from './http-url.ts';
import type { Instant } from './instant.ts';
import type { ModuleElement } from './modules.ts';

/** When the publisher says to come back. Absent fields: the publisher said nothing. */
export interface Cadence {
  /** RSS `ttl`, minutes. */
  readonly ttlMinutes?: number;
  /** RSS `skipHours`, 0-23 GMT. */
  readonly skipHours: readonly number[];
  /** RSS `skipDays`, 0 = Sunday, GMT. */
  readonly skipDays: readonly number[];
  /** Syndication module: updatePeriod / updateFrequency. */
  readonly updateEverySeconds?: number;
}

/** A feed as read from a document. Text fields are plain text. */
export interface Feed<Html> {
  readonly title: string;
  readonly titleHtml?: Html;
  readonly description: string;
  /** Atom id or RSS equivalent, when there is one. */
  readonly guid?: string;
  /** The page the feed belongs to (link rel=alternate). */
  readonly siteUrl?: HttpUrl;
  /** The address that the feed gives itself (link rel=self, feed_url). */
  readonly feedUrl?: HttpUrl;
  /** Older entries (RFC 5005 next / prev-archive, JSON Feed next_url). */
  readonly nextUrl?: HttpUrl;
  readonly hubs: readonly HttpUrl[];
  readonly authors: readonly Author[];
  readonly categories: readonly Category[];
  readonly language?: string;
  readonly rights?: string;
  readonly generator?: string;
  readonly icon?: HttpUrl;
  readonly image?: HttpUrl;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly cadence: Cadence;
  /** Elements of feed modules, kept as they came (modules.ts). */
  readonly modules?: readonly ModuleElement[];
  /** In document order. */
  readonly entries: readonly Entry<Html>[];
}

/** A feed as the reader hands it to the sanitizer. */
export type ReadFeed = Omit<Feed<UntrustedHtml>, 'entries'> & { readonly entries: readonly ReadEntry[] };
