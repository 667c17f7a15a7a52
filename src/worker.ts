/**
 * The composition root: what Cloudflare calls, wired to what answers. No logic.
 */
import type { Hono } from 'hono';
import type { Instant } from './domain/instant.ts';
import { createApp, withOwner } from './http/app.ts';
import { createMisconfiguredApp } from './http/misconfigured.ts';
import { createSeedWatch } from './http/seed-watch.ts';
import { type Config, parseConfig } from './pipeline/config.ts';
import { schedule } from './pipeline/schedule.ts';
import { createArchiveAdminClient } from './platform/archive-admin-client.ts';
import { createArchiveReader } from './platform/archive-reader.ts';
import { createArchiveWriter } from './platform/archive-writer.ts';
import type { Bindings } from './platform/bindings.ts';
import { createEnqueue } from './platform/jobs.ts';
import { seedDigest } from './platform/seeds.ts';
import { shareAnswers } from './platform/shared-answers.ts';
import { version } from './platform/version.ts';
import { createWindowReader } from './platform/window-reader.ts';

export { Archive } from './platform/archive.ts';

/** One app per isolate: it remembers the views it has assembled. */
let app: Hono | undefined;
let watchSeeds: (() => Promise<void> | undefined) | undefined;
let adminApp: Promise<Hono> | undefined;

function wireApp(env: Bindings): Hono {
  const config = parseConfig(env);
  if (!config.ok) return createMisconfiguredApp(config.failure);
  const sources = {
    config: config.value,
    window: createWindowReader(env.WINDOW, Date.now),
    archive: shareAnswers(createArchiveReader(env)),
    now: Date.now,
  };
  watchSeeds = createSeedWatch({ ...sources, seedDigest });
  const { health, subscriptions } = createArchiveAdminClient(env);
  const admin = async (request: Request): Promise<Response> => {
    adminApp ??= loadAdminApp(env, config.value);
    return (await adminApp).fetch(request);
  };
  return withOwner(createApp(sources, admin), sources, { health, subscriptions, version, admin });
}

/** The owner's side is a chunk of its own: an isolate that serves feeds never evaluates it. */
async function loadAdminApp(env: Bindings, config: Config): Promise<Hono> {
  const [{ createAdminApp }, { createAdminPorts }] = await Promise.all([
    import('./admin/app.ts'),
    import('./platform/admin-ports.ts'),
  ]);
  return createAdminApp(createAdminPorts(env, config));
}

export default {
  fetch(request, env, context) {
    app ??= wireApp(env);
    const watching = watchSeeds?.();
    if (watching !== undefined) context.waitUntil(watching);
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
