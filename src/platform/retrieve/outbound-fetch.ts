/**
 * Sends all our requests to other sites: directly on Cloudflare, through a proxy of this machine under `npm start`.
 *
 * The local runtime connects to private addresses and does not say what went wrong. The proxy (scripts/start/outbound.ts)
 * resolves names itself, refuses those that lead to private addresses, and says why there is no answer.
 */

/** Headers between us and the proxy: the requested address, and why there is no answer: `reason: words`. */
export const outboundHeaders = { target: 'tributary-target', failure: 'tributary-failure' } as const;

/** Why there is no answer. `lookup` and `unreachable`: no server was reached at all, as when this machine is offline. */
export type OutboundReason = 'private' | 'lookup' | 'unreachable' | 'refused' | 'certificate' | 'lost';

/** A `fetch` for other sites. Only `npm start` sets `OUTBOUND_PROXY`. Throws errors whose cause is the reason. */
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
