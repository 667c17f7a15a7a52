/**
 * Reads one seed file into a record: the entry as JSON with the facts that a build needs, or the reason why there is
 * none.
 */
import { contentHash } from '../../src/domain/content-hash.ts';
import type { Defect } from '../../src/domain/document.ts';
import type { EntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { type ArchivedArticle, readArchivedArticle } from '../../src/feed/read/archived-article/archived-article.ts';
import { decodeArchivedBytes } from '../../src/feed/read/archived-article/bytes.ts';
import { readArchivedHead } from '../../src/feed/read/archived-article/head.ts';
import type { FindArticle } from '../../src/feed/read/archived-article/links.ts';
import type { SiteTable } from '../../src/feed/read/archived-article/site-rules.ts';
import { sanitizeEntry } from '../../src/feed/sanitize/sanitize-entry.ts';
import { tagEntry, toSeedTags } from '../../src/feed/tag/tag-entry.ts';
import type { BundledEntry } from '../../src/platform/seed-pack.ts';

/** An article that can be recorded. */
export interface ArticleRecord {
  readonly kind: 'article';
  readonly id: EntryId;
  readonly permalink: HttpUrl;
  readonly archivedAt: Instant;
  readonly published: Instant;
  readonly dateFrom: ArchivedArticle['dateFrom'];
  readonly site: HttpUrl;
  readonly sourceId: SourceId;
  readonly defects: readonly Defect[];
  /** Links into the site's API, with the pages they were resolved to. */
  readonly references: readonly (readonly [HttpUrl, HttpUrl | undefined])[];
  /** The JSON text of a `BundledEntry`. */
  readonly json: string;
}

/** A file that is no article. */
export interface RefusedRecord {
  readonly kind: 'refused';
  readonly permalink: HttpUrl | undefined;
  readonly line: number;
  readonly reason: string;
}

/** The inputs for reading a file. */
export interface ReadingContext {
  readonly sites: SiteTable;
  readonly findArticle: FindArticle;
}

/** The permalink of a file, whether or not the rest of it can be read. */
export function permalinkOf(bytes: Uint8Array): HttpUrl | undefined {
  const text = decodeArchivedBytes(bytes);
  const head = text.ok ? readArchivedHead(text.value) : text;
  return head.ok ? head.value.permalink : undefined;
}

/** Reads one file. */
export function readRecord(
  path: string,
  bytes: Uint8Array,
  { sites, findArticle }: ReadingContext,
): ArticleRecord | RefusedRecord {
  const references: [HttpUrl, HttpUrl | undefined][] = [];
  const find: FindArticle = (reference) => {
    const page = findArticle(reference);
    references.push([reference, page]);
    return page;
  };
  const read = readArchivedArticle(bytes, path, find, sites);
  if (!read.ok) {
    const { line, reason } = read.failure;
    return { kind: 'refused', permalink: permalinkOf(bytes), line, reason };
  }
  const article = read.value;
  const { archivedAt, dateFrom, site, sourceId, defects } = article;
  const permalink = article.entry.url as HttpUrl;
  const bundled = toBundledEntry(article);
  if (bundled === undefined) {
    return { kind: 'refused', permalink, line: 1, reason: 'sanitizing leaves nothing of its body' };
  }
  const { id, published = archivedAt } = bundled.entry;
  const json = JSON.stringify(bundled);
  return { kind: 'article', id, permalink, archivedAt, published, dateFrom, site, sourceId, defects, references, json };
}

function toBundledEntry(article: ArchivedArticle): BundledEntry | undefined {
  const { sourceId, archivedAt, labels } = article;
  const entry = sanitizeEntry(article.entry);
  if (entry.content !== undefined && !hasSomethingToSee(entry.content)) return undefined;
  const tags = tagEntry(entry, toSeedTags(labels, entry.language));
  return { entry, sourceId, tags, archivedAt, contentHash: contentHash(article.entry) };
}

/** Whether content has anything visible: the sanitizer may leave empty wrappers. */
function hasSomethingToSee(html: SafeHtml): boolean {
  return /<(?:img|picture|video|audio|iframe)\b/.test(html) || html.replaceAll(/<[^>]*>/g, '').trim() !== '';
}
