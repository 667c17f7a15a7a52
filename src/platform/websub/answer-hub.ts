/**
 * Answers hubs at `/websub/{id}/{random}`: GET verifies our subscription, POST is a push.
 *
 * Only our hub knows the random part; its pushes must be signed all the same. A push with a wrong signature gets the same
 * answer as a right one, so that a signature cannot be found by trying.
 * @see https://www.w3.org/TR/websub/#hub-verifies-intent and #content-distribution
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Config } from '../../pipeline/config.ts';
import { toMessages } from '../../pipeline/job-message.ts';
import { callbackOrigin } from '../../pipeline/websub/offer.ts';
import { readPush } from '../../pipeline/websub/read-push.ts';
import { archiveDoor } from '../archive-doors.ts';
import type { Bindings } from '../bindings.ts';
import { createEnqueue } from '../enqueue.ts';
import { logEvent } from '../log.ts';
import { createRefreshPorts } from '../refresh-ports.ts';
import { readBody } from '../retrieve/body.ts';

/** Most characters of a denial that are kept. */
const maxReasonLength = 200;

/** Answers a request to a callback. */
export async function answerHub(env: Bindings, config: Config, request: Request): Promise<Response> {
  const [, id = '', token = ''] = /^\/websub\/([^/]+)\/([^/]+)$/.exec(new URL(request.url).pathname) ?? [];
  const isOpen = callbackOrigin(config) !== undefined && id !== '' && id.length <= 64 && token.length <= 64;
  switch (request.method) {
    case 'GET':
      return isOpen
        ? await answerVerification(env, id, token, new URL(request.url).searchParams)
        : plain(404, notAsked);
    case 'POST':
      return isOpen ? await takePush(env, config, id, token, request) : plain(410, notSubscribed);
    default:
      return plain(405, 'A hub verifies with GET and pushes with POST.', { Allow: 'GET, POST' });
  }
}

const notAsked = 'We did not ask for this.';
const notSubscribed = 'Nothing is subscribed here. Please push no more.';

async function answerVerification(env: Bindings, id: string, token: string, given: URLSearchParams): Promise<Response> {
  const said = (name: string): string => given.get(`hub.${name}`) ?? '';
  const topic = said('topic');
  if (said('mode') === 'denied') {
    const reason = said('reason').slice(0, maxReasonLength) || 'the hub gave no reason';
    return (await archiveDoor(env, 'websub').deny(id, token, topic, reason))
      ? plain(200, 'Noted.')
      : plain(404, notAsked);
  }
  const challenge = said('challenge');
  const lease = said('lease_seconds');
  const isVerified = await archiveDoor(env, 'websub').verify(id, token, {
    mode: said('mode'),
    topic,
    challenge,
    ...(/^\d{1,9}$/.test(lease) && { leaseSeconds: Number(lease) }),
  });
  return isVerified ? plain(200, challenge) : plain(404, notAsked);
}

async function takePush(env: Bindings, config: Config, id: string, token: string, request: Request): Promise<Response> {
  const { openPush, recordPush, ping } = archiveDoor(env, 'websub');
  const opened = await openPush(id, token);
  if (opened === undefined) return plain(410, notSubscribed);
  const body = await readPushed(request, config);
  if (!body.ok) return body.failure;
  if (!(await isSigned(body.value, request.headers.get('X-Hub-Signature'), opened.subscription.secret))) {
    logEvent({ event: 'push-ignored', sourceId: opened.source.id, why: 'its signature is wrong or missing' });
    return plain(202, taken);
  }
  const contentType = request.headers.get('Content-Type');
  const links = request.headers.get('Link');
  const meaning = await readPush(createRefreshPorts(env, config), opened, {
    bytes: body.value,
    url: opened.source.url,
    ...(contentType !== null && { contentType }),
    ...(links !== null && { links }),
  });
  switch (meaning.kind) {
    case 'other-topic':
      logEvent({ event: 'push-ignored', sourceId: opened.source.id, why: 'it is about another topic' });
      return plain(202, taken);
    case 'ask': {
      const jobs = await ping(token);
      if (jobs.length > 0) await createEnqueue(env.JOBS)(toMessages(jobs));
      return plain(202, taken);
    }
    case 'news':
      await recordPush(token, meaning.entries);
      return plain(202, taken);
  }
}

const taken = 'Thank you.';

async function readPushed(request: Request, config: Config): Promise<Result<Uint8Array, Response>> {
  const body = await readBody(new Response(request.body, { headers: lengthOf(request) }), {
    limitBytes: config.maxBodyBytes,
    limitMs: config.fetchTimeoutMs,
  });
  if (body.ok) return ok(body.value);
  const isTooLarge = body.failure.kind === 'too-large';
  return fail(
    isTooLarge
      ? plain(413, `A push may have at most ${config.maxBodyBytes} bytes.`)
      : plain(400, 'The body of the push broke off.'),
  );
}

function lengthOf(request: Request): Record<string, string> {
  const length = request.headers.get('Content-Length');
  return length === null ? {} : { 'Content-Length': length };
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}

/** The methods of the recommendation. */
const hashes: ReadonlyMap<string, string> = new Map([
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
]);

/** Whether `X-Hub-Signature` (`method=hex`) shows that `bytes` were signed with `secret`. @see https://www.w3.org/TR/websub/#signing-content */
export async function isSigned(bytes: Uint8Array, header: string | null, secret: string): Promise<boolean> {
  const [, method = '', hex = ''] = /^\s*(sha\d{1,3})=([0-9a-f]+)\s*$/i.exec(header ?? '') ?? [];
  const hash = hashes.get(method.toLowerCase());
  if (hash === undefined || hex.length % 2 !== 0) return false;
  const algorithm = { name: 'HMAC', hash };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
  const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // The runtime compares in constant time.
  return await crypto.subtle.verify(algorithm, key, signature, bytes);
}
