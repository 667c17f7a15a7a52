/**
 * Asks for the changes of a topic, for the hub: the answer of a request for a delta (RFC 3229).
 *
 * It uses the readers' routes with an empty window, so every answer comes from the Archive and is as new as the Archive.
 * Equal requests within two seconds are answered once: a thousand subscribers of one feed get the same bytes.
 */
import { loadOnce } from '../../domain/lazy.ts';
import type { Config } from '../../pipeline/config.ts';
import type { ArchiveReader, PublishedWindow } from '../../pipeline/ports.ts';
import type { PushPorts, TopicChanges } from '../../pipeline/push/deliver.ts';
import { createFeeds } from '../feeds/feeds.ts';
import { createViewMemory } from '../feeds/view-memory.ts';

/** How long equal requests are answered from memory. Milliseconds. */
const rememberedMs = 2000;

/** Most remembered answers: few, because each may be megabytes. */
const maxRemembered = 8;

/** Its view memory is empty: an answer that was sent once is not asked for again. Bytes. */
const memoryBytes = 0;

/** An empty window. */
const noWindow: PublishedWindow = {
  freshVersion: () => undefined,
  current: async () => undefined,
  fresh: () => undefined,
  index: async () => undefined,
  defaultFeed: async () => undefined,
  fragments: async () => undefined,
  isAtHand: () => false,
  absentKeys: () => [],
};

/** Answers readers from the Archive alone. */
export function createFreshAnswers(
  config: Config,
  archive: ArchiveReader,
  now: () => number,
): (request: Request) => Promise<Response> {
  const routes = loadOnce(async () => {
    const { createApp } = await import('../app.ts');
    const sources = { config, archive, now, window: noWindow, views: createViewMemory(memoryBytes) };
    return createApp(sources, createFeeds(sources));
  });
  return async (request) => await (await routes()).fetch(request);
}

/** Creates the function that asks. */
export function createTopicChanges(config: Config, archive: ArchiveReader, now: () => number): PushPorts['topic'] {
  const answer = createFreshAnswers(config, archive, now);
  const remembered = new Map<string, { readonly changes: Promise<TopicChanges>; readonly at: number }>();
  return (address, after) => {
    const key = `${after} ${address}`;
    const known = remembered.get(key);
    if (known !== undefined && now() - known.at < rememberedMs) return known.changes;
    const changes = askForChanges(answer, address, after);
    remembered.delete(key);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(key, { changes, at: now() });
    changes.catch(() => remembered.delete(key));
    return changes;
  };
}

async function askForChanges(
  answer: (request: Request) => Promise<Response>,
  address: string,
  after: number,
): Promise<TopicChanges> {
  // An entity tag of ours begins with the number that the document goes up to (delta.ts).
  const held = `"${after.toString(36)}-${'0'.repeat(16)}"`;
  const response = await answer(new Request(address, { headers: { 'A-IM': 'feed', 'If-None-Match': held } }));
  const { status } = response;
  if (status === 200 || status === 304) return { kind: 'unchanged' };
  if (status >= 500 || status === 429) throw new Error(`the topic was answered with status ${status}`);
  const told = /^"([0-9a-z]{1,11})-/.exec(response.headers.get('ETag') ?? '')?.[1];
  if (status !== 226 || told === undefined) return { kind: 'unknown' };
  return {
    kind: 'changed',
    body: new Uint8Array(await response.arrayBuffer()),
    type: response.headers.get('Content-Type') ?? 'application/octet-stream',
    told: Number.parseInt(told, 36),
  };
}
