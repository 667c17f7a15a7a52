/**
 * Reads the facts that an entry's page shows from the entry as JSON Feed: the window's fragment for a published entry, so
 * that reading does not wake the Archive, or the same rendering by the Archive.
 */
import type { EntryId } from '../../../domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../../domain/html.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { type Instant, toInstant } from '../../../domain/instant.ts';
import type { Tag } from '../../../domain/tag.ts';
import { type EntryKind, toEntryKind } from '../../../feed/render/entry-kind.ts';
import { toHeading } from '../../../feed/render/heading.ts';
import { renderEntry } from '../../../feed/render/render-entry.ts';
import type { Query } from '../../../query/language/query.ts';
import { inflate } from '../../../window/compress.ts';
import { joinGzip } from '../../../window/gzip-join.ts';
import type { FeedSources } from '../../feeds/feeds.ts';

/** An item as `renderJsonItem` writes it. */
export interface JsonItem {
  readonly url?: string;
  readonly external_url?: string;
  readonly title?: string;
  readonly content_html?: string;
  readonly summary?: string;
  readonly image?: string;
  readonly date_published?: string;
  readonly date_modified?: string;
  readonly authors?: readonly { readonly name: string; readonly url?: string }[];
  readonly tags?: readonly string[];
  readonly language?: string;
  readonly attachments?: readonly EntryFile[];
  readonly _podcast?: { readonly transcript?: readonly Transcript[] };
  readonly _psc?: { readonly chapters?: { readonly chapter?: readonly JsonChapter[] } };
  readonly _tributary: {
    readonly source: { readonly title: string; readonly home_page_url?: string };
    readonly comments_url?: string;
    readonly rights?: string;
    readonly source_rights?: string;
    readonly via?: { readonly url: string; readonly title?: string };
    readonly also?: readonly { readonly title: string }[];
  };
}

/** A chapter as its feed wrote it: `start` is `H:MM:SS`, with fractions or without hours. */
interface JsonChapter {
  readonly start?: string;
  readonly title?: string;
  readonly href?: string;
}

/** A part of a recording. */
export interface Chapter {
  readonly startSeconds: number;
  readonly title: string;
  readonly url: string | undefined;
}

/** The words of a recording as a file. */
export interface Transcript {
  readonly url: string;
  readonly language?: string;
}

/** Another source that brings the entry. */
export interface OtherSource {
  readonly id: string;
  readonly title: string;
}

/** A file that belongs to an entry. */
export interface EntryFile {
  readonly url: string;
  readonly mime_type: string;
  readonly title?: string;
  readonly size_in_bytes?: number;
  readonly duration_in_seconds?: number;
}

/** An entry next to another one. */
export interface Neighbour {
  readonly id: EntryId;
  readonly heading: string;
}

/** Everything the page of one entry shows. */
export interface EntryFacts {
  readonly id: EntryId;
  /** The title of the entry; for an untitled one, its first words. */
  readonly heading: string;
  readonly isUntitled: boolean;
  readonly kind: EntryKind;
  readonly summary: string;
  readonly content: SafeHtml | undefined;
  readonly url: string | undefined;
  readonly externalUrl: string | undefined;
  readonly commentsUrl: string | undefined;
  readonly image: string | undefined;
  readonly language: string | undefined;
  readonly rights: string | undefined;
  readonly published: Instant | undefined;
  readonly updated: Instant | undefined;
  readonly modified: Instant;
  readonly sortAt: Instant;
  readonly authors: readonly { readonly name: string; readonly url?: string }[];
  readonly files: readonly EntryFile[];
  readonly chapters: readonly Chapter[];
  readonly transcripts: readonly Transcript[];
  readonly source: { readonly id: string; readonly title: string; readonly siteUrl: string | undefined };
  /** Other sources that bring the entry. */
  readonly also: readonly OtherSource[];
  readonly via: { readonly url: string; readonly title?: string } | undefined;
  readonly tags: readonly Tag[];
  /** The entries before and after it among all published ones; absent at an end, and when the Archive answered. */
  readonly newer: Neighbour | undefined;
  readonly older: Neighbour | undefined;
  /** Version of its window; absent when the Archive answered. */
  readonly version: string | undefined;
}

const decoder = new TextDecoder();

/** Finds a visible entry; `undefined` when there is none. */
export async function findEntryFacts(sources: FeedSources, id: EntryId): Promise<EntryFacts | undefined> {
  return (await findPublished(sources, id)) ?? (await findArchived(sources, id));
}

