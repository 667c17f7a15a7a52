/**
 * Reads seeds/ and makes the manifest and the packs that the Worker carries: the build calls `bundleSeeds`.
 *
 * Deterministic: the same files give the same bytes. A bad seed is left out with a warning and never breaks a build;
 * `npm run seeds:check` is what fails on one.
 */
import { join, resolve } from 'node:path';
import { withPicturesAt } from '../src/domain/content-hash.ts';
import { digest } from '../src/domain/digest.ts';
import type { Defect } from '../src/domain/document.ts';
import { toPrintableLines } from '../src/domain/printable.ts';
import { placePictures } from '../src/domain/seed-picture.ts';
import type { Source } from '../src/domain/source.ts';
import { knownSites, type SiteTable } from '../src/feed/read/archived-article/site-rules.ts';
import type { BundledEntry, SeedManifest } from '../src/platform/seed-pack.ts';
import { openArticleCache } from './seeds/article-cache.ts';
import type { ArticleRecord } from './seeds/article-records.ts';
import { cutPacks, type SeedPack } from './seeds/cut-packs.ts';
import { readArticles, type SeedReport } from './seeds/read-articles.ts';
import { readOptionalFile, readSeedFiles } from './seeds/read-files.ts';
import { type Problem, readRules } from './seeds/read-rules.ts';
import { readSites } from './seeds/read-sites.ts';
import { readSources } from './seeds/read-sources.ts';

/** Everything that was made of a seeds directory. */
export interface BundledSeeds {
  readonly manifest: SeedManifest;
  readonly packs: readonly SeedPack[];
  readonly sites: SiteTable;
  /** Newest first in the packs; here by file. */
  readonly articles: readonly ArticleRecord[];
  readonly reports: readonly SeedReport[];
  readonly defects: readonly { readonly file: string; readonly defect: Defect }[];
}

/** What to bundle. `warn` is called for each bad seed; standard error by default. */
export interface BundleOptions {
  readonly seedsDir: string;
  /** Where read files are cached; nowhere when absent. */
  readonly cacheFile?: string;
  /** The origin at which the pictures of seeds are served; their reserved name stays when it is not known. */
  readonly origin?: string | undefined;
  readonly warn?: (message: string) => void;
}

/** Reads a seeds directory; whatever of it is missing is empty. */
export async function bundleSeeds(options: BundleOptions): Promise<BundledSeeds> {
  const { seedsDir, cacheFile, origin, warn = (message) => console.warn(toPrintableLines(message)) } = options;
  const [files, rulesBytes, sourcesBytes, sitesBytes] = await Promise.all([
    readSeedFiles(join(seedsDir, 'articles')),
    readOptionalFile(join(seedsDir, 'tags.json')),
    readOptionalFile(join(seedsDir, 'sources.opml')),
    readOptionalFile(join(seedsDir, 'sites.json')),
  ]);
  const { rules, problems: badRules } =
    rulesBytes === undefined ? { rules: [], problems: [] } : readRules(new TextDecoder().decode(rulesBytes));
  const { sources: feeds, problems: badSources } =
    sourcesBytes === undefined ? { sources: [], problems: [] } : readSources(sourcesBytes);
  const { sites, problems: badSites } =
    sitesBytes === undefined ? { sites: knownSites, problems: [] } : readSites(new TextDecoder().decode(sitesBytes));
  const cache = openArticleCache(cacheFile, JSON.stringify(sites));
  const read = readArticles(files, sites, cache);
  cache.save();
  const packs = cutPacks(origin === undefined ? read.articles : read.articles.map((one) => withPictures(one, origin)));
  const content = {
    sources: [...read.sites, ...feeds].sort(by((source: Source) => `${source.kind} ${source.url}`)),
    rules,
    packs: packs.map(({ name, entries }) => ({ name, entries })),
  };
  const reports = [
    ...read.reports,
    ...badRules.map((problem) => toReport('tags.json', problem)),
    ...badSources.map((problem) => toReport('sources.opml', problem)),
    ...badSites.map((problem) => toReport('sites.json', problem)),
  ].sort(by((report) => `${report.file}\n${String(report.line).padStart(9, '0')}\n${report.reason}`));
  for (const report of reports) warn(renderReport(report));
  const manifest = { digest: digest(JSON.stringify(content)), ...content };
  return { manifest, packs, sites, articles: read.articles, reports, defects: read.defects };
}

/** The article with its pictures at this origin, under a hash that says so. */
function withPictures(article: ArticleRecord, origin: string): ArticleRecord {
  const json = placePictures(article.json, origin);
  if (json === article.json) return article;
  const bundled: BundledEntry = JSON.parse(json);
  return {
    ...article,
    json: JSON.stringify({ ...bundled, contentHash: withPicturesAt(bundled.contentHash, origin) }),
  };
}

/** A report as compilers write them: `seeds/file:line: reason`. */
export function renderReport(report: SeedReport): string {
  return `seeds/${report.file}:${report.line}: ${report.reason}`;
}

/** The seeds directory that commands use. */
export function defaultSeedsDir(): string {
  return process.env['TRIBUTARY_SEEDS'] ?? resolve(import.meta.dirname, '../seeds');
}

/** Where commands cache the read files of a seeds directory. */
export function cacheFileOf(seedsDir: string): string {
  const name = digest(resolve(seedsDir)).slice(0, 20);
  return resolve(import.meta.dirname, `../node_modules/.cache/tributary/articles-${name}`);
}

function toReport(file: string, { line, reason }: Problem): SeedReport {
  return { file, line, reason };
}

/** Orders by code unit: the same on every machine, whatever its locale. */
function by<T>(keyOf: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => (keyOf(a) < keyOf(b) ? -1 : 1);
}
