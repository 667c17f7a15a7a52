/**
 * The modules that scripts/build.ts makes out of seeds/, for tests inside the runtime: made of tests/fixtures/seeds-live.
 */
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { renderSeedModule } from '../../scripts/build.ts';
import { bundleSeeds } from '../../scripts/bundle-seeds.ts';

/** A Vite plugin that serves `virtual:seed-digest` and `virtual:seed-bundle`. */
export function seedModulesForTests(): Plugin {
  const bundle = bundleSeeds({ seedsDir: resolve(import.meta.dirname, '../fixtures/seeds-live') });
  return {
    name: 'seed-modules',
    resolveId: (id) => (id.startsWith('virtual:seed-') ? `\0${id}` : undefined),
    load: async (id) => {
      if (!id.startsWith('\0virtual:seed-')) return undefined;
      return renderSeedModule(id.slice(1), await bundle);
    },
  };
}
