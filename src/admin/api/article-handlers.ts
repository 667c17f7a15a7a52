/**
 * Handles `POST /admin/api/entries`: records archived articles, one as the body or many as parts of a form.
 *
 * It uses the reader and the sanitizer of files under seeds/; the same article again changes nothing. Links from article
 * to article are resolved by the rules of their site alone: the result must not depend on which other articles come in
 * the same request.
 */
import { contentHash } from '../../domain/content-hash.ts';
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Source } from '../../domain/source.ts';
import {
  type ArchivedArticle,
  keepLatest,
  readArchivedArticle,
} from '../../feed/read/archived-article/archived-article.ts';
import { sanitizeEntry } from '../../feed/sanitize/sanitize-entry.ts';
import { tagEntry, toSeedTags } from '../../feed/tag/tag-entry.ts';
import type { ArticleRecording } from '../../pipeline/archive-owner.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { toInputProblem, toJsonResponse } from './admin-problem.ts';
import { maxUploadBytes, mediaTypeOf, readBytes, readForm, wrongMediaType } from './request-body.ts';

interface UploadedFile {
  /** Relative to seeds/articles, with forward slashes: its folders become tags. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Rejection {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

interface Read {
  readonly id: EntryId;
  readonly archivedAt: Instant;
  readonly path: string;
  readonly article: ArchivedArticle;
}

const articleTypes = ['text/markdown', 'text/html', 'text/plain', 'application/octet-stream', 'multipart/form-data'];

/** Articles in one request. The free plan allows a few milliseconds of CPU for a request: send one or two there. */
const maxArticles = 500;

/** Reads the articles, records those that are readable, and names every file that is not. */
export async function recordArticles({ archive }: AdminPorts, request: Request): Promise<Response> {
  const upload = await readFiles(request);
  if (!upload.ok) return upload.failure;
  const rejected: Rejection[] = [];
  const kept = new Map<EntryId, Read>();
  for (const { path, bytes } of upload.value) {
    const article = readArchivedArticle(bytes, path);
    if (article.ok) keep(kept, toRead(path, article.value), rejected);
    else rejected.push({ file: path, line: article.failure.line, reason: article.failure.reason });
  }
  const articles = [...kept.values()].flatMap(({ path, article }): readonly ArticleRecording[] => {
    const recording = toRecording(article);
    if (recording !== undefined) return [recording];
    rejected.push({
      file: path,
      line: 1,
      reason: 'sanitizing leaves nothing of its body',
    });
    return [];
  });
  const sites = new Map([...kept.values()].map(({ article }) => [article.sourceId, toSite(article)]));
  const wanted = new Set(articles.map((article) => article.sourceId));
  const changed = await archive.recordArticles(
    [...sites.values()].filter((site) => wanted.has(site.id)),
    articles,
  );
  return toJsonResponse({ recorded: changed.length, unchanged: articles.length - changed.length, rejected });
}

async function readFiles(request: Request): Promise<Result<readonly UploadedFile[], Response>> {
  const type = mediaTypeOf(request);
  if (type === 'multipart/form-data') return readParts(request);
  if (!articleTypes.includes(type) && type !== '') return fail(wrongMediaType(request, articleTypes));
  const path = new URL(request.url).searchParams.get('path') ?? 'article.md';
  const bytes = await readBytes(request, maxUploadBytes);
  return bytes.ok ? ok([{ path: toPath(path), bytes: bytes.value }]) : bytes;
}

async function readParts(request: Request): Promise<Result<readonly UploadedFile[], Response>> {
  const form = await readForm(request, maxUploadBytes);
  if (!form.ok) return form;
  const parts = form.value;
  if (parts.length === 0) return fail(toInputProblem([{ field: 'body', detail: 'the form has no part' }]));
  if (parts.length > maxArticles) {
    return fail(toInputProblem([{ field: 'body', detail: `must have at most ${maxArticles} parts` }]));
  }
  const files = parts.map(async ([name, value]): Promise<UploadedFile> => {
    if (typeof value === 'string') return { path: toPath(name), bytes: new TextEncoder().encode(value) };
    return { path: toPath(value.name || name), bytes: new Uint8Array(await value.arrayBuffer()) };
  });
  return ok(await Promise.all(files));
}

/** The path of a file: its folders become tags. Parts such as `..` are removed. */
function toPath(name: string): string {
  const parts = name.replaceAll('\\', '/').split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/') || 'article.md';
}

function toRead(path: string, article: ArchivedArticle): Read {
  return { id: article.entry.id, archivedAt: article.archivedAt, path, article };
}

/** As for files under seeds/: of two articles with one permalink, one is used and the other is reported. */
function keep(kept: Map<EntryId, Read>, read: Read, rejected: Rejection[]): void {
  const two = keepLatest(kept, read);
  if (two === undefined) return;
  const { winner, loser } = two;
  rejected.push({ file: loser.path, line: 1, reason: `its permalink is also that of ${winner.path}, which is used` });
}

function toRecording(article: ArchivedArticle): ArticleRecording | undefined {
  const { sourceId, archivedAt, labels } = article;
  const entry = sanitizeEntry(article.entry);
  if (entry.content === '') return undefined;
  const tags = tagEntry(entry, toSeedTags(labels, entry.language));
  return { entry, sourceId, tags, firstSeen: archivedAt, contentHash: contentHash(article.entry) };
}

function toSite({ site, sourceId }: ArchivedArticle): Source {
  return {
    id: sourceId,
    kind: 'site',
    url: site,
    title: new URL(site).host.replace(/^www\./, ''),
    siteUrl: site,
    tags: [],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
  };
}
