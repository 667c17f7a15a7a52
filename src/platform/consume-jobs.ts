/**
 * Consumes the Queue: each message holds refreshes, and no refresh can hurt another.
 *
 * A message is acknowledged once its outcomes are written. A job that throws is tried again as a message of its own, and
 * after the last try its reason is stored with the source. While the settings are unusable or the Archive is unreachable,
 * messages are acknowledged: their jobs are found due again. Loaded on demand, because it needs all parsers.
 */
import { type Config, parseConfig } from '../pipeline/config.ts';
import { isAskHubsMessage, readIconMessage, readJobMessage, toMessages } from '../pipeline/job-message.ts';
import type { PushPorts } from '../pipeline/push/deliver.ts';
import { type BatchPorts, type Delivery, refreshBatch } from '../pipeline/refresh-batch.ts';
import { archiveDoor } from './archive-doors.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueue } from './enqueue.ts';
import { logEvent } from './log.ts';
import { createPushPorts } from './push-ports.ts';
import { createRefreshPorts } from './refresh-ports.ts';

/** Makes the function that asks topics of the hub; the Worker provides it. */
export type ToTopic = (config: Config) => PushPorts['topic'];

/** A failed message waits this long, times its attempts, before the next try. Seconds. */
const retrySeconds = 30;

/** Tries at a busy host, as wrangler.toml allows them. */
const iconTries = 3;

/** The queue that wrangler.toml names for messages that failed every try. */
const deadLetterQueue = 'tributary-dead-jobs';

/** How long an isolate keeps our own addresses: requests of the owner may reveal further ones. Milliseconds. */
const wiredMs = 10 * 60_000;

/** The ports of an isolate and their age: settings do not change while it lives. */
const wired = new WeakMap<Bindings, { readonly ports: BatchPorts; readonly at: number }>();

/** Works on a batch; never throws, so that one message cannot bring the others back. */
export async function consumeJobs(batch: MessageBatch, env: Bindings, toTopic: ToTopic): Promise<void> {
  const ports = await wire(env, toTopic);
  if (ports === undefined) batch.ackAll();
  else if (batch.queue === deadLetterQueue)
    await Promise.all(batch.messages.map((message) => buryMessage(message, env)));
  else {
    const [toHubs, others] = partition(batch.messages, ({ body }) => isAskHubsMessage(body));
    const [toIcons, checks] = partition(others, ({ body }) => readIconMessage(body) !== undefined);
    await Promise.all([
      refreshBatch(ports, checks.flatMap(toDelivery)),
      ...toHubs.map((one) => askHubsOnce(one, env, ports.config)),
      ...toIcons.map((one) => askIconOnce(one, env, ports.config)),
    ]);
  }
}

/** Asks hubs. Hubs that cannot be reached are found due again, so the message is done in any case. */
async function askHubsOnce(message: Message, env: Bindings, config: Config): Promise<void> {
  try {
    const { askHubs } = await import('./websub/ask-hubs.ts');
    await askHubs(env, config);
  } catch (error) {
    logEvent({ event: 'hubs-not-asked', error: String(error) });
  }
  message.ack();
}

/** A host that is busy is asked later; an icon that cannot be had now is asked for in a month. */
async function askIconOnce(message: Message, env: Bindings, config: Config): Promise<void> {
  const url = readIconMessage(message.body);
  try {
    const { askIcon } = await import('./ask-icon.ts');
    const isAsked = url === undefined || (await askIcon(env, config, await archiveDoor(env, 'writer').ownHosts(), url));
    if (!isAsked && message.attempts < iconTries) return message.retry({ delaySeconds: retrySeconds });
  } catch (error) {
    logEvent({ event: 'icon-not-asked', error: String(error) });
  }
  message.ack();
}

function partition<T>(list: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))];
}

async function wire(env: Bindings, toTopic: ToTopic): Promise<BatchPorts | undefined> {
  const held = wired.get(env);
  if (held !== undefined && Date.now() - held.at < wiredMs) return held.ports;
  const config = parseConfig(env);
  if (!config.ok) {
    logEvent({ event: 'settings-unusable', problems: config.failure });
    return undefined;
  }
  // Without SITE_URL only the owner's requests reveal our own addresses; asking ourselves would make a loop.
  const ownHosts = config.value.siteUrl === undefined ? await learnOwnHosts(env) : [];
  if (ownHosts === undefined) return undefined;
  const ports = toBatchPorts(env, config.value, ownHosts, toTopic(config.value));
  wired.set(env, { ports, at: Date.now() });
  return ports;
}

async function learnOwnHosts(env: Bindings): Promise<readonly string[] | undefined> {
  try {
    return await archiveDoor(env, 'writer').ownHosts();
  } catch (error) {
    logEvent({ event: 'archive-unreachable', error: String(error) });
    return undefined;
  }
}

function toBatchPorts(
  env: Bindings,
  config: Config,
  ownHosts: readonly string[],
  topic: PushPorts['topic'],
): BatchPorts {
  return {
    ...createRefreshPorts(env, config, ownHosts),
    push: createPushPorts(env, config, ownHosts, topic),
    enqueue: createEnqueue(env.JOBS),
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    logThrown: (job, error) => logEvent({ event: 'refresh-threw', job, error: String(error) }),
  };
}

function toDelivery(message: Message): Delivery[] {
  const { body, attempts } = message;
  const jobs = readJobMessage(body);
  if (jobs === undefined) {
    logEvent({ event: 'message-unknown', body });
    message.ack();
    return [];
  }
  return [
    {
      message: jobs,
      isRetry: attempts > 1,
      done: () => message.ack(),
      again: () => message.retry({ delaySeconds: retrySeconds * attempts }),
    },
  ];
}

/** Stores why each job of a dead message failed, and enqueues the next job of its host. */
async function buryMessage(message: Message, env: Bindings): Promise<void> {
  logEvent({ event: 'message-dead', body: message.body });
  message.ack();
  try {
    for (const job of readJobMessage(message.body)?.jobs ?? []) {
      const reason = 'every try of this refresh ended in an error; see the logs';
      const next = await archiveDoor(env, 'writer').recordPoison(job, reason);
      if (next !== undefined) await createEnqueue(env.JOBS)(toMessages([next]));
    }
  } catch (error) {
    logEvent({ event: 'archive-unreachable', error: String(error) });
  }
}
