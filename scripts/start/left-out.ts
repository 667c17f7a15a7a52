/**
 * Reports how many seeds a build left out: the build writes their list, and `npm start` prints it, again when it changes.
 */
import { readFileSync, watchFile } from 'node:fs';
import { dirname, join } from 'node:path';

/** The list is in the folder of the build. */
export const leftOutName = 'left-out.txt';

/** How often the list is looked at. Milliseconds. */
const lookMs = 2000;

/** One sentence about the list, a line a seed; `undefined` when none was left out. */
export function describeLeftOut(list: string): string | undefined {
  const lines = list.split('\n').filter((line) => line !== '');
  const [first] = lines;
  if (first === undefined) return undefined;
  const rest = lines.length === 1 ? '' : `, and ${lines.length - 1} more: npm run seeds:check names them`;
  return `Left out: ${first}${rest}. seeds/README.md says what a seed looks like.`;
}

/** Calls `tell` with the sentence now and whenever the list of the build beside `config` says something else. */
export function watchLeftOut(config: string, tell: (sentence: string) => void): void {
  const path = join(dirname(config), 'dist', leftOutName);
  let told = '';
  const look = (): void => {
    const list = read(path);
    if (list === told) return;
    told = list;
    tell(describeLeftOut(list) ?? 'No seed is left out any more.');
  };
  look();
  watchFile(path, { interval: lookMs, persistent: false }, look);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
