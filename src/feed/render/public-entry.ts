/**
 * Decides which fields of an entry are published: every field is checked once against all three formats.
 *
 * A field that no format can carry (a blank author, an invalid media type) is left out here, so that the writers are
 * plain templates. No date comes from a clock: dates are the entry's own.
 */
import type { Author, Enclosure, EntryId, OtherPlace, RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import { isMediaType, mediaTypeOf } from '../../domain/media-type.ts';
import type { ModuleElement } from '../../domain/modules.ts';
import type { ContentMode } from '../../domain/view.ts';
import { isAbsoluteIri, isEmail, toLanguageTag, toUri } from './format-rules.ts';
import { toHeading } from './heading.ts';
import { toWritableModules } from './module-values.ts';
import { type PublicCategory, toPublicCategories } from './public-category.ts';
import { toWritable, type Writable } from './xml-writer.ts';

/** An author with a name; the e-mail address only when it is one. */
export interface PublicAuthor {
  readonly name: string;
  readonly url: string | undefined;
  readonly email: string | undefined;
}

/** An enclosure with valid numbers. */
export interface PublicEnclosure {
  readonly url: string;
  /** As declared; undefined when undeclared. */
  readonly type: string | undefined;
  /** As declared, else guessed from the file name: for formats that require it. */
  readonly assumedType: string;
  readonly lengthBytes: number | undefined;
  readonly durationSeconds: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly title: string | undefined;
}

/** The origin that an entry itself names; only with an address. */
export interface PublicVia {
  readonly url: string;
  readonly title: string | undefined;
}

/** The origin of an entry, with an id and a title always. */
export interface PublicOrigin {
  /** Its own, else its address, else one of ours. */
  readonly id: string;
  readonly updated: Instant | undefined;
  readonly title: string;
  readonly feedUrl: string | undefined;
  readonly siteUrl: string | undefined;
  readonly rights: string | undefined;
}

/** An entry ready to be written in any format. Text is free of characters that XML cannot carry; empty means absent. */
export interface PublicEntry {
  /** RSS guid and JSON id: theirs, unless it is too short to be unique among many sources. */
  readonly guid: string;
  /** The publisher's id, where `guid` is ours. */
  readonly replacedGuid: string | undefined;
  /** Atom id: theirs when it is an absolute IRI, else a URN made from ours. */
  readonly atomId: string;
  readonly title: string;
  /** The title, or a substitute where a format demands one; never empty. */
  readonly heading: string;
  readonly titleHtml: string | undefined;
  readonly url: string | undefined;
  readonly externalUrl: string | undefined;
  readonly commentsUrl: string | undefined;
  readonly image: string | undefined;
  readonly summary: string;
  readonly content: Writable | undefined;
  readonly published: Instant | undefined;
  readonly updated: Instant | undefined;
  /** The last change for formats that insist on one: updated, else published, else our record's last change. */
  readonly changed: Instant;
  readonly authors: readonly PublicAuthor[];
  readonly categories: readonly PublicCategory[];
  readonly enclosures: readonly PublicEnclosure[];
  readonly language: string | undefined;
  readonly rights: string;
  readonly via: PublicVia | undefined;
  /** Elements of modules, without those that repeat a field above. */
  readonly modules: readonly ModuleElement[];
  readonly origin: PublicOrigin;
  /** Other sources that bring it. */
  readonly also: readonly PublicOtherPlace[];
}

/** Another source that brings an entry, and the address where it is there: its link, else that of the source. */
export interface PublicOtherPlace {
  readonly origin: PublicOrigin;
  readonly url: string | undefined;
}

function toOptionalUri(url: HttpUrl | undefined): string | undefined {
  return url === undefined ? undefined : toUri(url);
}

/** Text that can be written; blank text is no text. */
function toText(text: string | undefined): Writable | '' {
  const writable = text === undefined ? '' : toWritable(text);
  return writable.trim() === '' ? '' : writable;
}

function toPublicAuthors(authors: readonly Author[]): PublicAuthor[] {
  const known: PublicAuthor[] = [];
  for (const author of authors) {
    const name = toText(author.name) || toText(author.email);
    const address = author.email !== undefined && isEmail(author.email) ? author.email : undefined;
    if (name !== '') known.push({ name, url: toOptionalUri(author.url), email: address });
  }
  return known;
}

function toPublicEnclosure(enclosure: Enclosure): PublicEnclosure {
  const { lengthBytes, durationSeconds } = enclosure;
  return {
    url: toUri(enclosure.url),
    type: isMediaType(enclosure.type) ? enclosure.type : undefined,
    assumedType: mediaTypeOf(enclosure),
    lengthBytes: Number.isSafeInteger(lengthBytes) && Number(lengthBytes) >= 0 ? lengthBytes : undefined,
    durationSeconds: Number.isFinite(durationSeconds) && Number(durationSeconds) > 0 ? durationSeconds : undefined,
    title: toText(enclosure.title) || undefined,
    width: enclosure.width,
    height: enclosure.height,
  };
}

function toPublicOrigin({
  origin,
  feedUpdated,
}: Pick<RecordedEntry<SafeHtml>, 'origin' | 'feedUpdated'>): PublicOrigin {
  const own = origin.feedId !== undefined && isAbsoluteIri(origin.feedId) ? origin.feedId : undefined;
  const home = origin.feedUrl ?? origin.siteUrl;
  return {
    id: own ?? (home === undefined ? `urn:tributary:source:${origin.sourceId}` : toUri(home)),
    updated: feedUpdated,
    title: toText(origin.title) || (home === undefined ? origin.sourceId : new URL(home).host),
    feedUrl: toOptionalUri(origin.feedUrl),
    siteUrl: toOptionalUri(origin.siteUrl),
    rights: toText(origin.rights) || undefined,
  };
}

function toPublicOtherPlace({ origin, url }: OtherPlace): PublicOtherPlace {
  const shown = toPublicOrigin({ origin });
  return { origin: shown, url: toOptionalUri(url) ?? shown.siteUrl ?? shown.feedUrl };
}

function toPublicVia(via: RecordedEntry<SafeHtml>['via']): PublicVia | undefined {
  return via?.url === undefined ? undefined : { url: toUri(via.url), title: toText(via.title) || undefined };
}

/**
 * The published dates. `sortAt` is the published date, or the first `updated` where there is no other, and never in the
 * future; `modified` is the credible `updated`.
 */
function toPublicDates(entry: RecordedEntry<SafeHtml>): { published?: Instant; updated?: Instant } {
  const { published, updated, sortAt, modified } = entry;
  if (published === undefined && updated === undefined) return {};
  return { published: sortAt, ...(updated === undefined ? {} : { updated: Math.min(updated, modified) as Instant }) };
}

// A bare number or a handful of characters names an entry within its own feed only; among many sources two would meet
// and a reader would drop one. The W3C validator calls it NotSufficientlyUnique.
const tooShort = /^(?:\d*|.{0,8})$/su;
const shortUri = /^(?:urn|tag|doi|info|acct|https?|yt|isbn|oai|at|ni|mid|cid):[\w\-.~:/?#@!$&'()*+,;=%]+$/i;

/** Whether a guid goes out as ours. An address of a scheme is unique however short it is. */
export function isTooShort(guid: string): boolean {
  return tooShort.test(guid) && !shortUri.test(guid);
}

function toGuid(guid: string, ours: string): string {
  const theirs = toWritable(guid).trim();
  return isTooShort(theirs) ? ours : theirs;
}

/** The guid of an entry whose own guid names another entry, too. */
export function ownName(id: EntryId): string {
  return `urn:tributary:entry:${id}`;
}

/** Rights from `podcast:license` are written as that element. */
function isLicence({ rights, modules = [] }: RecordedEntry<SafeHtml>): boolean {
  return rights !== undefined && modules.some(({ name, text }) => name === 'podcast:license' && text === rights);
}

/** Whether a link repeats one of our fields: it is not written a second time. */
function isSaidAlready({ name, attributes = {} }: ModuleElement, entry: RecordedEntry<SafeHtml>): boolean {
  const said = [entry.externalUrl, entry.commentsUrl, entry.via?.url, entry.url];
  return name === 'atom:link' && said.some((url) => url !== undefined && url === attributes['href']);
}

/** Checks and completes an entry for writing; `mode` decides how much of its text is included. */
export function toPublicEntry(entry: RecordedEntry<SafeHtml>, mode: ContentMode): PublicEntry {
  const ours = ownName(entry.id);
  const guid = toGuid(entry.guid, ours);
  const origin = toPublicOrigin(entry);
  const title = toText(entry.title);
  const summary = toText(entry.summary);
  const enclosures = entry.enclosures.map(toPublicEnclosure);
  const { published, updated } = toPublicDates(entry);
  return {
    guid,
    replacedGuid: guid === ours && entry.guid !== ours ? toText(entry.guid).trim() || undefined : undefined,
    atomId: isAbsoluteIri(guid) ? guid : ours,
    title,
    heading: title === '' ? toHeading(summary, enclosures[0]?.title ?? origin.title) : title,
    titleHtml: toText(entry.titleHtml) || undefined,
    url: toOptionalUri(entry.url),
    externalUrl: toOptionalUri(entry.externalUrl),
    commentsUrl: toOptionalUri(entry.commentsUrl),
    image: toOptionalUri(entry.image),
    summary: mode === 'none' ? '' : summary,
    content: mode === 'full' ? toText(entry.content) || undefined : undefined,
    published,
    updated,
    changed: updated ?? published ?? entry.modified,
    authors: toPublicAuthors(entry.authors),
    categories: toPublicCategories(entry.categories, entry.tags),
    enclosures,
    language: toLanguageTag(entry.language),
    rights: isLicence(entry) ? '' : toText(entry.rights),
    via: toPublicVia(entry.via),
    modules: toWritableModules((entry.modules ?? []).filter((element) => !isSaidAlready(element, entry))),
    origin,
    also: (entry.also ?? []).map(toPublicOtherPlace),
  };
}
