/**
 * The composition root: what Cloudflare calls, wired to what answers. No logic.
 */
import type { Hono } from 'hono';
import type { Instant } from './domain/instant.ts';
import { createApp } from './http/app.ts';
import { createMisconfiguredApp } from './http/misconfigured.ts';
import { parseConfig } from './pipeline/config.ts';
import { schedule } from './pipeline/schedule.ts';
import { createArchiveReader } from './platform/archive-reader.ts';
import { createArchiveWriter } from './platform/archive-writer.ts';
import type { Bindings } from './platform/bindings.ts';
import { createEnqueue } from './platform/jobs.ts';
import { createWindowReader } from './platform/window-reader.ts';

export { Archive } from './platform/archive.ts';

/** One app per isolate: it remembers the views it has assembled. */
let app: Hono | undefined;

function wireApp(env: Bindings): Hono {
  const config = parseConfig(env);
  if (!config.ok) return createMisconfiguredApp(config.failure);
  return createApp({
    config: config.value,
    window: createWindowReader(env.WINDOW, Date.now),
    archive: createArchiveReader(env),
    now: Date.now,
  });
}

export default {
  fetch(request, env, context) {
    app ??= wireApp(env);
    return app.fetch(request, env, context);
  },
  async scheduled(controller, env) {
    await schedule(createArchiveWriter(env), createEnqueue(env.JOBS), controller.scheduledTime as Instant);
  },
  async queue(batch, env) {
    // The parsers are a chunk of their own: an isolate that serves feeds never evaluates them.
    const { consumeJobs } = await import('./platform/consume-jobs.ts');
    await consumeJobs(batch, env);
  },
} satisfies ExportedHandler<Bindings>;
