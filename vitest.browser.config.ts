import { defineConfig } from 'vitest/config';
import { textAssetsForTests } from './scripts/text-assets.ts';

// `npm run test:browser`: what needs a Chromium (CHROMIUM, or /usr/bin/chromium). One file at a time: one browser is enough.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: '#page', development: false } },
  plugins: [textAssetsForTests()],
  test: {
    name: 'browser',
    include: ['tests/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
