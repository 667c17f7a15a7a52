/**
 * Does one job of a receiver: verifies a subscriber, sends a feed's changes, or posts an entry to a webhook.
 *
 * It sends only what the view answers to a reader at that moment (`PushPorts.topic`), so nothing that a view hides can go
 * out.
 */
import { type HttpUrl, hostOf } from '../../domain/http-url.ts';
import type { OpenedPush, PushOutcome, PushRecording, PushTask } from './receiver.ts';
import { testItem, toWebhookMessage } from './webhook-message.ts';

/** A request to a receiver. */
export interface PushRequest {
  readonly method: 'GET' | 'POST';
  readonly url: HttpUrl;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** The answer; `text` is the beginning of its body. Redirects are not followed. */
export type PushAnswer =
  | { readonly status: number; readonly text: string; readonly retryAfterMs?: number }
  | { readonly failure: string };

/** The changes of a topic after a number in the archive's sequence. `told` is the number that they go up to. */
export type TopicChanges =
  | { readonly kind: 'changed'; readonly body: Uint8Array<ArrayBuffer>; readonly type: string; readonly told: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unknown' };

/** What a delivery needs from outside. */
export interface PushPorts {
  readonly send: (request: PushRequest) => Promise<PushAnswer>;
  /** Asks for a topic as its readers do. Throws when it cannot be answered now. */
  readonly topic: (address: HttpUrl, after: number) => Promise<TopicChanges>;
  /** The hub; absent when there is none. */
  readonly hubUrl: HttpUrl | undefined;
  /** HMAC of the body: `sha256=` and hexadecimal, as WebSub and most webhooks write it. */
  readonly sign: (secret: string, body: Uint8Array<ArrayBuffer>) => Promise<string>;
  /** Random text that cannot be guessed. */
  readonly challenge: () => string;
}

/** Does a job. */
export async function deliver(ports: PushPorts, opened: OpenedPush): Promise<PushRecording> {
  const sent = await work(ports, opened);
  const pauses =
    sent.retryAfterMs === undefined ? {} : { pauses: [{ host: hostOf(opened.url), ms: sent.retryAfterMs }] };
  return { kind: 'push', receiverId: opened.receiverId, outcome: sent.outcome, ...pauses };
}

interface Worked {
  readonly outcome: PushOutcome;
  readonly retryAfterMs?: number | undefined;
}

function work(ports: PushPorts, opened: OpenedPush): Promise<Worked> {
  const { task } = opened;
  switch (task.kind) {
    case 'verify':
      return verify(ports, opened, task);
    case 'feed':
      return sendFeed(ports, opened, task);
    case 'alert':
      return sendAlert(ports, opened, task);
    case 'entry':
    case 'test':
      return sendEntry(ports, opened, task);
  }
}

/** Asks the callback whether it confirms the request that was made in its name. */
async function verify(
  { send, challenge, hubUrl }: PushPorts,
  { url }: OpenedPush,
  { topic, wish }: Extract<PushTask, { kind: 'verify' }>,
): Promise<Worked> {
  const what = wish.mode;
  if (hubUrl === undefined) return { outcome: { kind: 'refused', wish, answer: 'the hub is switched off' } };
  const expected = challenge();
  const answer = await send({
    method: 'GET',
    url: withParameters(url, {
      'hub.mode': wish.mode,
      'hub.topic': topic,
      'hub.challenge': expected,
      ...(wish.mode === 'subscribe' ? { 'hub.lease_seconds': String(wish.leaseSeconds) } : {}),
    }),
    headers: {},
  });
  if ('failure' in answer) return { outcome: { kind: 'failed', what, wish, answer: answer.failure } };
  const { status, text, retryAfterMs } = answer;
  const said = `HTTP ${status}`;
  if (isTaken(status)) {
    if (text.trim() === expected) return { outcome: { kind: 'verified', wish } };
    return { outcome: { kind: 'refused', wish, answer: `${said} without the challenge` } };
  }
  if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
    return { outcome: { kind: 'refused', wish, answer: said } };
  }
  return { outcome: { kind: 'failed', what, wish, answer: said }, retryAfterMs };
}

async function sendFeed(
  ports: PushPorts,
  { url, secret }: OpenedPush,
  { topic, after, changed }: Extract<PushTask, { kind: 'feed' }>,
): Promise<Worked> {
  const { hubUrl } = ports;
  const what = 'changes of the feed';
  if (hubUrl === undefined) return { outcome: { kind: 'failed', what, answer: 'the hub is switched off' } };
  const changes = await ports.topic(topic, after);
  // An entry that changed and left the view in the meantime is not sent.
  if (changes.kind === 'unchanged') return { outcome: { kind: 'nothing', told: changed } };
  if (changes.kind === 'unknown') {
    const reason = 'this address is none of a feed any more';
    await ports.send({
      method: 'GET',
      url: withParameters(url, { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': reason }),
      headers: {},
    });
    return { outcome: { kind: 'gone', what: 'denial', answer: reason } };
  }
  const { body, type, told } = changes;
  const headers = {
    'Content-Type': type,
    Link: `<${hubUrl}>; rel="hub", <${topic}>; rel="self"`,
    ...(secret === undefined ? {} : { 'X-Hub-Signature': await ports.sign(secret, body) }),
  };
  const answer = await ports.send({ method: 'POST', url, headers, body });
  return toOutcome(answer, what, Math.max(told, changed));
}

async function sendEntry(
  { send, sign }: PushPorts,
  { url, secret, format = 'json', receiverId }: OpenedPush,
  task: Extract<PushTask, { kind: 'entry' | 'test' }>,
): Promise<Worked> {
  const isTest = task.kind === 'test';
  const { body, headers, title } = toWebhookMessage(format, isTest ? testItem(task.view) : task.item);
  const answer = await send({
    method: 'POST',
    url,
    headers: {
      ...headers,
      'Tributary-View': encodeURIComponent(task.view),
      // The same changes again: an answer was lost.
      'Tributary-Delivery': isTest ? `test-${task.wish.id}` : `${receiverId}-${task.position}`,
      ...(secret === undefined ? {} : { 'Tributary-Signature': await sign(secret, body) }),
    },
    body,
  });
  const { outcome, ...rest } = toOutcome(answer, isTest ? 'a test' : title, isTest ? 0 : task.position);
  if (!isTest) return { outcome, ...rest };
  const { wish } = task;
  if (outcome.kind === 'delivered') return { outcome: { ...outcome, wish }, ...rest };
  return { outcome: { kind: 'failed', what: outcome.what, answer: outcome.answer, wish }, ...rest };
}

async function sendAlert(
  { send }: PushPorts,
  { url }: OpenedPush,
  { body, position }: Extract<PushTask, { kind: 'alert' }>,
): Promise<Worked> {
  const bytes = new TextEncoder().encode(body) as Uint8Array<ArrayBuffer>;
  const headers = { 'Content-Type': 'application/json' };
  return toOutcome(await send({ method: 'POST', url, headers, body: bytes }), 'an alert', position);
}

function toOutcome(
  answer: PushAnswer,
  what: string,
  told: number,
): {
  readonly outcome: Extract<PushOutcome, { kind: 'delivered' | 'gone' | 'failed' }>;
  readonly retryAfterMs?: number;
} {
  if ('failure' in answer) return { outcome: { kind: 'failed', what, answer: answer.failure } };
  const { status, retryAfterMs } = answer;
  const said = `HTTP ${status}`;
  if (isTaken(status)) return { outcome: { kind: 'delivered', what, told, answer: said } };
  if (status === 410) return { outcome: { kind: 'gone', what, answer: said } };
  return { outcome: { kind: 'failed', what, answer: said }, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Appends parameters; existing ones stay. */
function withParameters(url: HttpUrl, parameters: Readonly<Record<string, string>>): HttpUrl {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(parameters).toString()}` as HttpUrl;
}
