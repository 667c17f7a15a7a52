/**
 * Connects Cloudflare's events (fetch, scheduled, queue, email) with the code that handles them. No logic.
 *
 * Loads at start-up: only what feed polls need. Routes, admin and parsers load on demand.
 */
import type { Hono } from 'hono';
import type { Instant } from './domain/instant.ts';
import { loadOnce } from './domain/lazy.ts';
import { admitQuestions, createAdmission } from './http/admission.ts';
import type { AnswerHub } from './http/app.ts';
import type { FetchAsset } from './http/documents/seed-pictures.ts';
import { createFeeds, type FeedSources, type Feeds } from './http/feeds/feeds.ts';
import { createPolls } from './http/feeds/polls.ts';
import { createViewMemory } from './http/feeds/view-memory.ts';
import { createWindowWatch } from './http/window-watch.ts';
import { type Config, parseConfig } from './pipeline/config.ts';
import { schedule } from './pipeline/schedule.ts';
import { archiveDoor, createArchiveReader, createArchiveWriter } from './platform/archive-doors.ts';
import type { Bindings } from './platform/bindings.ts';
import { createEnqueue } from './platform/enqueue.ts';
import { seedDigest } from './platform/seeds.ts';
import { version } from './platform/user-agent.ts';
import { createWindowReader } from './platform/window-reader.ts';

export { Archive } from './platform/archive.ts';

/** What one isolate keeps: the views it has assembled, its routes, what watches its window. */
interface Isolate {
  readonly answer: (request: Request) => Response | Promise<Response>;
  readonly watchWindow?: ReturnType<typeof createWindowWatch>;
  /** Notes who reads a saved view. */
  readonly noteReader?: (request: Request, response: Response | Promise<Response>) => Promise<void>;
}

let isolate: Isolate | undefined;
let settings: ReturnType<typeof parseConfig> | undefined;

/** The settings, read once: they do not change while an isolate lives. */
function settingsOf(env: Bindings): ReturnType<typeof parseConfig> {
  settings ??= parseConfig(env);
  return settings;
}

function wireIsolate(env: Bindings): Isolate {
  const config = settingsOf(env);
  if (!config.ok) {
    const problems = config.failure;
    return { answer: byRoutes(async () => (await import('./http/misconfigured.ts')).createMisconfiguredApp(problems)) };
  }
  const lookEveryMs = config.value.windowLookSeconds * 1000;
  const window = createWindowReader({ kv: env.WINDOW, now: Date.now, lookEveryMs });
  const sources = {
    config: config.value,
    window,
    archive: createArchiveReader(env),
    // Under `npm start` nobody is limited; the local runtime tells every client's address, too.
    admit: createAdmission(
      async (key) => env.OUTBOUND_PROXY !== undefined || (await env.QUESTIONS.limit({ key })).success,
    ),
    now: Date.now,
    views: createViewMemory(),
  };
  const feeds = createFeeds(sources);
  const viewReaders = loadOnce(async () => {
    const { createViewReaders } = await import('./http/view-readers.ts');
    const { noteReader } = archiveDoor(env, 'writer');
    return createViewReaders(({ view, reader, people }) => noteReader(view, reader, people), Date.now);
  });
  return {
    answer: createPolls(
      feeds,
      admitQuestions(
        sources.admit,
        byRoutes(() => loadApp(env, sources, feeds, window.lookAgain)),
      ),
    ),
    watchWindow: createWindowWatch({ ...sources, seedDigest }),
    noteReader: async (request, response) => await (await viewReaders())(request, response),
  };
}

/** Answers by an app that is loaded at the first request. */
function byRoutes(load: () => Promise<Hono>): (request: Request) => Promise<Response> {
  const app = loadOnce(load);
  return async (request) => await (await app()).fetch(request);
}

async function loadApp(env: Bindings, sources: FeedSources, feeds: Feeds, lookAgain: () => void): Promise<Hono> {
  const { createApp } = await import('./http/app.ts');
  const { health, subscriptions } = archiveDoor(env, 'owner');
  const askAdmin = byRoutes(() => loadAdminApp(env, sources.config));
  const admin = async (request: Request): Promise<Response> => {
    const answer = await askAdmin(request);
    // What the owner hides is hidden here, too, when the call returns.
    if (request.method !== 'GET') lookAgain();
    return answer;
  };
  const asset: FetchAsset = (path, headers) => env.ASSETS.fetch(`https://assets.invalid${path}`, { headers });
  const websub = async (request: Request): Promise<Response> =>
    (await import('./platform/websub/answer-hub.ts')).answerHub(env, sources.config, request);
  const hub: AnswerHub = async (request, answer) => {
    const [{ answerHub }, { createFreshAnswers }] = await Promise.all([
      import('./http/hub/hub.ts'),
      import('./http/hub/topic-changes.ts'),
    ]);
    const { config, archive, now } = sources;
    const answerNow = createFreshAnswers(config, archive, now);
    return await answerHub({ config, take: archiveDoor(env, 'hub').take, answer, answerNow }, request);
  };
  return createApp(sources, feeds, { health, subscriptions, asset, version, admin, hub, websub });
}

async function loadAdminApp(env: Bindings, config: Config): Promise<Hono> {
  const [{ createAdminApp }, { createAdminPorts }] = await Promise.all([
    import('./admin/admin-app.ts'),
    import('./platform/create-admin-ports.ts'),
  ]);
  return createAdminApp(createAdminPorts(env, config));
}

/** Returns the answer once the rest of its request is read. */
async function afterReading(request: Request, answer: Response | Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!request.bodyUsed) for await (const _ of request.body ?? []) continue;
  return response;
}

export default {
  fetch(request, env, context) {
    isolate ??= wireIsolate(env);
    const response = isolate.answer(request);
    const watching = isolate.watchWindow?.(response);
    if (watching !== undefined) context.waitUntil(watching);
    if (isolate.noteReader !== undefined && request.url.includes('/views/')) {
      context.waitUntil(isolate.noteReader(request, response));
    }
    // The local runtime may answer 500 in our place while a request is still coming in.
    return env.OUTBOUND_PROXY === undefined ? response : afterReading(request, response);
  },
  async scheduled(controller, env) {
    // With settings that cannot be used nothing is claimed: it stays due. Requests are answered with what is wrong.
    const config = settingsOf(env);
    if (!config.ok) return;
    await schedule(createArchiveWriter(env), createEnqueue(env.JOBS), controller.scheduledTime as Instant);
    if (config.value.isWebsubOn && config.value.siteUrl !== undefined) {
      const { wakeHubs } = await import('./platform/websub/ask-hubs.ts');
      await wakeHubs(env, config.value);
    }
  },
  async email(message, env) {
    const { receiveMail } = await import('./platform/mail/receive-mail.ts');
    const config = settingsOf(env);
    if (config.ok) await receiveMail(message, env, config.value);
    else message.setReject('This mail cannot be taken now: settings are wrong here. Please send it again later.');
  },
  async queue(batch, env) {
    const [{ consumeJobs }, { createTopicChanges }] = await Promise.all([
      import('./platform/consume-jobs.ts'),
      import('./http/hub/topic-changes.ts'),
    ]);
    await consumeJobs(batch, env, (config) => createTopicChanges(config, createArchiveReader(env), Date.now));
  },
} satisfies ExportedHandler<Bindings>;
