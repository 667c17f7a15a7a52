import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Config, parseConfig } from '../../src/pipeline/config.ts';
import { archiveDoor } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { answerHub } from '../../src/platform/websub/answer-hub.ts';
import { askHubs } from '../../src/platform/websub/ask-hubs.ts';
import { ask, bindings, own, titlesOf } from '../support/given-owner.ts';
import { type GivenUpstream, givenRss, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const env: Bindings = { ...bindings, SITE_URL: 'https://feeds.river.org' };
const config = settingsOf(env);
const hub = 'https://hub.flow.org/';
const topic = 'https://up.river.org/feed.xml';
const day = 24 * 60 * 60_000;

let upstream: GivenUpstream;
/** Where hubs have moved. */
const redirects = new Map<string, string>();
/** Bodies that the hub was sent. */
let asked: URLSearchParams[];

function settingsOf(given: Bindings): Config {
  const read = parseConfig(given);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

function withHub(numbers: readonly number[], self = topic, hubUrl = hub): string {
  const links = `<atom:link rel="hub" href="${hubUrl}"/><atom:link rel="self" href="${self}"/>`;
  return givenRss('River', numbers)
    .replace('<rss ', '<rss xmlns:atom="http://www.w3.org/2005/Atom" ')
    .replace('<description>d', `${links}<description>d`);
}

/** The same entries, published in the last hours. */
function recent(rss: string): string {
  let hours = 0;
  return rss.replaceAll(
    /<pubDate>[^<]*/g,
    () => `<pubDate>${new Date(Date.now() - (hours += 1) * 360_000).toUTCString()}`,
  );
}

async function removeAll(): Promise<void> {
  const { json } = await own('GET', '/admin/api/sources');
  for (const { id } of json as unknown as { id: string }[]) await own('DELETE', `/admin/api/sources/${id}`);
  // Whoever was asked is told; the test's hub takes that, too.
  for (let round = 0; round < 5; round += 1) await askHubs(env, config);
}

beforeEach(async () => {
  vi.restoreAllMocks();
  upstream = givenUpstreamFetch({ [hub]: { status: 400 }, [topic]: { body: withHub([1, 2]) } });
  await removeAll();
  upstream.answers.set(hub, { status: 202 });
  asked = [];
  redirects.clear();
  const answer = vi.mocked(fetch).getMockImplementation();
  vi.mocked(fetch).mockImplementation(async (input, init) => {
    if (init?.method === 'POST') asked.push(new URLSearchParams(init.body as string));
    const to = redirects.get(input as string);
    if (to !== undefined) return new Response(null, { status: 307, headers: { Location: to } });
    return (await answer?.(input, init)) ?? new Response();
  });
});

async function add(body: object = { url: topic }): Promise<string> {
  const answer = await own('POST', '/admin/api/sources', body);
  if (answer.status !== 201) throw new Error(answer.text);
  return String(answer.json['id']);
}

async function sourceOf(id: string): Promise<{ push: Record<string, unknown> | null; state: Record<string, unknown> }> {
  return (await own('GET', `/admin/api/sources/${id}`)).json as never;
}

interface Callback {
  readonly url: string;
  readonly secret: string;
}

/** What the hub was asked for last. */
function lastAsked(): Callback & { readonly mode: string; readonly topic: string } {
  const last = asked.at(-1);
  if (last === undefined) throw new Error('the hub was asked for nothing');
  const said = (name: string): string => last.get(`hub.${name}`) ?? '';
  return { url: said('callback'), secret: said('secret'), mode: said('mode'), topic: said('topic') };
}

async function verify(url: string, query: Record<string, string>): Promise<{ status: number; text: string }> {
  const named = Object.entries(query).map(([name, value]) => [`hub.${name}`, value]);
  const response = await answerHub(env, config, new Request(`${url}?${new URLSearchParams(named).toString()}`));
  return { status: response.status, text: await response.text() };
}

async function push(
  { url, secret }: Callback,
  body: string,
  { method = 'sha256', headers = {}, signature = '' } = {},
): Promise<number> {
  const signed = signature || `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
  const request = new Request(url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/rss+xml', 'X-Hub-Signature': signed, ...headers },
  });
  return (await answerHub(env, config, request)).status;
}

/** A source that its hub pushes. */
async function subscribe(body?: object): Promise<Callback & { readonly id: string }> {
  const id = await add(body);
  await askHubs(env, config);
  const { url, secret, topic: named } = lastAsked();
  const answer = await verify(url, { mode: 'subscribe', topic: named, challenge: 'c-1', lease_seconds: '7200' });
  expect(answer).toEqual({ status: 200, text: 'c-1' });
  return { id, url, secret };
}

describe('a source whose feed names a hub', () => {
  it('is subscribed with a callback and a secret of its own', async () => {
    const id = await add();
    expect((await sourceOf(id)).push).toMatchObject({ hub, topic, status: 'wanted', leaseUntil: null });
    await askHubs(env, config);
    const [sent] = asked;
    expect(Object.fromEntries(sent ?? [])).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': topic,
      'hub.lease_seconds': '864000',
    });
    expect(sent?.get('hub.callback')).toMatch(new RegExp(`^https://feeds\\.river\\.org/websub/${id}/[\\w-]{32}$`));
    expect(sent?.get('hub.secret')).toMatch(/^[\w-]{32}$/);
    await askHubs(env, config);
    expect(asked).toHaveLength(1);
  });

  it('takes the lease that the hub grants, and is renewed after half of it', async () => {
    const { id } = await subscribe();
    const { push: stand } = await sourceOf(id);
    const lease = Date.parse(String(stand?.['leaseUntil'])) - Date.now();
    const renewal = Date.parse(String(stand?.['hubAskedNextAt'])) - Date.now();
    expect(stand?.['status']).toBe('active');
    expect(lease / 1000).toBeGreaterThan(7100);
    expect(lease / 1000).toBeLessThanOrEqual(7200);
    expect(renewal / lease).toBeCloseTo(0.5, 2);
    expect((await own('GET', '/metrics')).text).toContain('tributary_pushed_sources 1\n');
  });

  it('refuses verifications of what was not asked, of another topic, and by a wrong callback', async () => {
    await add();
    await askHubs(env, config);
    const { url } = lastAsked();
    const good = { mode: 'subscribe', topic, challenge: 'c', lease_seconds: '7200' };
    for (const wrong of [
      { ...good, topic: `${topic}?other` },
      { ...good, mode: 'unsubscribe' },
      { ...good, mode: 'publish' },
      { ...good, challenge: '' },
    ]) {
      expect((await verify(url, wrong)).status).toBe(404);
    }
    expect((await verify(`${url}x`, good)).status).toBe(404);
    expect((await verify(url.replace(/websub\/[^/]+/, 'websub/other'), good)).status).toBe(404);
    expect(await verify(url, good)).toEqual({ status: 200, text: 'c' });
    // The hub did not get our answer and asks again; anybody else does not know the challenge.
    expect((await verify(url, good)).status).toBe(200);
    expect((await verify(url, { ...good, challenge: 'other' })).status).toBe(404);
  });

  it('falls back to polling when the hub denies, says no, or stays silent', async () => {
    const { id, url } = await subscribe();
    expect((await verify(url, { mode: 'denied', topic: 'https://else.river.org/', reason: 'x' })).status).toBe(404);
    expect((await verify(url, { mode: 'denied', topic, reason: 'too small' })).status).toBe(200);
    expect((await sourceOf(id)).push).toMatchObject({ status: 'denied', reason: 'too small', leaseUntil: null });
    expect(await push({ url, secret: lastAsked().secret }, withHub([1, 2, 3]))).toBe(410);
    await own('DELETE', `/admin/api/sources/${id}`);
    await askHubs(env, config);
    upstream.answers.set(hub, { status: 403, body: 'no such topic' });
    const other = await add();
    await askHubs(env, config);
    expect((await sourceOf(other)).push).toMatchObject({ status: 'denied', reason: 'HTTP 403: no such topic' });
  });
});

