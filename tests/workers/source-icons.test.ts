/**
 * The icon of a source comes from its site, once a month at most, as a picture and nothing else; a letter stands in.
 */
import { runInDurableObject } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { archiveDoor } from '../../src/platform/archive-doors.ts';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { bindings, origin, own, publish } from '../support/given-owner.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
/** What the sites have. */
const bodies = new Map<string, string | Uint8Array>();
const asked: string[] = [];

function feed(host: string, image = ''): string {
  return `<rss version="2.0"><channel><title>${host}</title><link>https://${host}/home</link>${image}
    <item><guid>${host}-1</guid><title>One</title></item></channel></rss>`;
}

async function deliver(body: unknown): Promise<string> {
  let outcome = '';
  const message = { body, attempts: 1, ack: () => (outcome = 'ack'), retry: () => (outcome = 'retry') };
  await consumeJobs({ queue: 'tributary-jobs', messages: [message] } as unknown as MessageBatch, bindings, noTopics);
  return outcome;
}

async function follow(host: string, members: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const answer = await own('POST', '/admin/api/sources', { url: `https://${host}/feed`, ...members });
  if (answer.status !== 201) throw new Error(answer.text);
  const sourceId = String(answer.json['id']);
  await own('POST', `/admin/api/sources/${sourceId}/refresh?force=1`);
  await deliver({ jobs: [{ kind: 'source', sourceId }] });
  await publish();
  return sourceId;
}

const worker = (exports as unknown as { default: Fetcher }).default;

async function look(
  id: string,
): Promise<{ readonly type: string | null; readonly bytes: Uint8Array; readonly headers: Headers }> {
  const response = await worker.fetch(`${origin}/sources/${id}/icon`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { type: response.headers.get('Content-Type'), bytes, headers: response.headers };
}

/** Looks, and has everything asked that looking wants. */
async function lookAndAsk(id: string): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const { wanted } = await archiveDoor(bindings, 'reader').icon(id);
    if (wanted === undefined) return;
    await deliver({ jobs: [], icon: wanted });
    await forgetTheTime();
  }
}

/** As if the last requests had been five minutes ago. */
async function forgetTheTime(): Promise<void> {
  await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) => {
    storage.sql.exec('UPDATE icon SET asked_at = asked_at - 300000');
  });
}

const requests = (): readonly string[] => asked.filter((url) => !url.endsWith('/feed'));

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { url } = new Request(input, init);
    asked.push(url);
    const found = bodies.get(url);
    return new Response(found ?? 'nothing', { status: found === undefined ? 404 : 200 });
  });
});

beforeEach(() => {
  asked.length = 0;
});

describe('the icon of a source', () => {
  it('is a letter until the site was asked, then its picture, and the site is asked once', async () => {
    bodies.set('https://delta.river.org/feed', feed('delta.river.org'));
    bodies.set('https://delta.river.org/favicon.ico', png);
    const id = await follow('delta.river.org');
    expect(requests()).toEqual([]);
    await lookAndAsk(id);
    await lookAndAsk(id);
    expect(requests()).toEqual(['https://delta.river.org/favicon.ico']);
    const icon = await look(id);
    expect([icon.type, icon.bytes]).toEqual(['image/png', png]);
    expect(icon.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(icon.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
  });

  it('is the one that the feed names, when that is a picture', async () => {
    const image = '<image><url>https://ferry.river.org/cover.png</url><title>x</title></image>';
    bodies.set('https://ferry.river.org/feed', feed('ferry.river.org', image));
    bodies.set('https://ferry.river.org/cover.png', png);
    const id = await follow('ferry.river.org');
    await lookAndAsk(id);
    expect(requests()).toEqual(['https://ferry.river.org/cover.png']);
    expect((await look(id)).type).toBe('image/png');
  });

  it.each([
    ['a document with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['too large', new Uint8Array(70_000).fill(1).map((one, at) => png[at] ?? one)],
  ])('stays a letter when what the site sends is %s', async (what, body) => {
    const host = `x${what.length}.river.org`;
    bodies.set(`https://${host}/feed`, feed(host));
    bodies.set(`https://${host}/favicon.ico`, body);
    const id = await follow(host);
    await lookAndAsk(id);
    expect(requests()).toEqual([`https://${host}/favicon.ico`]);
    const letter = await look(id);
    expect([letter.type, letter.headers.get('Cache-Control')]).toEqual(['image/svg+xml', 'public, max-age=86400']);
    expect(new TextDecoder().decode(letter.bytes)).toContain('>X<');
  });

  it('of a secret source is a letter, and its site is not asked', async () => {
    bodies.set('https://hidden.river.org/feed', feed('hidden.river.org'));
    const id = await follow('hidden.river.org', { secret: true });
    await lookAndAsk(id);
    expect(requests()).toEqual([]);
    expect((await look(id)).type).toBe('image/svg+xml');
  });

  it('of a private source is not there', async () => {
    bodies.set('https://private.river.org/feed', feed('private.river.org'));
    const id = await follow('private.river.org', { private: true });
    await lookAndAsk(id);
    expect(requests()).toEqual([]);
    expect((await worker.fetch(`${origin}/sources/${id}/icon`)).status).toBe(404);
  });

  it('is asked for again after a month, and shown meanwhile', async () => {
    bodies.set('https://old.river.org/feed', feed('old.river.org'));
    bodies.set('https://old.river.org/favicon.ico', png);
    const id = await follow('old.river.org');
    await lookAndAsk(id);
    await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) => {
      storage.sql.exec('UPDATE icon SET asked_at = asked_at - 31 * 86400000');
    });
    expect(await archiveDoor(bindings, 'reader').icon(id)).toMatchObject({
      wanted: 'https://old.river.org/favicon.ico',
      icon: { type: 'image/png' },
    });
  });
});
