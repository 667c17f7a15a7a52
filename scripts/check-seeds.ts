/**
 * `npm run seeds:check`: names every bad seed, rule and subscription by file, line and reason; exits 1 when there is any.
 *
 * Usage: node scripts/check-seeds.ts [seedsDir]
 */
import { bundleSeeds, defaultSeedsDir, renderReport } from './bundle-seeds.ts';

/** What a check found, as lines to print. */
export interface SeedCheck {
  readonly problems: readonly string[];
  /** What was forgiven: worth a look, not a reason to fail. */
  readonly notes: readonly string[];
  readonly summary: string;
}

/** Checks a seeds directory. */
export async function checkSeeds(seedsDir: string): Promise<SeedCheck> {
  const { bundle, defects } = await bundleSeeds({ seedsDir, warn: () => undefined });
  const problems = bundle.reports.map(renderReport);
  const notes = defects.map(({ file, defect }) => {
    const line = defect.line === undefined ? '' : `:${defect.line}`;
    return `seeds/${file}${line}: note: ${defect.detail} (${defect.kind})`;
  });
  const languages = new Set(bundle.entries.map((seed) => seed.entry.language ?? 'unknown'));
  const sites = bundle.sources.filter((source) => source.kind === 'site').length;
  const feeds = bundle.sources.length - sites;
  const summary = [
    count(bundle.entries.length, 'article'),
    count(sites, 'site'),
    count(languages.size, 'language'),
    count(bundle.rules.length, 'rule'),
    count(feeds, 'source'),
    count(problems.length, 'problem'),
  ].join(', ');
  return { problems, notes, summary };
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

if (process.argv[1] === import.meta.filename) {
  const { problems, notes, summary } = await checkSeeds(process.argv[2] ?? defaultSeedsDir());
  for (const line of [...problems, ...notes]) console.error(line);
  console.log(summary);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
