import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { forWorkers } from '../../scripts/build.ts';

const root = resolve(import.meta.dirname, '../..');

/** KB gzip of what a Worker carries for these lines of a module. */
async function sizeOf(...lines: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: lines.join('\n'), resolveDir: `${root}/src`, loader: 'ts' },
    ...forWorkers,
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1024;
}

describe('what reads, normalizes and sanitizes feeds', () => {
  it('adds at most 64 KB gzip to the DOM that the write side has anyway', async () => {
    const dom = "export { parseHTML } from 'linkedom';";
    const before = await sizeOf(dom);
    const after = await sizeOf(
      dom,
      "export * from './feed/read/read-feed.ts';",
      "export * from './feed/read/normalize-feed.ts';",
      "export * from './feed/sanitize/sanitize-entry.ts';",
    );
    expect(before).toBeGreaterThan(30);
    expect(after - before).toBeGreaterThan(20);
    expect(after - before).toBeLessThan(64);
  });
});
