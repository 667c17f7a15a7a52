/**
 * Reads seeds/ and makes the bundle the Worker carries: the build calls `bundleSeeds`.
 *
 * Usage: node scripts/bundle-seeds.ts [outFile]   (the seeds directory is seeds/, or TRIBUTARY_SEEDS)
 *
 * Deterministic: the same files give the same bytes. A bad seed is left out with a warning and never breaks a build;
 * `npm run seeds:check` is what fails on one.
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Defect } from '../src/domain/defect.ts';
import { digest } from '../src/domain/digest.ts';
import { compileRules } from '../src/feed/tag/rules.ts';
import type { SeedBundle, SeedReport } from '../src/platform/seed-bundle.ts';
import { type ArticlesReading, readArticles } from './seeds/read-articles.ts';
import { readOptionalFile, readSeedFiles } from './seeds/read-files.ts';
import { type Problem, readRules } from './seeds/read-rules.ts';
import { readSources } from './seeds/read-sources.ts';

/** A bundle, its JSON text, and what was forgiven in it. */
export interface BundledSeeds {
  readonly digest: string;
  readonly json: string;
  readonly bundle: SeedBundle;
  readonly defects: readonly { readonly file: string; readonly defect: Defect }[];
  /** How many dates are from where. */
  readonly dates: ArticlesReading['dates'];
}

/** What to bundle. `warn` is told of each bad seed; standard error when absent. */
export interface BundleOptions {
  readonly seedsDir: string;
  readonly outFile?: string;
  readonly warn?: (message: string) => void;
}

/** Reads a seeds directory; whatever of it is missing is empty. */
export async function bundleSeeds(options: BundleOptions): Promise<BundledSeeds> {
  const { seedsDir, outFile, warn = (message) => console.warn(message) } = options;
  const [files, rulesBytes, sourcesBytes] = await Promise.all([
    readSeedFiles(join(seedsDir, 'articles')),
    readOptionalFile(join(seedsDir, 'tags.json')),
    readOptionalFile(join(seedsDir, 'sources.opml')),
  ]);
  const { rules, problems: badRules } =
    rulesBytes === undefined ? { rules: [], problems: [] } : readRules(new TextDecoder().decode(rulesBytes));
  const { sources, problems: badSources } =
    sourcesBytes === undefined ? { sources: [], problems: [] } : readSources(sourcesBytes);
  const articles = readArticles(files, compileRules(rules));
  const content = {
    sources: [...articles.sites, ...sources].sort(by((source) => `${source.kind} ${source.url}`)),
    rules,
    entries: [...articles.entries].sort(by((seed) => seed.entry.id)),
    reports: [
      ...articles.reports,
      ...badRules.map((problem) => toReport('tags.json', problem)),
      ...badSources.map((problem) => toReport('sources.opml', problem)),
    ].sort(by((report) => `${report.file}\n${String(report.line).padStart(9, '0')}\n${report.reason}`)),
  };
  // Written once: with thousands of articles this text is tens of megabytes.
  const text = JSON.stringify(content);
  const bundle: SeedBundle = { digest: digest(text), ...content };
  const json = `{"digest":"${bundle.digest}",${text.slice(1)}`;
  for (const report of bundle.reports) warn(renderReport(report));
  if (outFile !== undefined) await writeFile(outFile, json);
  return { digest: bundle.digest, json, bundle, defects: articles.defects, dates: articles.dates };
}

/** A report as compilers write them: `seeds/file:line: reason`. */
export function renderReport(report: SeedReport): string {
  return `seeds/${report.file}:${report.line}: ${report.reason}`;
}

/** The seeds directory that commands use. */
export function defaultSeedsDir(): string {
  return process.env['TRIBUTARY_SEEDS'] ?? resolve(import.meta.dirname, '../seeds');
}

function toReport(file: string, { line, reason }: Problem): SeedReport {
  return { file, line, reason };
}

/** Orders by code unit: the same on every machine, whatever its locale. */
function by<T>(keyOf: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => (keyOf(a) < keyOf(b) ? -1 : 1);
}

if (process.argv[1] === import.meta.filename) {
  const [outFile] = process.argv.slice(2);
  const { bundle, json } = await bundleSeeds({
    seedsDir: defaultSeedsDir(),
    ...(outFile === undefined ? {} : { outFile }),
  });
  const bytes = new TextEncoder().encode(json).length;
  console.log(`${bundle.entries.length} entries, ${bundle.sources.length} sources, ${bytes} bytes, ${bundle.digest}`);
}
