/**
 * Compares a large Archive with a small one, and bounds what a query of it costs: CPU time of a whole workerd per answer.
 *
 * Every answer is one that nobody asked for before: another author, word, phrase or tag each time.
 */
import { renderCursor } from '../../src/query/language/cursor.ts';
import { commonWord, needleOf, placeOf } from './given-archive.ts';
import { type Asked, atMost, type BenchLine, comparePairs, cpuPerRequest, median } from './measure.ts';
import { type BenchProduct, startProduct } from './product.ts';
import { rareWord } from './prose.ts';

/** Entries of the small Archive: the window holds all of them. */
const fewEntries = 1000;

const pageEntries = 50;
const farPage = 500;

/** Rounds of every kind before the first that counts: the runtime compiles in stages, the last after hundreds of answers. */
const warmUps = 4;

/** Answers of one kind in one round. */
const answers = 40;

type Address = (turn: number) => string;

/** Most CPU of a query. Milliseconds. */
const queries: readonly { readonly what: string; readonly boundMs: number; readonly path: Address }[] = [
  { what: 'a rare tag', boundMs: 10, path: (turn) => `/tags/${needleOf(turn).tag}/rss.xml` },
  { what: 'an author', boundMs: 10, path: (turn) => `/rss.xml?author=${encodeURIComponent(needleOf(turn).author)}` },
  { what: 'a word', boundMs: 10, path: (turn) => `/rss.xml?q=${rareWord(turn)}` },
  { what: 'a common word', boundMs: 10, path: (turn) => `/rss.xml?q=${commonWord}&${sinceEver(turn)}` },
  { what: 'a phrase', boundMs: 40, path: (turn) => search(`"${needleOf(turn).phrase}"`) },
  { what: 'a phrase of common words', boundMs: 40, path: (turn) => `${search('"in the world"')}&${sinceEver(turn)}` },
  {
    what: 'a phrase of common letters that is nowhere',
    boundMs: 40,
    path: (turn) => `${search('"that the and of in to the with that"')}&${sinceEver(turn)}`,
  },
  {
    what: 'a Chinese phrase that is nowhere',
    boundMs: 40,
    path: (turn) => `${search('"一屯丛一丛屯"')}&${sinceEver(turn)}`,
  },
];

/** Pages that are compared with page 500. The window holds the newest thousand entries: these pages begin after them. */
const pages: readonly { readonly what: string; readonly path: (page: number, turn: number) => string }[] = [
  { what: 'of everything', path: (page, turn) => `/rss.xml?${before(page * pageEntries + 1050)}&${sinceEver(turn)}` },
  {
    what: 'of a tag',
    path: (page, turn) => `/tags/river/rss.xml?${before(page * pageEntries + 1050)}&${sinceEver(turn)}`,
  },
  {
    what: 'of a common word',
    path: (page, turn) => `/rss.xml?q=${commonWord}&${before(page * pageEntries * 2 + 1)}&${sinceEver(turn)}`,
  },
];

const fromWindow: Address = (turn) => `/rss.xml?lang=en,zh&${sinceEver(turn)}`;

/** Fills both Archives, or finds them in `keptIn`, and runs all comparisons in alternating rounds. */
export async function benchArchive(options: {
  readonly rounds: number;
  readonly entries: number;
  readonly keptIn?: string;
}): Promise<readonly BenchLine[]> {
  const { rounds, entries, ...kept } = options;
  const small = await startProduct({ entries: fewEntries, ...kept });
  const large = await startProduct({ entries, ...kept });
  const name = `${entries.toLocaleString('en')} entries`;
  for (const { path } of Array.from({ length: warmUps }, () => queries).flat()) await costOf(large, path);
  for (const product of [small, large]) await cpuPerRequest(product.workerd(), { path: fromWindow });

  const window = await comparePairs(
    rounds,
    () => costOf(large, fromWindow),
    () => costOf(small, fromWindow),
  );
  const lines = [atMost(`${name}: view from the window, against ${fewEntries}`, window.ratio, 1.1, 'x')];
  for (const { what, boundMs, path } of queries) {
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) costs.push(await costOf(large, path));
    lines.push(atMost(`${name}: ${what}, from the Archive`, median(costs), boundMs, 'ms CPU'));
  }
  const lastPage = Math.min(farPage, Math.floor((entries - 1050) / pageEntries / 2) - 1);
  for (const { what, path } of lastPage < 2 ? [] : pages) {
    const { ratio, first } = await comparePairs(
      rounds,
      () => costOf(large, (turn) => path(lastPage, turn)),
      () => costOf(large, (turn) => path(1, turn)),
    );
    lines.push(
      atMost(`${name}: page ${lastPage} ${what}, against page 1`, ratio, 1.5, 'x', ` (${first.toFixed(1)} ms)`),
    );
  }
  await small.stop();
  await large.stop();
  return lines;
}

function costOf(product: BenchProduct, path: Asked['path']): Promise<number> {
  return cpuPerRequest(product.workerd(), { path }, answers);
}

function search(text: string): string {
  return `/rss.xml?q=${encodeURIComponent(text)}`;
}

/** Excludes nothing, and makes the address another. */
function sinceEver(turn: number): string {
  return `since=${new Date(Date.UTC(1990, 0, 1) + turn * 1000).toISOString()}`;
}

function before(position: number): string {
  return `before=${renderCursor(placeOf(position))}`;
}
