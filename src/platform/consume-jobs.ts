/**
 * The Queue's consumer: each message is one refresh, and none can hurt another.
 *
 * A message is acknowledged once its recording is written; what throws is tried again, and after the last try its
 * reason is kept with the source. Loaded on demand: it brings all parsers.
 */
import { type Config, parseConfig } from '../pipeline/config.ts';
import { isRefreshJob } from '../pipeline/recording.ts';
import { type BatchPorts, type Delivery, refreshBatch } from '../pipeline/refresh-batch.ts';
import { archiveStub } from './archive-reader.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueueNext } from './jobs.ts';
import { logEvent } from './log.ts';
import { createRefreshPorts } from './refresh-ports.ts';

/** A failed message waits this long, times its attempts, before the next try. Seconds. */
const retrySeconds = 30;

/** The queue that wrangler.toml names for messages that failed every try. */
const deadLetterQueue = 'tributary-dead-jobs';

/** What an isolate is wired to: settings do not change while it lives. */
const wired = new WeakMap<Bindings, BatchPorts>();

/** Works on a batch; never throws, so that one message cannot make the others come again. */
export async function consumeJobs(batch: MessageBatch, env: Bindings): Promise<void> {
  if (batch.queue === deadLetterQueue) {
    await Promise.all(batch.messages.map((message) => buryMessage(message, env)));
    return;
  }
  const ports = wired.get(env) ?? (await wire(env));
  if (ports === undefined) {
    batch.retryAll({ delaySeconds: retrySeconds * 10 });
    return;
  }
  await refreshBatch(ports, batch.messages.flatMap(toDelivery));
}

async function wire(env: Bindings): Promise<BatchPorts | undefined> {
  const config = parseConfig(env);
  if (!config.ok) {
    logEvent({ event: 'settings-unusable', problems: config.failure });
    return undefined;
  }
  // Without SITE_URL only the owner's requests tell where we live; asking ourselves would make a loop.
  const ownHosts = config.value.siteUrl === undefined ? await learnOwnHosts(env) : [];
  if (ownHosts === undefined) return undefined;
  const ports = toBatchPorts(env, config.value, ownHosts);
  wired.set(env, ports);
  return ports;
}

async function learnOwnHosts(env: Bindings): Promise<readonly string[] | undefined> {
  try {
    return await archiveStub(env).ownHosts();
  } catch (error) {
    logEvent({ event: 'archive-unreachable', error: String(error) });
    return undefined;
  }
}

function toBatchPorts(env: Bindings, config: Config, ownHosts: readonly string[]): BatchPorts {
  return {
    ...createRefreshPorts(env, config, ownHosts),
    enqueue: createEnqueueNext(env.JOBS),
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  };
}

function toDelivery(message: Message): Delivery[] {
  const { body, attempts } = message;
  if (!isRefreshJob(body)) {
    logEvent({ event: 'message-unknown', body });
    message.ack();
    return [];
  }
  return [
    {
      job: body,
      isRetry: attempts > 1,
      done: () => message.ack(),
      again: (error) => {
        logEvent({ event: 'refresh-threw', job: body, attempts, error: String(error) });
        message.retry({ delaySeconds: retrySeconds * attempts });
      },
    },
  ];
}

async function buryMessage(message: Message, env: Bindings): Promise<void> {
  if (isRefreshJob(message.body)) {
    const next = await archiveStub(env).recordPoison(
      message.body,
      'every try of this refresh ended in an error; see the logs',
    );
    if (next !== undefined) await createEnqueueNext(env.JOBS)([next]);
  }
  logEvent({ event: 'message-dead', body: message.body });
  message.ack();
}
