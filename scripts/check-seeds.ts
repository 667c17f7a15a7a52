/**
 * `npm run seeds:check`: names every bad seed, rule and subscription by file, line and reason; exits 1 when there is any.
 *
 * Ends with a table of what was read: files, sites, where the dates are from, pictures, captions, languages.
 * Usage: node scripts/check-seeds.ts [seedsDir]
 */
import { bundleSeeds, defaultSeedsDir, renderReport } from './bundle-seeds.ts';

/** What a check found, as lines to print. */
export interface SeedCheck {
  readonly problems: readonly string[];
  /** What was forgiven: worth a look, not a reason to fail. */
  readonly notes: readonly string[];
  readonly summary: string;
  /** What was read, a line a fact. */
  readonly table: readonly string[];
}

/** Checks a seeds directory. */
export async function checkSeeds(seedsDir: string): Promise<SeedCheck> {
  const { bundle, defects, dates } = await bundleSeeds({ seedsDir, warn: () => undefined });
  const problems = bundle.reports.map(renderReport);
  const notes = defects.map(({ file, defect }) => {
    const line = defect.line === undefined ? '' : `:${defect.line}`;
    return `seeds/${file}${line}: note: ${defect.detail} (${defect.kind})`;
  });
  const languages = new Set(bundle.entries.map((seed) => seed.entry.language ?? 'unknown'));
  const sites = bundle.sources.filter((source) => source.kind === 'site').length;
  const feeds = bundle.sources.length - sites;
  const hosts = new Map(bundle.sources.map((source) => [source.id, source.title]));
  const summary = [
    count(bundle.entries.length, 'article'),
    count(sites, 'site'),
    count(languages.size, 'language'),
    count(bundle.rules.length, 'rule'),
    count(feeds, 'source'),
    count(problems.length, 'problem'),
  ].join(', ');
  const { entries } = bundle;
  const having = (pattern: RegExp): number => entries.filter(({ entry }) => pattern.test(entry.content ?? '')).length;
  const captions = entries.reduce((sum, { entry }) => sum + (entry.content?.split('<figcaption').length ?? 1) - 1, 0);
  const from = (place: 'text' | 'stamp' | 'shifted text'): number => dates.get(place) ?? 0;
  const table = [
    ['files', String(entries.length + bundle.reports.filter(({ file }) => file.startsWith('articles/')).length)],
    ['sites', tally(entries.map(({ sourceId }) => hosts.get(sourceId) ?? sourceId))],
    [
      'dates',
      `${from('text')} from the text, ${from('stamp')} from the archive stamp, ${from('shifted text')} from a shifted zone`,
    ],
    [
      'images',
      `${having(/<img\b/)} articles with pictures, ${entries.filter(({ entry }) => entry.image !== undefined).length} with one of their own`,
    ],
    ['captions', String(captions)],
    ['languages', tally(entries.map(({ entry }) => entry.language ?? 'unknown'))],
  ].map(([name = '', value]) => `${name.padEnd(10)} ${value}`);
  return { problems, notes, summary, table };
}

/** The values with how often each is there, most frequent first. */
function tally(values: readonly string[]): string {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length] as const);
  const sorted = counts.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return `${sorted.length}${sorted.length === 0 ? '' : ': '}${sorted.map(([value, times]) => `${value} ${times}`).join(', ')}`;
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

if (process.argv[1] === import.meta.filename) {
  const { problems, notes, summary, table } = await checkSeeds(process.argv[2] ?? defaultSeedsDir());
  for (const line of [...problems, ...notes]) console.error(line);
  console.log([summary, ...table].join('\n'));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
