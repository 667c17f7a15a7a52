/**
 * Makes the modules and assets that scripts/build.ts makes out of seeds/, for tests inside the runtime: out of
 * tests/fixtures/seeds-live.
 */
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { renderSeedModule } from '../../scripts/build.ts';
import { bundleSeeds } from '../../scripts/bundle-seeds.ts';
import { writeAssets } from '../../scripts/seeds/write-assets.ts';

const seedsDir = resolve(import.meta.dirname, '../fixtures/seeds-live');

/** Where the packs of the tests are. */
export const testAssets = resolve(import.meta.dirname, '../../node_modules/.cache/tributary/test-assets');

const seeds = await bundleSeeds({ seedsDir });
await writeAssets({ assetsDir: testAssets, mediaDir: join(seedsDir, 'media'), packs: seeds.packs });

/** A Vite plugin that serves `virtual:seed-digest`, `virtual:seed-manifest` and `virtual:render-digest`. */
export function seedModulesForTests(): Plugin {
  return {
    name: 'seed-modules',
    resolveId: (id) => (/^virtual:(?:seed|render)-/.test(id) ? `\0${id}` : undefined),
    load: (id) => (/^\0virtual:(?:seed|render)-/.test(id) ? renderSeedModule(id.slice(1), seeds.manifest) : undefined),
  };
}
