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
    const { start } = await buildWorker(places);
    expect(start.modules).toBeLessThan(5);
    // 36.2 KB today; Hono's router with the pages would add 100, the parsers 300.
    expect(start.bytes).toBeGreaterThan(20_000);
    expect(start.bytes).toBeLessThan(38_000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