describe('a push', () => {
  it('brings its entries, signed by any method of the recommendation, and takes nothing away', async () => {
    const given = await subscribe();
    let newest = 2;
    for (const method of ['sha1', 'sha256', 'sha384', 'sha512']) {
      newest += 1;
      expect(await push(given, withHub([newest]), { method })).toBe(202);
    }
    expect(await titlesOf(`/sources/${given.id}`)).toEqual([6, 5, 4, 3, 2, 1].map((number) => `River ${number}`));
  });

  it('is ignored when its signature is wrong, missing or of an unknown method, and the hub does not learn it', async () => {
    const given = await subscribe();
    const body = withHub([9]);
    const forged = createHmac('sha256', 'guess').update(body).digest('hex');
    for (const signature of [`sha256=${forged}`, 'sha256=', 'none', `md5=${forged}`, `sha256=${forged.slice(2)}`]) {
      expect(await push(given, body, { signature })).toBe(202);
    }
    expect(await titlesOf(`/sources/${given.id}`)).not.toContain('River 9');
    expect((await sourceOf(given.id)).push).toMatchObject({ lastPushAt: null });
  });

  it('changes nothing when it comes again', async () => {
    const given = await subscribe();
    const body = withHub([3]);
    await push(given, body);
    const before = await ask('GET', `/sources/${given.id}/feed.json?q=-nothing`);
    for (let times = 0; times < 3; times += 1) expect(await push(given, body)).toBe(202);
    expect((await ask('GET', `/sources/${given.id}/feed.json?q=-nothing2`)).json['items']).toEqual(
      before.json['items'],
    );
  });

  it('is ignored when it is about another topic', async () => {
    const given = await subscribe();
    const headers = { Link: `<https://else.river.org/feed>; rel="self", <${hub}>; rel="hub"` };
    expect(await push(given, withHub([9]), { headers })).toBe(202);
    expect(await titlesOf(`/sources/${given.id}`)).not.toContain('River 9');
    expect(await push(given, withHub([8]), { headers: { Link: `<${topic}>; rel="self"` } })).toBe(202);
    expect(await titlesOf(`/sources/${given.id}`)).toContain('River 8');
  });

  it('is refused when it is too large', async () => {
    const given = await subscribe();
    const small = { ...config, maxBodyBytes: 2000 };
    const request = new Request(given.url, { method: 'POST', body: 'x'.repeat(2001) });
    expect((await answerHub(env, small, request)).status).toBe(413);
  });

  it('leaves one check a day, until a check finds what no push told of', async () => {
    const busy = 'https://busy.river.org/feed.xml';
    upstream.answers.set(busy, { body: recent(withHub([21, 22], busy)) });
    const given = await subscribe({ url: busy });
    const rhythm = (await sourceOf(given.id)).state;
    await push(given, recent(withHub([23], busy)));
    const { state } = await sourceOf(given.id);
    expect(state['nextCheckWhy']).toContain('pushed by its hub, lease until');
    // The lease of the test is two hours: the next check is not after its end.
    expect(Date.parse(String(state['nextCheckAt']))).toBeGreaterThan(Date.parse(String(rhythm['nextCheckAt'])));
    upstream.answers.set(busy, { body: recent(withHub([21, 22, 23, 24], busy)) });
    await checkNow(given.id);
    const after = await sourceOf(given.id);
    expect(after.state['nextCheckWhy']).not.toContain('pushed');
    expect(after.push).toMatchObject({ status: 'active', lastPushAt: null });
    expect(Date.parse(String(after.state['nextCheckAt'])) - Date.now()).toBeLessThan(day + 1000);
  });

  it('without a feed makes us ask the source, at most once a minute', async () => {
    const given = await subscribe();
    upstream.answers.set(topic, { body: withHub([1, 2, 31]) });
    upstream.requests.length = 0;
    for (let times = 0; times < 20; times += 1) expect(await push(given, '')).toBe(202);
    expect(await push(given, '{"news":true}', { headers: { 'Content-Type': 'application/json' } })).toBe(202);
    await vi.waitFor(
      async () => {
        expect(await titlesOf(`/sources/${given.id}`)).toContain('River 31');
      },
      { timeout: 10_000, interval: 200 },
    );
    expect(upstream.requests.filter((request) => request.startsWith(`GET ${topic}`))).toHaveLength(1);
    // The check was a push's doing: pushes arrive.
    expect((await sourceOf(given.id)).push?.['lastPushAt']).not.toBeNull();
  });
});