async function findPublished({ window }: FeedSources, id: EntryId): Promise<EntryFacts | undefined> {
  const held = await window.index();
  const position = held?.entries.findIndex((each) => each.id === id) ?? -1;
  const entry = held?.entries[position];
  if (held === undefined || entry === undefined) return undefined;
  const [newer, older] = [held.entries[position - 1], held.entries[position + 1]];
  const near = [entry, newer, older].filter((each) => each !== undefined);
  const fragments = await window.fragments(held, 'json', near);
  if (fragments === undefined) return undefined;
  const texts = await Promise.all(fragments.map(async (fragment) => await inflate(joinGzip([fragment]))));
  const items = new Map(near.map((each, at) => [each, JSON.parse(decoder.decode(texts[at])) as JsonItem]));
  const item = items.get(entry);
  if (item === undefined) return undefined;
  const { totals, version } = held;
  const source = totals.sources.find(({ id }) => id === entry.sources[0]);
  const labels = new Map(totals.tags.map(({ slug, label }) => [slug, label]));
  return toFacts(item, {
    ...entry,
    sourceId: entry.sources[0] ?? '',
    cover: source?.channel?.image,
    otherIds: entry.sources.slice(1),
    tags: entry.tags.map((slug) => ({ slug, label: labels.get(slug) ?? slug })),
    newer: newer && toNeighbour(newer.id, items.get(newer)),
    older: older && toNeighbour(older.id, items.get(older)),
    version,
  });
}

function toNeighbour(id: EntryId, item: JsonItem | undefined): Neighbour | undefined {
  if (item === undefined) return undefined;
  const { title, summary = '', _tributary: ours } = item;
  return { id, heading: title ?? toHeading(summary, ours.source.title) };
}

/** Finds an entry in the Archive; one of a private source only if `opened`, the query of a view with a given key, selects it. */
export async function findArchived(
  { archive }: FeedSources,
  id: EntryId,
  opened?: Query,
): Promise<EntryFacts | undefined> {
  const entry = await archive.entry(id, opened);
  if (entry === undefined) return undefined;
  const item = JSON.parse(renderEntry('json', entry, 'full')) as JsonItem;
  return toFacts(item, {
    ...entry,
    sourceId: entry.origin.sourceId,
    cover: undefined,
    otherIds: (entry.also ?? []).map(({ origin }) => origin.sourceId),
    newer: undefined,
    older: undefined,
    version: undefined,
  });
}

function toFacts(
  item: JsonItem,
  known: Pick<EntryFacts, 'id' | 'sortAt' | 'modified' | 'tags' | 'newer' | 'older' | 'version'> & {
    readonly sourceId: string;
    /** The picture of the source: an episode without a picture of its own shows it. */
    readonly cover: string | undefined;
    /** Other sources, in the order of `also`. */
    readonly otherIds: readonly string[];
  },
): EntryFacts {
  const { _tributary: ours, _psc: podlove, _podcast: podcast } = item;
  const summary = item.summary ?? '';
  const kind = toKind(item);
  return {
    id: known.id,
    heading: item.title ?? toHeading(summary, ours.source.title),
    isUntitled: item.title === undefined,
    kind,
    summary,
    content: contentOf(item),
    url: item.url,
    externalUrl: item.external_url,
    commentsUrl: ours.comments_url,
    image: item.image ?? (kind === 'audio' ? known.cover : undefined),
    language: item.language,
    rights: ours.rights ?? ours.source_rights,
    published: toDate(item.date_published),
    updated: toDate(item.date_modified),
    modified: known.modified,
    sortAt: known.sortAt,
    authors: item.authors ?? [],
    files: item.attachments ?? [],
    chapters: (podlove?.chapters?.chapter ?? []).flatMap(toChapter),
    transcripts: (podcast?.transcript ?? []).filter(({ url }) => url !== undefined),
    source: { id: known.sourceId, title: ours.source.title, siteUrl: ours.source.home_page_url },
    via: ours.via,
    also: (ours.also ?? []).flatMap(({ title }, at) => {
      const id = known.otherIds[at];
      return id === undefined ? [] : { id, title };
    }),
    tags: known.tags,
    newer: known.newer,
    older: known.older,
    version: known.version,
  };
}

function toChapter({ start = '', title = '', href: url }: JsonChapter): readonly Chapter[] {
  const startSeconds = start.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
  return title.trim() === '' || !Number.isFinite(startSeconds) ? [] : [{ startSeconds, title, url }];
}

/** The content of an item is safe: our own renderer writes only SafeHtml there. */
export function contentOf({ content_html: content }: JsonItem): SafeHtml | undefined {
  return content === undefined ? undefined : restoreSafeHtml(content);
}

function toKind({ title = '', image, content_html: content, attachments = [] }: JsonItem): EntryKind {
  return toEntryKind({
    title,
    ...(image === undefined ? {} : { image: image as HttpUrl }),
    ...(content === undefined ? {} : { content: restoreSafeHtml(content) }),
    enclosures: attachments.map(({ url, mime_type: type }) => ({ url: url as HttpUrl, type })),
  });
}

function toDate(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : toInstant(Date.parse(text));
}
