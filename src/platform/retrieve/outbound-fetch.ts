/**
 * Sends every request of ours to other sites: directly on Cloudflare, through a proxy of this machine under `npm start`.
 *
 * The local runtime connects to private addresses and has no words for what went wrong. The proxy (scripts/start/outbound.ts)
 * looks names up itself, refuses those that resolve to private addresses, and says why there is no answer.
 */

/** What the proxy is asked for, and why it has no answer: `reason: words`. */
export const outboundHeaders = { target: 'tributary-target', failure: 'tributary-failure' } as const;

/** Why there is no answer. `lookup` and `unreachable`: no server was met at all, as when this machine is offline. */
export type OutboundReason = 'private' | 'lookup' | 'unreachable' | 'refused' | 'certificate' | 'lost';

/** A `fetch` for other sites. `OUTBOUND_PROXY` is set by `npm start` and by nobody else. Throws errors whose cause is the reason. */
export function createOutboundFetch(env: {
  readonly OUTBOUND_PROXY?: string;
}): (url: string, init?: RequestInit) => Promise<Response> {
  const proxy = env.OUTBOUND_PROXY;
  if (proxy === undefined || proxy === '') return (url, init) => fetch(url, init);
  return async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set(outboundHeaders.target, url);
    const response = await fetch(proxy, { ...init, headers });
    const failure = response.headers.get(outboundHeaders.failure);
    if (failure === null) return response;
    const [, reason, words] = /^(\w+): (.*)$/.exec(failure) ?? [];
    throw new Error(words ?? failure, { cause: reason });
  };
}