describe('a subscription', () => {
  it('ends when its source is removed, switched off or moved', async () => {
    const given = await subscribe();
    await own('PATCH', `/admin/api/sources/${given.id}`, { enabled: false });
    expect(await push(given, withHub([3]))).toBe(410);
    await askHubs(env, config);
    expect(lastAsked()).toMatchObject({ mode: 'unsubscribe', topic, url: given.url });
    expect((await verify(given.url, { mode: 'subscribe', topic, challenge: 'x' })).status).toBe(404);
    expect(await verify(given.url, { mode: 'unsubscribe', topic, challenge: 'bye' })).toEqual({
      status: 200,
      text: 'bye',
    });
    expect((await verify(given.url, { mode: 'unsubscribe', topic, challenge: 'bye' })).status).toBe(404);
    expect((await sourceOf(given.id)).push).toBeNull();
  });

  it('follows its source to another topic', async () => {
    const given = await subscribe();
    const moved = 'https://new.river.org/feed.xml';
    upstream.answers.set(moved, { body: withHub([1, 2], moved) });
    await own('PATCH', `/admin/api/sources/${given.id}`, { url: moved });
    expect(await push(given, withHub([3]))).toBe(410);
    await askHubs(env, config);
    const modes = asked.slice(1).map((one) => `${one.get('hub.mode')} ${one.get('hub.topic')}`);
    expect(modes.sort()).toEqual([`subscribe ${moved}`, `unsubscribe ${topic}`]);
  });

  it('is one for a topic, and belongs to the source whose address that is', async () => {
    const liar = 'https://copy.river.org/feed.xml';
    upstream.answers.set(liar, { body: withHub([1, 2], topic) });
    const first = await add({ url: liar });
    expect((await sourceOf(first)).push).toMatchObject({ topic });
    const second = await add();
    expect((await sourceOf(second)).push).toMatchObject({ topic });
    expect((await sourceOf(first)).push).toBeNull();
    upstream.answers.set('https://third.river.org/feed.xml', { body: withHub([1], topic) });
    const third = await add({ url: 'https://third.river.org/feed.xml' });
    expect((await sourceOf(third)).push).toBeNull();
  });

  it('of a topic at another host takes pushes only as a reason to ask', async () => {
    const liar = 'https://copy.river.org/other.xml';
    upstream.answers.set(liar, { body: withHub([1, 2], topic) });
    const given = await subscribe({ url: liar });
    upstream.requests.length = 0;
    expect(await push(given, withHub([7]))).toBe(202);
    await vi.waitFor(() => expect(upstream.requests).toContain(`GET ${liar}`), { timeout: 10_000 });
    expect(await titlesOf(`/sources/${given.id}`)).not.toContain('River 7');
  });

  it('is never made for private addresses, for ourselves, or for what its owner keeps secret', async () => {
    for (const [name, body] of [
      ['hub', withHub([1], topic, 'http://10.0.0.7/hub')],
      ['topic', withHub([1], 'http://192.168.1.1/feed')],
    ] as const) {
      upstream.answers.set(`https://${name}.river.org/feed.xml`, { body });
      const id = await add({ url: `https://${name}.river.org/feed.xml` });
      expect((await sourceOf(id)).push).toBeNull();
    }
    upstream.answers.set('https://shy.river.org/feed.xml', { body: withHub([1], 'https://shy.river.org/feed.xml') });
    const shy = await add({ url: 'https://shy.river.org/feed.xml', private: true });
    expect((await sourceOf(shy)).push).toBeNull();
    const told = 'https://told.river.org/feed.xml';
    upstream.answers.set(told, { body: withHub([1], `${told}?token=abc`) });
    expect((await sourceOf(await add({ url: told }))).push).toBeNull();
    // A hub at the source's own host knows its address already.
    const near = 'https://near.river.org/feed.xml';
    upstream.answers.set(near, { body: withHub([1], near, 'https://near.river.org/hub') });
    expect((await sourceOf(await add({ url: near, secret: true }))).push).toMatchObject({ status: 'wanted' });
    asked.length = 0;
    await askHubs({ ...env, SITE_URL: 'http://192.168.1.9' }, settingsOf({ ...env, SITE_URL: 'http://192.168.1.9' }));
    await askHubs(bindings, settingsOf(bindings));
    const off = { ...env, WEBSUB: 'off' };
    await askHubs(off, settingsOf(off));
    expect(asked).toHaveLength(0);
  });

  it('follows a hub that moved, but not from the host of the source to another one', async () => {
    const moved = 'https://moved.flow.org/hub';
    upstream.answers.set(moved, { status: 202 });
    redirects.set(hub, moved);
    const own1 = 'https://one.river.org/feed.xml';
    upstream.answers.set(own1, { body: withHub([1], own1) });
    await add({ url: own1 });
    await askHubs(env, config);
    expect(upstream.requests).toContain(`POST ${moved}`);
    const own2 = 'https://two.river.org/feed.xml';
    upstream.answers.set(own2, { body: withHub([1], own2, 'https://two.river.org/hub') });
    redirects.set('https://two.river.org/hub', `${moved}?two`);
    const id = await add({ url: own2, secret: true });
    await askHubs(env, config);
    expect((await sourceOf(id)).push).toMatchObject({ status: 'denied' });
    expect(upstream.requests).not.toContain(`POST ${moved}?two`);
  });

  it('ends when its source becomes private', async () => {
    const later = 'https://later.river.org/feed.xml';
    upstream.answers.set(later, { body: withHub([1], later) });
    const given = await subscribe({ url: later });
    await own('PATCH', `/admin/api/sources/${given.id}`, { private: true });
    expect(await push(given, withHub([3]))).toBe(410);
    await askHubs(env, config);
    expect(lastAsked().mode).toBe('unsubscribe');
  });
});

it('answers 410 to pushes and 404 to verifications while WebSub is off', async () => {
  const given = await subscribe();
  const off = settingsOf({ ...env, WEBSUB: 'off' });
  expect((await answerHub(env, off, new Request(given.url, { method: 'POST', body: 'x' }))).status).toBe(410);
  expect((await answerHub(env, off, new Request(given.url))).status).toBe(404);
  expect((await answerHub(env, config, new Request(given.url, { method: 'PUT', body: 'x' }))).status).toBe(405);
});

async function checkNow(id: string): Promise<void> {
  const before = (await sourceOf(id)).state['lastCheckedAt'];
  await own('POST', `/admin/api/sources/${id}/refresh?force=1`);
  await vi.waitFor(async () => expect((await sourceOf(id)).state['lastCheckedAt']).not.toBe(before), {
    timeout: 10_000,
    interval: 200,
  });
}

it('has a door that can be asked whether a hub is due', async () => {
  expect(await archiveDoor(bindings, 'websub').isHubDue()).toBe(false);
  await add();
  expect(await archiveDoor(bindings, 'websub').isHubDue()).toBe(true);
});
