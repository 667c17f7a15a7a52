/**
 * Sends our requests to hubs: subscriptions, renewals, ends. One after the other, in the Queue's consumer.
 *
 * Loaded on demand. A request is stored before it is sent, so after a crash in between the hub counts as silent.
 * @see https://www.w3.org/TR/websub/#subscriber-sends-subscription-request
 */
import { refuseAddress } from '../../domain/address-guard.ts';
import { type HttpUrl, hostOf, parseHttpUrl } from '../../domain/http-url.ts';
import type { Config } from '../../pipeline/config.ts';
import { askHubsMessage } from '../../pipeline/job-message.ts';
import { callbackOrigin, hubPolicy } from '../../pipeline/websub/offer.ts';
import { type HubAnswer, modeOf, type Subscription, wantedLeaseSeconds } from '../../pipeline/websub/subscription.ts';
import { archiveDoor } from '../archive-doors.ts';
import type { Bindings } from '../bindings.ts';
import { createEnqueue } from '../enqueue.ts';
import { logEvent } from '../log.ts';
import { createOutboundFetch } from '../retrieve/outbound-fetch.ts';
import { toPublicUrl, toUserAgent, version } from '../user-agent.ts';

/** Hubs of one message: with redirects they stay under the 50 requests of the free plan. */
const hubsPerMessage = 10;

/** A hub may answer with a redirect (307, 308). */
const maxRedirects = 3;

/** Most characters of a refusal that are kept. */
const maxReasonLength = 200;

/** Enqueues the message that asks due hubs. The cron calls it. */
export async function wakeHubs(env: Bindings, config: Config): Promise<void> {
  if (callbackOrigin(config) === undefined || !(await archiveDoor(env, 'websub').isHubDue())) return;
  await createEnqueue(env.JOBS)([askHubsMessage]);
}

/** Asks the due hubs. Never throws, whatever a hub does. */
export async function askHubs(env: Bindings, config: Config): Promise<void> {
  const origin = callbackOrigin(config);
  if (origin === undefined) return;
  const { claimHubs, noteAnswer } = archiveDoor(env, 'websub');
  const claimed = await claimHubs(hubsPerMessage);
  let lastHost: string | undefined;
  for (const subscription of claimed) {
    const host = hostOf(subscription.hub);
    if (host === lastHost) await new Promise((resolve) => void setTimeout(resolve, config.hostPauseMs));
    lastHost = host;
    const answer = await askHub(env, config, origin, subscription);
    logEvent({ event: 'hub-asked', mode: modeOf(subscription), sourceId: subscription.sourceId, answer: answer.kind });
    await noteAnswer(subscription.token, answer);
  }
  if (claimed.length === hubsPerMessage) await createEnqueue(env.JOBS)([askHubsMessage]);
}

async function askHub(env: Bindings, config: Config, origin: HttpUrl, subscription: Subscription): Promise<HubAnswer> {
  const { hub, topic, token, sourceId, sourceUrl, secret } = subscription;
  const mode = modeOf(subscription);
  const body = new URLSearchParams({
    'hub.mode': mode,
    'hub.topic': topic,
    'hub.callback': `${origin}/websub/${sourceId}/${token}`,
    ...(mode === 'subscribe' && { 'hub.lease_seconds': String(wantedLeaseSeconds), 'hub.secret': secret }),
  }).toString();
  const policy = hubPolicy(config);
  let url = hub;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const refusal = refuseAddress(url, policy) ?? refuseAddress(topic, policy);
    if (refusal !== undefined) return { kind: 'refused', reason: refusal };
    const answer = await post(env, config, url, body);
    const next = answer instanceof Response ? redirectOf(answer, url) : undefined;
    // A hub at the source's own host knows the secret address already.
    if (next !== undefined && hostOf(hub) === hostOf(sourceUrl) && hostOf(next) !== hostOf(hub)) {
      return { kind: 'refused', reason: 'the hub leads to another host' };
    }
    if (next === undefined) return answer instanceof Response ? await judge(answer) : answer;
    url = next;
  }
  return { kind: 'silent', reason: 'the hub redirects too often' };
}

async function post(env: Bindings, config: Config, url: HttpUrl, body: string): Promise<Response | HubAnswer> {
  try {
    return await createOutboundFetch(env)(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'User-Agent': toUserAgent(version, toPublicUrl(config.siteUrl, [])),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(config.fetchTimeoutMs),
    });
  } catch (error) {
    return { kind: 'silent', reason: String(error).slice(0, maxReasonLength) };
  }
}

function redirectOf(response: Response, url: HttpUrl): HttpUrl | undefined {
  if (response.status !== 307 && response.status !== 308) return undefined;
  void response.body?.cancel();
  return parseHttpUrl(response.headers.get('Location') ?? '', url);
}

/** A hub in trouble or overloaded has not refused: it is asked again sooner. */
async function judge(response: Response): Promise<HubAnswer> {
  const { status } = response;
  if (status >= 200 && status < 300) {
    await response.body?.cancel();
    return { kind: 'accepted' };
  }
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429;
  const words = isRefusal ? await readWords(response) : '';
  const reason = `HTTP ${status}${words === '' ? '' : `: ${words}`}`;
  return { kind: isRefusal ? 'refused' : 'silent', reason };
}

/** The first words of a refusal. An endless body is not read to its end. */
async function readWords(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const first = await Promise.race([
    reader?.read().catch(() => undefined),
    new Promise<undefined>((resolve) => void setTimeout(() => resolve(undefined), 1000)),
  ]);
  void reader?.cancel().catch(() => undefined);
  const text = first?.value === undefined ? '' : new TextDecoder().decode(first.value.slice(0, 4 * maxReasonLength));
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, maxReasonLength);
}
