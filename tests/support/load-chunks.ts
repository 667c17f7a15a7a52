/**
 * Loads what the Worker loads on demand, before the first test of a file.
 *
 * A Durable Object may wake for its alarm while the pool stops a file's Worker; asking for a chunk then, for the first time,
 * would end the whole run.
 */
export const chunks: readonly unknown[] = await Promise.all([
  import('../../src/platform/archive/core.ts'),
  import('../../src/platform/consume-jobs.ts'),
  import('../../src/platform/seed-pack.ts'),
  import('virtual:seed-manifest'),
  import('../../src/window/encode.ts'),
  import('../../src/http/app.ts'),
  import('../../src/http/documents/documents.ts'),
  import('../../src/http/feeds/make-view.ts'),
  import('../../src/http/pages/page-routes.ts'),
  import('../../src/http/placed-query.ts'),
]);
