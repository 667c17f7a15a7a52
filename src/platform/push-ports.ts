/**
 * Sends requests to receivers: subscribers of the hub and webhooks. Every address passes the guard for each request, and
 * redirects are not followed.
 */
import { refuseAddress } from '../domain/address-guard.ts';
import type { Instant } from '../domain/instant.ts';
import type { Config } from '../pipeline/config.ts';
import { parseRetryAfter } from '../pipeline/host-pause.ts';
import type { PushAnswer, PushPorts, PushRequest } from '../pipeline/push/deliver.ts';
import type { Bindings } from './bindings.ts';
import { discardBody, readBody } from './retrieve/body.ts';
import { describeError } from './retrieve/hop.ts';
import { createOutboundFetch } from './retrieve/outbound-fetch.ts';
import { toPublicUrl, toUserAgent, version } from './user-agent.ts';

/** A receiver answers within seconds: it only has to take what it gets. Milliseconds. */
const patienceMs = 10_000;

/** Most bytes of a callback's answer to its verification. */
const limitBytes = 4096;

/** Creates the ports. */
export function createPushPorts(
  env: Bindings,
  config: Config,
  ownHosts: readonly string[],
  topic: PushPorts['topic'],
): PushPorts {
  const fetch = createOutboundFetch(env);
  const userAgent = toUserAgent(version, toPublicUrl(config.siteUrl, ownHosts));
  const policy = {
    privateHosts: config.privateHosts,
    ownHosts: [...ownHosts, ...(config.siteUrl === undefined ? [] : [new URL(config.siteUrl).host])],
  };
  const limitMs = Math.min(patienceMs, config.fetchTimeoutMs);
  const ask = async ({ method, url, headers, body }: PushRequest): Promise<PushAnswer> => {
    const response = await fetch(url, {
      method,
      headers: { ...headers, 'User-Agent': userAgent },
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
      ...(body === undefined ? {} : { body }),
    });
    const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After') ?? undefined, Date.now() as Instant);
    const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
    if (method === 'POST') {
      discardBody(response);
      return { status: response.status, text: '', ...asked };
    }
    const read = await readBody(response, { limitBytes, limitMs });
    return { status: response.status, text: read.ok ? new TextDecoder().decode(read.value) : '', ...asked };
  };
  return {
    send: async (request) => {
      const refusal = refuseAddress(request.url, policy);
      if (refusal !== undefined) return { failure: refusal };
      try {
        return await ask(request);
      } catch (error) {
        return { failure: describeError(error) };
      }
    },
    topic,
    sign,
    hubUrl: config.hubUrl,
    challenge: () => crypto.randomUUID(),
  };
}

async function sign(secret: string, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, body));
  return `sha256=${[...signature].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
