import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as ladders from '../../../src/feed/read/normalize/field-ladders.ts';

const page = readFileSync(new URL('../../../docs/reading.md', import.meta.url).pathname, 'utf8');

describe('docs/reading.md', () => {
  it('names every rung of every ladder', () => {
    const rungs = Object.values(ladders).flatMap((one) => (Array.isArray(one) ? one : [one])) as ReadonlyMap<
      string,
      number
    >[];
    const missing = rungs.flatMap((rung) => [...rung.keys()]).filter((name) => !page.includes(`\`${name}\``));
    expect([...new Set(missing)]).toEqual([]);
  });
});
