/**
 * Vitest's global set-up for tests inside the runtime: the sites with faults, and healthy ones beside them, run in Node;
 * tests get their addresses with `inject('faultServer')`.
 */
import type { TestProject } from 'vitest/node';
import { startUpstream } from './upstream.ts';
import { faultPath, serveFaults } from './upstream-fault.ts';
import { upstreamFaults } from './upstream-faults.ts';
import { createUpstreamFeed, givenUpstreamEntries, upstreamFormats, upstreamValidators } from './upstream-feed.ts';

/** What tests are told. */
export interface FaultServer {
  /** Every fault with its URL and what the first check of such a source ends in. */
  readonly faults: readonly { readonly name: string; readonly url: string; readonly checked: string }[];
  /** Healthy feeds of every format and with every kind of validators. */
  readonly healthy: readonly string[];
  /** Entries of each healthy feed at the start. */
  readonly entries: number;
  /** A request here adds one entry to every healthy feed. */
  readonly publish: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    faultServer: FaultServer;
  }
}

const entries = 5;

/** Starts the servers; returns how to close them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Hosts of their own: a fault that asks for patience asks for the whole host.
  const [faulty, healthy] = await Promise.all([startUpstream(), startUpstream()]);
  serveFaults(faulty, upstreamFaults);
  const feeds = upstreamFormats.flatMap((format) =>
    upstreamValidators.map((validators) => {
      const title = `healthy-${format}-${validators}`;
      const site = `https://${title}.example`;
      const feed = createUpstreamFeed({
        title,
        site,
        format,
        validators,
        entries: givenUpstreamEntries(entries, site),
      });
      return { feed, site, url: healthy.serve(`/${title}`, feed.handler) };
    }),
  );
  let published = entries;
  const publish = healthy.serve('/publish', ({ response }) => {
    published += 1;
    for (const { feed, site } of feeds) {
      feed.entries.unshift(...givenUpstreamEntries(published, site, '2026-11-21T12:00:00Z').slice(0, 1));
    }
    response.end('published');
  });
  project.provide('faultServer', {
    faults: upstreamFaults.map(({ name, checked }) => ({ name, url: faulty.url(faultPath(name)), checked })),
    healthy: feeds.map(({ url }) => url),
    entries,
    publish,
  });
  return async () => {
    await Promise.all([faulty.close(), healthy.close()]);
  };
}
