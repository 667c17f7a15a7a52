/**
 * Defines an entry: one article, episode or note, in the words of RFC 4287, whatever its format was.
 *
 * An absent field means unknown: no field is guessed from a clock. The type parameter `Html` says whether the sanitizer has
 * seen it.
 */
import { digest } from './digest.ts';
import type { UntrustedHtml } from './html.ts';
import type { HttpUrl } from './http-url.ts';
import type { Instant } from './instant.ts';
import type { ModuleElement } from './modules.ts';
import type { SourceId } from './source.ts';
import type { Tag } from './tag.ts';

declare const entryId: unique symbol;

/** Our name of an entry: 20 characters of base32hex, stable for ever, scoped to its source. */
export type EntryId = string & { readonly [entryId]: true };

/** Somebody who wrote. */
export interface Author {
  readonly name: string;
  readonly email?: string;
  readonly url?: HttpUrl;
}

/** A publisher's own classification. */
export interface Category {
  readonly term: string;
  readonly scheme?: string;
  readonly label?: string;
}

/** A file that belongs to an entry: podcast episode, image, document. */
export interface Enclosure {
  readonly url: HttpUrl;
  /** Media type as declared, lower case; absent when undeclared. */
  readonly type?: string;
  readonly lengthBytes?: number;
  readonly durationSeconds?: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly title?: string;
}

/** One entry of a feed. Text fields are plain text (no markup, no entities) unless typed as HTML. */
export interface Entry<Html> {
  readonly id: EntryId;
  /** The publisher's id: RSS guid, Atom id, JSON Feed id; else the permalink; else a `urn:` made from our id. Never empty. */
  readonly guid: string;
  /** Permalink, without tracking parameters. */
  readonly url?: HttpUrl;
  /** JSON Feed `external_url` / the page a link blog points to. */
  readonly externalUrl?: HttpUrl;
  /** Plain text; empty when the publisher gave none. */
  readonly title: string;
  /** The title as HTML, only when it had markup. */
  readonly titleHtml?: Html;
  /** Plain text, at most a few sentences; empty when there is neither summary nor content. */
  readonly summary: string;
  readonly content?: Html;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly authors: readonly Author[];
  readonly categories: readonly Category[];
  readonly enclosures: readonly Enclosure[];
  readonly image?: HttpUrl;
  /** BCP 47, as declared or detected. */
  readonly language?: string;
  readonly rights?: string;
  /** Page where people discuss the entry (RSS `comments`). */
  readonly commentsUrl?: HttpUrl;
  /** Where the entry says it came from when its publisher is itself an aggregator (atom:source, RSS source). */
  readonly via?: { readonly title: string; readonly url?: HttpUrl };
  /** The feed's own date of change when the entry was read. It is not part of the entry's words. */
  readonly feedUpdated?: Instant;
  /** Elements of feed modules, kept as they came (modules.ts). */
  readonly modules?: readonly ModuleElement[];
}

/** An entry as the reader hands it to the sanitizer, with what only the sanitizer can decide. */
export interface ReadEntry extends Entry<UntrustedHtml> {
  /** HTML to show when sanitizing leaves nothing of the content. */
  readonly otherwise?: UntrustedHtml;
  /** A small picture: the image of the entry when its content shows none. */
  readonly thumbnail?: HttpUrl;
}

/** Where an entry came from, as atom:source needs it (RFC 4287 section 4.2.11). */
export interface Origin {
  readonly sourceId: SourceId;
  readonly title: string;
  /** The id that the feed gives itself, when it gives one. */
  readonly feedId?: string;
  /** The upstream feed; absent for a site we only have archived articles of. */
  readonly feedUrl?: HttpUrl;
  readonly siteUrl?: HttpUrl;
  readonly rights?: string;
}

/** Another source that brings an article, and the link that it gives. */
export interface OtherPlace {
  readonly origin: Origin;
  readonly url?: HttpUrl;
}

/** An entry as the Archive holds it: the publisher's words and what we know about them. */
export interface RecordedEntry<Html> extends Entry<Html> {
  readonly origin: Origin;
  /** Our tags, sorted by slug, each slug once. */
  readonly tags: readonly Tag[];
  /** When we first saw it. */
  readonly firstSeen: Instant;
  /** Its place in views: `published`, or first seen when that is unknown or in the future. */
  readonly sortAt: Instant;
  /** When its publisher last changed anything that output formats show; never "now". */
  readonly modified: Instant;
  /** When anything that output formats show last changed here; absent where a former release recorded it. */
  readonly changed?: Instant;
  /** The other places of the article, when several sources bring it. */
  readonly also?: readonly OtherPlace[];
  /** Position in the archive's sequence of changes; grows with every recorded change of any entry. */
  readonly sequence: number;
}

/** Our id of the entry that a source knows under `identity` (guid, else permalink, else hash of title and date). */
export function toEntryId(sourceId: SourceId, identity: string): EntryId {
  return digest(`${sourceId}\n${identity}`).slice(0, 20) as EntryId;
}
