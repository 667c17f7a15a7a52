/**
 * The composition root: what Cloudflare calls, wired to what answers. No logic.
 */
import type { Hono } from 'hono';
import type { Instant } from './domain/instant.ts';
import { createApp, type PublicApp } from './http/app.ts';
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

/** What one isolate keeps: its routes, the views it has assembled, whether it has looked at its seeds. */
interface Isolate {
  readonly routes: Hono;
  readonly recall?: PublicApp['recall'];
  readonly watchSeeds?: () => Promise<void> | undefined;
}

let isolate: Isolate | undefined;
let adminApp: Promise<Hono> | undefined;

function wireIsolate(env: Bindings): Isolate {
  const config = parseConfig(env);
  if (!config.ok) return { routes: createMisconfiguredApp(config.failure) };
  const sources = {
    config: config.value,
    window: createWindowReader(env.WINDOW, Date.now),
    archive: shareAnswers(createArchiveReader(env)),
    now: Date.now,
  };
  const { health, subscriptions } = createArchiveAdminClient(env);
  const admin = async (request: Request): Promise<Response> => {
    adminApp ??= loadAdminApp(env, config.value);
    return (await adminApp).fetch(request);
  };
  return {
    ...createApp(sources, { health, subscriptions, version, admin }),
    watchSeeds: createSeedWatch({ ...sources, seedDigest }),
  };
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
    isolate ??= wireIsolate(env);
    const watching = isolate.watchSeeds?.();
    if (watching !== undefined) context.waitUntil(watching);
    return isolate.recall?.(request) ?? isolate.routes.fetch(request, env, context);
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
