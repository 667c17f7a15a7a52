import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildWorker } from '../../scripts/build.ts';
import { defaultSeedsDir } from '../../scripts/bundle-seeds.ts';

it('lets a start evaluate only the code that feed polls need', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-build-'));
  try {
    const places = { seedsDir: defaultSeedsDir(), outDir: join(folder, 'dist'), assetsDir: join(folder, 'assets') };
    const { startUpBytes } = await buildWorker(places);
    // 40 KB today; Hono's router with the pages would add 100, the parsers 300.
    expect(startUpBytes).toBeGreaterThan(20_000);
    expect(startUpBytes).toBeLessThan(48_000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
