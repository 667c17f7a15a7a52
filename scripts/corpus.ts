/**
 * `npm run corpus -- <dir> [--verbose] [--only <text>]`: a directory of feeds with expectations through the whole line.
 *
 * Prints pass rates by tier and category, and every core miss that tests/corpus-rate.json does not explain; fails below
 * the core rate recorded there. `--verbose` lists all misses; `--only` picks documents and fails for nothing.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseHttpUrl } from '../src/domain/http-url.ts';
import { renderEntry } from '../src/feed/render/render-entry.ts';
import { holds } from './corpus/evaluate.ts';
import { corpusOrigin, type Expectation, loadDocument, loadExpectations } from './corpus/expectation.ts';
import { asRecorded, runLine } from './corpus/pipeline.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean' }, only: { type: 'string' } },
});
const [directory] = positionals;
if (directory === undefined) {
  console.error('usage: npm run corpus -- <dir> [--verbose] [--only <text>]');
  process.exit(2);
}

/** The repository's own bound: the rate that the core tier must keep, and why each remaining miss is right. */
interface CorpusRate {
  readonly corePercent: number;
  /** The same without the documents in `forbidden`. */
  readonly allowedPercent: number;
  /** Documents whose core expectation the sanitizer's policy rules out: markup of a larger allow-list than ours. */
  readonly forbidden: readonly string[];
  readonly explained: Readonly<Record<string, string>>;
}
const rate = JSON.parse(readFileSync(resolve(import.meta.dirname, '../tests/corpus-rate.json'), 'utf8')) as CorpusRate;

type Rendering = Readonly<Record<string, unknown>>;

/** The JSON Feed of a document: its entries by the production renderer, its head as the publisher gave it. */
function renderDocument(file: string, headers: Expectation['headers']): Rendering | undefined {
  const url = parseHttpUrl(`${corpusOrigin}/${file}`);
  if (url === undefined) throw new Error(`not a URL: ${file}`);
  const header = (name: string, key: string): Record<string, string> =>
    headers[name] === undefined ? {} : { [key]: headers[name] };
  const document = {
    bytes: loadDocument(directory ?? '', file),
    url,
    ...header('content-type', 'contentType'),
    ...header('content-language', 'contentLanguage'),
    ...header('content-location', 'contentLocation'),
  };
  const line = runLine(document);
  if (!line.ok) return undefined;
  const { sanitized } = line.value;
  return {
    title: sanitized.title,
    description: sanitized.description,
    home_page_url: sanitized.siteUrl,
    feed_url: sanitized.feedUrl,
    language: sanitized.language,
    icon: sanitized.image,
    favicon: sanitized.icon,
    authors: sanitized.authors,
    items: asRecorded(document, sanitized).map((entry) => JSON.parse(renderEntry('json', entry, 'full')) as unknown),
  };
}

const allowed = 'core, the policy allowing';
const renderings = new Map<string, Rendering | undefined>();
const tally = new Map<string, { passed: number; all: number }>();
const count = (key: string, passed: boolean): void => {
  const row = tally.get(key) ?? { passed: 0, all: 0 };
  tally.set(key, { passed: row.passed + (passed ? 1 : 0), all: row.all + 1 });
};

for (const expectation of loadExpectations(directory)) {
  const { file, headers, tier, category } = expectation;
  if (values.only !== undefined && !file.includes(values.only)) continue;
  if (!renderings.has(file)) renderings.set(file, renderDocument(file, headers));
  const rendering = renderings.get(file);
  const passed = holds(expectation, rendering);
  count(tier, passed);
  count(`${tier} / ${category}`, passed);
  if (tier === 'core' && !rate.forbidden.includes(file)) count(allowed, passed);
  const why = rate.explained[file];
  if (passed || (values.verbose !== true && (tier !== 'core' || why !== undefined))) continue;
  const node =
    expectation.scope === 'feed'
      ? rendering
      : (rendering?.['items'] as Rendering[] | undefined)?.[expectation.item ?? 0];
  const got =
    rendering === undefined
      ? 'unreadable'
      : JSON.stringify(expectation.fields.map((field) => node?.[field.split('.')[0] ?? '']));
  console.log(
    `MISS ${tier} ${file} ${expectation.scope} ${expectation.fields.join('|')} ${expectation.op} ${JSON.stringify(expectation.value)}\n     got ${got}${why === undefined ? '' : `\n     ${why}`}`,
  );
}

for (const [key, { passed, all }] of [...tally].toSorted(([a], [b]) => a.localeCompare(b))) {
  console.log(
    `${key.padEnd(28)} ${String(passed).padStart(4)} / ${String(all).padEnd(4)} ${((100 * passed) / all).toFixed(1).padStart(6)} %`,
  );
}
for (const [key, floor] of [
  ['core', rate.corePercent],
  [allowed, rate.allowedPercent],
] as const) {
  const row = tally.get(key);
  if (values.only !== undefined || row === undefined || (100 * row.passed) / row.all >= floor) continue;
  console.error(`${key} is below the recorded ${floor} %`);
  process.exitCode = 1;
}
