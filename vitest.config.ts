import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { textAssetsForTests } from './scripts/text-assets.ts';
import { seedModulesForTests, testAssets } from './tests/support/seed-modules.ts';

const provide = { propertySeed: Number(process.env['PROPERTY_SEED'] ?? 20_261_122) };
/** TSX compiles to calls of src/page/jsx-runtime.ts, as in the build. */
const oxc = { jsx: { runtime: 'automatic', importSource: '#page', development: false } } as const;
const setupFiles = ['tests/support/property-seed.ts'];
/** A busy machine may take many times as long as an idle one: the time-out only ends tests that hang. Milliseconds. */
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

/**
 * Two projects: pure floors and scripts run in Node, what needs the platform runs inside workerd (tests/workers), with
 * storage of its own per file.
 */
export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        plugins: [textAssetsForTests()],
        test: {
          name: 'node',
          ...timeouts,
          provide,
          setupFiles,
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/workers/**', 'tests/browser/**'],
        },
      },
      {
        oxc,
        plugins: [
          textAssetsForTests(),
          seedModulesForTests(),
          cloudflareTest({
            main: './src/worker.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              assets: { directory: testAssets, binding: 'ASSETS' },
              bindings: {
                PRIVATE_HOSTS: '127.0.0.1',
                HOST_PAUSE_MS: '0',
                WINDOW_LOOK_SECONDS: '1',
                ADMIN_TOKEN: 'token-of-the-tests',
              },
            },
          }),
        ],
        test: {
          name: 'workers',
          ...timeouts,
          provide,
          setupFiles: [...setupFiles, 'tests/support/load-chunks.ts'],
          include: ['tests/workers/**/*.test.ts'],
          globalSetup: ['tests/support/fault-server.ts'],
          // CommonJS packages are bundled first: the runtime has no require.
          deps: {
            optimizer: { ssr: { enabled: true, include: ['sanitize-html', 'linkedom', '@mozilla/readability'] } },
          },
        },
      },
    ],
  },
});
