/**
 * Makes the ports of refreshes: the Archive, the upstream, the clock, random numbers and the log.
 *
 * Loaded on demand with the write side.
 */
import type { Instant } from '../domain/instant.ts';
import type { Config } from '../pipeline/config.ts';
import type { RefreshPorts } from '../pipeline/ports.ts';
import { createArchiveWriter } from './archive-doors.ts';
import type { Bindings } from './bindings.ts';
import { logEvent } from './log.ts';
import { createOutboundFetch } from './retrieve/outbound-fetch.ts';
import { createRetriever } from './retrieve/retrieve-upstream.ts';
import { toPublicUrl, toUserAgent, version } from './user-agent.ts';

/** Creates the ports. `ownHosts` are further addresses of ours besides SITE_URL: asking ourselves would make a loop. */
export function createRefreshPorts(env: Bindings, config: Config, ownHosts: readonly string[] = []): RefreshPorts {
  const archive = createArchiveWriter(env);
  return {
    archive,
    retrieve: createRetriever({
      fetch: createOutboundFetch(env),
      now,
      userAgent: toUserAgent(version, toPublicUrl(config.siteUrl, ownHosts)),
      timeoutMs: config.fetchTimeoutMs,
      maxBodyBytes: config.maxBodyBytes,
      privateHosts: config.privateHosts,
      ownHosts: [...ownHosts, ...(config.siteUrl === undefined ? [] : [new URL(config.siteUrl).host])],
      places: { enterHost: archive.enterHost, leaveHost: archive.leaveHost, pause },
    }),
    config,
    now,
    jitter: Math.random,
    pause,
    log: (line) => logEvent({ ...line }),
  };
}

function now(): Instant {
  return Date.now() as Instant;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
