/**
 * Reads all seed articles: de-duplicated, sanitized, tagged; and a report of each that is bad.
 *
 * Two passes: links from article to article can only be resolved when every permalink is known.
 */
import type { Defect } from '../../src/domain/document.ts';
import type { EntryId } from '../../src/domain/entry.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { keepLatest } from '../../src/feed/read/archived-article/archived-article.ts';
import { indexArticles } from '../../src/feed/read/archived-article/links.ts';
import type { SiteTable } from '../../src/feed/read/archived-article/site-rules.ts';
import type { ArticleCache } from './article-cache.ts';
import { type ArticleRecord, permalinkOf, readRecord } from './article-records.ts';
import type { SeedFile } from './read-files.ts';

/** A problem of a file under seeds/: only this file is left out. */
export interface SeedReport {
  /** Relative to seeds/, with forward slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
}

/** All articles. `defects` are faults that were read past. */
export interface ArticlesReading {
  readonly articles: readonly ArticleRecord[];
  readonly sites: readonly Source[];
  readonly reports: readonly SeedReport[];
  readonly defects: readonly { readonly file: string; readonly defect: Defect }[];
}

/** Reads all files. Of two with one permalink the one archived later wins, else the first by path. */
export function readArticles(files: readonly SeedFile[], sites: SiteTable, cache: ArticleCache): ArticlesReading {
  const reports: SeedReport[] = [];
  const kept = new Map<EntryId, { file: string; record: ArticleRecord } & Pick<ArticleRecord, 'id' | 'archivedAt'>>();
  const keyed = files.flatMap(({ path, bytes }) => {
    const file = `articles/${path}`;
    if (typeof bytes === 'string') reports.push({ file, line: 1, reason: bytes });
    return typeof bytes === 'string' ? [] : [{ path, file, bytes, key: cache.keyOf(path, bytes) }];
  });
  const findArticle = indexArticles(
    keyed.flatMap(({ key, bytes }): HttpUrl[] => {
      const known = cache.get(key);
      const permalink = known === undefined ? permalinkOf(bytes) : known.permalink;
      return permalink === undefined ? [] : [permalink];
    }),
  );
  for (const { path, file, bytes, key } of keyed) {
    let record = cache.get(key);
    const isCurrent =
      record !== undefined &&
      (record.kind === 'refused' || record.references.every(([reference, page]) => findArticle(reference) === page));
    if (record === undefined || !isCurrent) {
      record = readRecord(path, bytes, { sites, findArticle });
      cache.set(key, record);
    }
    if (record.kind === 'refused') {
      reports.push({ file, line: record.line, reason: record.reason });
      continue;
    }
    const two = keepLatest(kept, { id: record.id, archivedAt: record.archivedAt, file, record });
    if (two === undefined) continue;
    const when = two.winner.archivedAt === two.loser.archivedAt ? 'at the same moment' : 'later';
    const reason = `its permalink is also that of ${two.winner.file}, which was archived ${when} and is used`;
    reports.push({ file: two.loser.file, line: 1, reason });
  }
  const read = [...kept.values()];
  const found = new Map(read.map(({ record }) => [record.sourceId, toSite(record.site)]));
  return {
    articles: read.map(({ record }) => record),
    sites: [...found.values()],
    reports,
    defects: read.flatMap(({ file, record }) => record.defects.map((defect) => ({ file, defect }))),
  };
}

function toSite(url: HttpUrl): Source {
  return {
    id: toSourceId(url),
    kind: 'site',
    url,
    title: new URL(url).host.replace(/^www\./, ''),
    siteUrl: url,
    tags: [],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'seeds',
  };
}
