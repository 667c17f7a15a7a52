/**
 * Defines a feed as it was written: every string as found, with the element it came from, nothing decided yet.
 *
 * All formats are read into this type, because they differ in names, not in content. The normalizer's ladders decide
 * which of several candidates counts, by the element names in `from`.
 */

import type { XmlElement } from './xml/element.ts';

/** The formats a document may be in, named as people name them. */
export type RawFormat =
  | 'rss-0.90'
  | 'rss-0.91'
  | 'rss-0.92'
  | 'rss-0.93'
  | 'rss-0.94'
  | 'rss-1.0'
  | 'rss-1.1'
  | 'rss-2.0'
  | 'rss'
  | 'cdf'
  | 'atom-0.3'
  | 'atom-1.0'
  | 'json-feed-1.0'
  | 'json-feed-1.1'
  | 'page'
  | 'page-paths'
  | 'page-json-ld'
  | 'page-microformats'
  | 'page-microdata';

/** `text`: characters mean themselves. `html`: markup. `unknown`: the format does not say which (RSS). */
export type TextKind = 'text' | 'html' | 'unknown';

/** A text construct. */
export interface RawText {
  readonly from: string;
  readonly text: string;
  readonly kind: TextKind;
  /** `xml:base` in force, absolute. */
  readonly base?: string | undefined;
  /** `xml:lang` in force; empty when it was set to nothing. */
  readonly language?: string | undefined;
}

/** A plain string: an id, a date, a number, a language, the address of a picture with its size. */
export interface RawValue {
  readonly from: string;
  readonly text: string;
  readonly width?: string | undefined;
  readonly height?: string | undefined;
  readonly base?: string | undefined;
}

/** A link with its relation, as in RFC 4287 section 4.2.7. RSS links have the relation `alternate`. */
export interface RawLink {
  readonly from: string;
  readonly href: string;
  readonly rel: string;
  readonly type?: string | undefined;
  readonly length?: string | undefined;
  readonly title?: string | undefined;
  readonly base?: string | undefined;
}

/** Somebody; `text` is what stands in formats that have one string for name and address. */
export interface RawPerson {
  readonly from: string;
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly url?: string | undefined;
  readonly base?: string | undefined;
}

/** A classification. */
export interface RawCategory {
  readonly from: string;
  readonly term: string;
  readonly scheme?: string | undefined;
  readonly label?: string | undefined;
}

/** A file: enclosure, media:content, attachment. */
export interface RawMedia {
  readonly from: string;
  readonly url: string;
  readonly type?: string | undefined;
  readonly medium?: string | undefined;
  readonly length?: string | undefined;
  readonly duration?: string | undefined;
  readonly width?: string | undefined;
  readonly height?: string | undefined;
  readonly title?: string | undefined;
  readonly base?: string | undefined;
}

/** The parts that feeds and entries have in common. */
export interface RawNode {
  readonly texts: RawText[];
  readonly values: RawValue[];
  readonly links: RawLink[];
  readonly people: RawPerson[];
  readonly categories: RawCategory[];
  readonly media: RawMedia[];
  /** Elements of feed modules, kept as they came. */
  readonly modules: XmlElement[];
  /** `xml:base` in force, absolute. */
  base?: string;
  /** `xml:lang` in force; empty when it was set to nothing. */
  language?: string;
}

/** An entry as written. */
export interface RawEntry extends RawNode {
  /** `atom:source`: the feed it was taken from. */
  source?: RawNode;
}

/** A feed as written. */
export interface RawFeed extends RawNode {
  readonly format: RawFormat;
  readonly entries: RawEntry[];
}

/** An empty node. */
export function createRawNode(): RawNode {
  return { texts: [], values: [], links: [], people: [], categories: [], media: [], modules: [] };
}
