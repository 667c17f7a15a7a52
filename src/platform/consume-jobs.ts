/**
 * The Queue's consumer: each message is one refresh, and none can hurt another.
 *
 * A message is acknowledged once its recording is written; what throws is tried again, and after the last try its
 * reason is kept with the source. Loaded on demand: it brings all parsers.
 */
import { parseConfig } from '../pipeline/config.ts';
import type { EnqueueJobs } from '../pipeline/ports.ts';
import { isRefreshJob } from '../pipeline/recording.ts';
import { type RefreshPorts, refresh } from '../pipeline/refresh.ts';
import { archiveStub } from './archive-reader.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueue } from './jobs.ts';
import { logEvent } from './log.ts';
import { createRefreshPorts } from './refresh-ports.ts';

/** A failed message waits this long, times its attempts, before the next try. Seconds. */
const retrySeconds = 30;

/** Messages of a batch that are worked on at once: each may hold `MAX_BODY_BYTES`, and an isolate has 128 MB. */
const atOnce = 4;

/** The queue that wrangler.toml names for messages that failed every try. */
const deadLetterQueue = 'tributary-dead-jobs';

/** Works on a batch; never throws, so that one message cannot make the others come again. */
export async function consumeJobs(batch: MessageBatch, env: Bindings): Promise<void> {
  if (batch.queue === deadLetterQueue) {
    await Promise.all(batch.messages.map((message) => buryMessage(message, env)));
    return;
  }
  const config = parseConfig(env);
  if (!config.ok) {
    logEvent({ event: 'settings-unusable', problems: config.failure });
    batch.retryAll({ delaySeconds: 300 });
    return;
  }
  const ports = createRefreshPorts(env, config.value);
  const enqueue = createEnqueue(env.JOBS);
  const messages = batch.messages.values();
  const work = async (): Promise<void> => {
    for (const message of messages) await consumeMessage(message, ports, enqueue);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function consumeMessage(message: Message, ports: RefreshPorts, enqueue: EnqueueJobs): Promise<void> {
  if (!isRefreshJob(message.body)) {
    logEvent({ event: 'message-unknown', body: message.body });
    message.ack();
    return;
  }
  try {
    const receipt = await refresh(ports, message.body);
    if (receipt?.next !== undefined) await enqueue([receipt.next.job], receipt.next.afterMs);
    message.ack();
  } catch (error) {
    logEvent({ event: 'refresh-threw', job: message.body, attempts: message.attempts, error: String(error) });
    message.retry({ delaySeconds: retrySeconds * message.attempts });
  }
}

async function buryMessage(message: Message, env: Bindings): Promise<void> {
  if (isRefreshJob(message.body)) {
    await archiveStub(env).recordPoison(message.body, 'every try of this refresh ended in an error; see the logs');
  }
  logEvent({ event: 'message-dead', body: message.body });
  message.ack();
}
