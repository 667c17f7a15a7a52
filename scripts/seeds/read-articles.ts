/**
 * Reads all seed articles: de-duplicated, sanitized, tagged; and a report of each that is bad.
 *
 * Two passes: links from article to article can only be resolved when every permalink is known.
 */
import { contentHash } from '../../src/domain/content-hash.ts';
import type { Defect } from '../../src/domain/defect.ts';
import type { EntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import {
  type ArchivedArticle,
  keepLatest,
  readArchivedArticle,
} from '../../src/feed/read/archived-article/archived-article.ts';
import { decodeArchivedBytes } from '../../src/feed/read/archived-article/bytes.ts';
import { readArchivedHead } from '../../src/feed/read/archived-article/head.ts';
import { indexArticles } from '../../src/feed/read/archived-article/links.ts';
import { sanitizeEntry } from '../../src/feed/sanitize/sanitize-entry.ts';
import type { CompiledRules } from '../../src/feed/tag/rules.ts';
import { tagEntry } from '../../src/feed/tag/tag-entry.ts';
import { toSeedTags } from '../../src/feed/tag/to-tag.ts';
import type { BundledEntry, SeedReport } from '../../src/platform/seed-bundle.ts';
import type { SeedFile } from './read-files.ts';

/** The articles as the bundle holds them. `defects` are what was forgiven: of interest, not wrong. */
export interface ArticlesReading {
  readonly entries: readonly BundledEntry[];
  readonly sites: readonly Source[];
  readonly reports: readonly SeedReport[];
  readonly defects: readonly { readonly file: string; readonly defect: Defect }[];
  /** How many dates are from where. */
  readonly dates: ReadonlyMap<ArchivedArticle['dateFrom'], number>;
}

interface Read {
  readonly file: string;
  readonly article: ArchivedArticle;
}

/** Reads all files. Of two with one permalink the one archived later wins, else the first by path. */
export function readArticles(files: readonly SeedFile[], rules: CompiledRules): ArticlesReading {
  const reports: SeedReport[] = [];
  const defects: { file: string; defect: Defect }[] = [];
  const kept = new Map<EntryId, Read>();
  const findArticle = indexArticles(permalinksOf(files));
  for (const { path, bytes } of files) {
    const file = `articles/${path}`;
    if (typeof bytes === 'string') {
      reports.push({ file, line: 1, reason: bytes });
      continue;
    }
    const article = readArchivedArticle(bytes, path, findArticle);
    if (article.ok) keep(kept, { file, article: article.value }, reports);
    else reports.push({ file, line: article.failure.line, reason: article.failure.reason });
  }
  const entries: BundledEntry[] = [];
  const sites = new Map<string, Source>();
  const dates = new Map<ArchivedArticle['dateFrom'], number>();
  for (const { file, article } of kept.values()) {
    for (const defect of article.defects) defects.push({ file, defect });
    const bundled = toBundledEntry(article, rules);
    if (bundled === undefined) {
      reports.push({ file, line: 1, reason: 'nothing of the body is left once it is made safe' });
      continue;
    }
    entries.push(bundled);
    dates.set(article.dateFrom, (dates.get(article.dateFrom) ?? 0) + 1);
    sites.set(article.sourceId, toSite(article.site));
  }
  return { entries, sites: [...sites.values()], reports, defects, dates };
}

function permalinksOf(files: readonly SeedFile[]): HttpUrl[] {
  return files.flatMap(({ bytes }) => {
    if (typeof bytes === 'string') return [];
    const text = decodeArchivedBytes(bytes);
    const head = text.ok ? readArchivedHead(text.value) : text;
    return head.ok ? [head.value.permalink] : [];
  });
}

function keep(kept: Map<EntryId, Read>, read: Read, reports: SeedReport[]): void {
  const two = keepLatest(kept, read);
  if (two === undefined) return;
  const { winner, loser } = two;
  const when = winner.article.archivedAt === loser.article.archivedAt ? 'at the same moment' : 'later';
  reports.push({
    file: loser.file,
    line: 1,
    reason: `its permalink is also that of ${winner.file}, which was archived ${when} and is used`,
  });
}

function toBundledEntry(article: ArchivedArticle, rules: CompiledRules): BundledEntry | undefined {
  const { sourceId, archivedAt, labels } = article;
  const entry = sanitizeEntry(article.entry);
  if (entry.content !== undefined && !hasSomethingToSee(entry.content)) return undefined;
  const extra = toSeedTags(labels, entry.language);
  const tags = tagEntry(entry, { sourceTags: [], rules, extra, sourceId });
  return { entry, sourceId, tags, archivedAt, contentHash: contentHash(article.entry) };
}

/** The sanitizer may leave empty wrappers of what it took out. */
function hasSomethingToSee(html: SafeHtml): boolean {
  return /<(?:img|picture|video|audio|iframe)\b/.test(html) || html.replaceAll(/<[^>]*>/g, '').trim() !== '';
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
