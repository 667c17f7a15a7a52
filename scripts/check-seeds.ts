/**
 * `npm run seeds:check`: names every bad seed, rule and subscription by file, line and reason; exits 1 when there is any.
 *
 * Ends with a table of what was read: files, sites, where the dates are from, pictures, captions, languages.
 * Usage: node scripts/check-seeds.ts [seedsDir]
 */

import { toPrintable } from '../src/domain/printable.ts';
import type { BundledEntry } from '../src/platform/seed-pack.ts';
import { bundleSeeds, cacheFileOf, defaultSeedsDir, renderReport } from './bundle-seeds.ts';
import type { ArticleRecord } from './seeds/article-records.ts';

/** The result of a check, as lines to print. */
export interface SeedCheck {
  readonly problems: readonly string[];
  /** Defects that were read past: worth a look, not a failure. */
  readonly notes: readonly string[];
  readonly summary: string;
  /** Facts about the seeds, one a line. */
  readonly table: readonly string[];
}

/** Checks a seeds directory. */
export async function checkSeeds(seedsDir: string, cacheFile?: string): Promise<SeedCheck> {
  const remembered = cacheFile === undefined ? {} : { cacheFile };
  const { manifest, articles, reports, defects } = await bundleSeeds({
    seedsDir,
    warn: () => undefined,
    ...remembered,
  });
  const problems = reports.map(renderReport);
  const notes = defects.map(({ file, defect }) => {
    const line = defect.line === undefined ? '' : `:${defect.line}`;
    return `seeds/${file}${line}: note: ${defect.detail} (${defect.kind})`;
  });
  const titles = new Map(manifest.sources.map((source) => [source.id, source.title]));
  const sites = manifest.sources.filter((source) => source.kind === 'site').length;
  const entries = articles.map(({ json }) => (JSON.parse(json) as BundledEntry).entry);
  const languages = entries.map(({ language = 'unknown' }) => language);
  const summary = [
    count(entries.length, 'article'),
    count(sites, 'site'),
    count(new Set(languages).size, 'language'),
    count(manifest.rules.length, 'rule'),
    count(manifest.sources.length - sites, 'source'),
    count(problems.length, 'problem'),
  ].join(', ');
  const from = (place: ArticleRecord['dateFrom']): number =>
    articles.filter(({ dateFrom }) => dateFrom === place).length;
  const pictured = entries.filter(({ content = '' }) => /<img\b/.test(content)).length;
  const imaged = entries.filter(({ image }) => image !== undefined).length;
  const captions = entries.reduce((sum, { content = '' }) => sum + content.split('<figcaption').length - 1, 0);
  const refused = reports.filter(({ file }) => file.startsWith('articles/')).length;
  const table = [
    ['files', String(entries.length + refused)],
    ['sites', tally(articles.map(({ sourceId }) => titles.get(sourceId) ?? sourceId))],
    [
      'dates',
      `${from('text')} from the text, ${from('stamp')} from the archive stamp, ${from('shifted text')} from a shifted zone`,
    ],
    ['images', `${pictured} articles with pictures, ${imaged} with one of their own`],
    ['captions', String(captions)],
    ['languages', tally(languages)],
  ].map(([name = '', value]) => `${name.padEnd(10)} ${value}`);
  return { problems, notes, summary, table };
}

/** The values with the number of each, most frequent first. */
function tally(values: readonly string[]): string {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length] as const);
  const sorted = counts.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return `${sorted.length}${sorted.length === 0 ? '' : ': '}${sorted.map(([value, times]) => `${value} ${times}`).join(', ')}`;
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

if (process.argv[1] === import.meta.filename) {
  const seedsDir = process.argv[2] ?? defaultSeedsDir();
  const { problems, notes, summary, table } = await checkSeeds(seedsDir, cacheFileOf(seedsDir));
  for (const line of [...problems, ...notes]) console.error(toPrintable(line));
  console.log([summary, ...table].map(toPrintable).join('\n'));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
