/**
 * Receivers inside workerd: what they are told, in which order, and what happens when a step is cut short.
 */
import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayMs } from '../../src/domain/duration.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { createTopicChanges } from '../../src/http/hub/topic-changes.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import { deliver, type PushAnswer, type PushRequest } from '../../src/pipeline/push/deliver.ts';
import type { HubRequest, OpenedPush, PushRecording } from '../../src/pipeline/push/receiver.ts';
import { type ArchiveState, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { createJobs } from '../../src/platform/archive/jobs/claim-jobs.ts';
import { dueReceivers } from '../../src/platform/archive/push/due-receivers.ts';
import { noticeChanges } from '../../src/platform/archive/push/notice.ts';
import { togetherMs } from '../../src/platform/archive/push/push.ts';
import { openPush, writePush } from '../../src/platform/archive/push/push-jobs.ts';
import { addReceiver, dropExpired, openTopic } from '../../src/platform/archive/push/receiver-rows.ts';
import { takeHubRequest } from '../../src/platform/archive/push/subscriptions.ts';
import { setAlertAddress } from '../../src/platform/archive/push/webhooks.ts';
import { lastAlertId, noteAlert } from '../../src/platform/archive/rows/alert-rows.ts';
import { createArchiveReader } from '../../src/platform/archive-doors.ts';
import { bindings, own } from '../support/given-owner.ts';
import { type GivenUpstream, givenRss, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const feedUrl = 'https://up.river.org/feed.xml';
const site = 'https://feeds.example';
const config = parseConfig({ SITE_URL: site });
if (!config.ok) throw new Error('settings');
const hubUrl = `${site}/hub` as HttpUrl;
const topicChanges = createTopicChanges(
  config.value,
  createArchiveReader(bindings),
  (() => {
    let at = 0;
    // Each question comes long after the one before: nothing is answered from memory.
    return () => (at += 60_000);
  })(),
);

let upstream: GivenUpstream;
let source = '';
let sent: (PushRequest & { readonly text: string })[] = [];
let answer: (request: PushRequest) => PushAnswer;

const ports = {
  hubUrl,
  topic: topicChanges,
  challenge: () => 'riddle',
  sign: async (secret: string) => `sha256=signed by ${secret}`,
  send: async (request: PushRequest) => {
    sent.push({ ...request, text: new TextDecoder().decode(request.body) });
    return answer(request);
  },
};

/** Says yes to everything. */
const willing = ({ method }: PushRequest): PushAnswer => ({ status: 200, text: method === 'GET' ? 'riddle' : '' });

function inArchive<T>(work: (archive: ArchiveState) => T): Promise<T> {
  return runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, state) => work(wakeArchive(state.storage)));
}

const now = (): Instant => Date.now() as Instant;

/** Opens the jobs that are due `later` milliseconds from now. */
function openDue(later = 0): Promise<readonly OpenedPush[]> {
  return inArchive((archive) => {
    const at = (now() + later) as Instant;
    noticeChanges(archive, true, at);
    return dueReceivers(archive.sql, at).flatMap(({ id }) => openPush(archive, id, at) ?? []);
  });
}

const record = (recording: PushRecording): Promise<void> =>
  inArchive((archive) => writePush(archive, recording, now()));

/** Does what is due until nothing is; returns how many jobs that was. */
async function work(later = 0): Promise<number> {
  let done = 0;
  for (let round = 0; round < 50; round += 1) {
    const opened = await openDue(later);
    if (opened.length === 0) return done;
    for (const job of opened) await record(await deliver(ports, job));
    done += opened.length;
  }
  throw new Error('the work never ends');
}

async function publishEntries(...numbers: readonly number[]): Promise<void> {
  upstream.answers.set(feedUrl, { body: givenRss('River', numbers) });
  await own('PATCH', `/admin/api/sources/${source}`, { url: feedUrl });
}

function subscription(path: string, name = '1', mode: HubRequest['mode'] = 'subscribe'): HubRequest {
  const url = new URL(path, site);
  const view = /^\/views\/([^/]+)/.exec(url.pathname)?.[1];
  const query =
    view === undefined ? (/^\/tags\/([^/]+)/.exec(url.pathname)?.[1] ?? '').replace(/^(.+)$/, 'tag=$1') : '';
  const topic = { address: url.href as HttpUrl, query, ...(view === undefined ? {} : { view }) };
  return { mode, topic, callback: `https://reader.org/cb/${name}` as HttpUrl, leaseSeconds: 86_400, secret: 'geheim' };
}

const subscribe = (path: string, name?: string, mode?: HubRequest['mode']) =>
  inArchive((archive) => takeHubRequest(archive.sql, subscription(path, name, mode), now()));

const posts = () => sent.filter(({ method }) => method === 'POST');
const titles = () => posts().map(({ text }) => [...text.matchAll(/"title":"(River \d+)"/g)].map(([, title]) => title));

let number = 0;
const nextNumber = (): number => (number += 1);

beforeAll(async () => {
  // The Archive's own look would do the work meanwhile: here each step is made by hand.
  const wait = globalThis.setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms: number) =>
    ms === togetherMs ? 0 : wait(work, ms)) as typeof setTimeout);
  upstream = givenUpstreamFetch({ [feedUrl]: { body: givenRss('River', [nextNumber()]) } });
  const { json } = await own('POST', '/admin/api/sources', { url: feedUrl, tags: ['Wet'] });
  source = String(json['id']);
});

beforeEach(async () => {
  sent = [];
  answer = willing;
  await inArchive(({ sql }) => {
    for (const table of ['receiver', 'topic', 'new_entry']) sql.exec(`DELETE FROM ${table}`);
  });
});

/** Records entries straight into the archive, the newest first, as a document lists them. */
async function addEntries(count: number): Promise<readonly string[]> {
  const numbers = Array.from({ length: count }, nextNumber).toReversed();
  await publishEntries(...numbers);
  await own('POST', `/admin/api/sources/${source}/refresh?force=1`);
  await vi.waitFor(async () => {
    const found = await inArchive(({ sql }) =>
      sql.exec('SELECT 1 FROM entry WHERE title = ?', `River ${numbers[0]}`).toArray(),
    );
    expect(found.length).toBe(1);
  });
  return numbers.map((each) => `River ${each}`);
}

describe('a subscriber of the hub', () => {
  it('is asked first, and then sent the entries that are new, signed, in the format of its topic', async () => {
    await subscribe('/tags/wet/feed.json');
    expect(await work()).toBe(1);
    expect(sent[0]?.url).toContain(
      '?hub.mode=subscribe&hub.topic=https%3A%2F%2Ffeeds.example%2Ftags%2Fwet%2Ffeed.json&',
    );
    const added = await addEntries(2);
    await work();
    expect(titles()).toEqual([added]);
    const [post] = posts();
    expect(post?.headers).toMatchObject({
      'Content-Type': 'application/feed+json; charset=utf-8',
      'X-Hub-Signature': 'sha256=signed by geheim',
      Link: `<${hubUrl}>; rel="hub", <${site}/tags/wet/feed.json>; rel="self"`,
    });
    expect(await work()).toBe(0);
  });

  it('is sent nothing before it said yes, and is forgotten when it says no', async () => {
    answer = ({ method }) => ({ status: method === 'GET' ? 404 : 200, text: '' });
    await subscribe('/tags/wet/feed.json');
    await addEntries(1);
    await work();
    expect(posts()).toEqual([]);
    expect(await inArchive(({ sql }) => sql.exec('SELECT 1 FROM receiver').toArray().length)).toBe(0);
  });

  it('is sent again what it may not have got, and no more than once what it got', async () => {
    await subscribe('/tags/wet/feed.json');
    await work();
    const added = await addEntries(1);
    const [job] = await openDue();
    // Cut short after it was sent, before the outcome was written.
    const lost = await deliver(ports, job as OpenedPush);
    await work();
    expect(titles()).toEqual([added, added]);
    await record(lost);
    expect(await work()).toBe(0);
    const more = await addEntries(1);
    await work();
    expect(titles()).toEqual([added, added, more]);
  });

  it('gets everything that came while it failed', async () => {
    await subscribe('/tags/wet/feed.json');
    await work();
    answer = () => ({ status: 503, text: '' });
    const first = await addEntries(1);
    expect(await work()).toBe(1);
    const second = await addEntries(1);
    expect(await work()).toBe(0);
    answer = willing;
    await work(dayMs / 2);
    expect(titles().at(-1)).toEqual([...second, ...first]);
  });

  it('is dropped with 410, and when its lease is over', async () => {
    await subscribe('/tags/wet/feed.json');
    await subscribe('/tags/wet/feed.json', '2');
    await work();
    answer = ({ url }) => ({ status: url.endsWith('1') ? 410 : 200, text: '' });
    await addEntries(1);
    await work();
    const left = () => inArchive(({ sql }) => sql.exec<{ url: string }>('SELECT url FROM receiver').toArray());
    expect(await left()).toEqual([{ url: 'https://reader.org/cb/2' }]);
    expect(await openDue(2 * dayMs)).toEqual([]);
    await inArchive(({ sql }) => dropExpired(sql, (now() + 2 * dayMs) as Instant, now()));
    expect(await left()).toEqual([]);
  });

  it('stays subscribed when a stranger ends it in its name, and is gone when it says so itself', async () => {
    await subscribe('/tags/wet/feed.json');
    await work();
    answer = ({ method }) => ({ status: method === 'GET' ? 404 : 200, text: '' });
    await subscribe('/tags/wet/feed.json', '1', 'unsubscribe');
    await work();
    const added = await addEntries(1);
    await work();
    expect(titles()).toEqual([added]);
    answer = willing;
    await subscribe('/tags/wet/feed.json', '1', 'unsubscribe');
    await work();
    await addEntries(1);
    expect(await work()).toBe(0);
  });

  it('is told nothing of entries of a source that became private', async () => {
    await subscribe('/tags/wet/feed.json');
    await work();
    await addEntries(1);
    await own('PATCH', `/admin/api/sources/${source}`, { private: true });
    await work();
    expect(posts()).toEqual([]);
    await own('PATCH', `/admin/api/sources/${source}`, { private: false });
  });

  it('of a private view needs its key for each delivery', async () => {
    await own('PUT', '/admin/api/views/secret', { title: 'Secret', query: 'tag=wet', private: true });
    const { json } = await own('PUT', '/admin/api/views/secret', {
      title: 'S',
      query: 'tag=wet',
      private: true,
      newKey: true,
    });
    await subscribe(`/views/secret/feed.json?key=${String(json['key'])}`);
    await subscribe('/views/secret/feed.json?key=wrong', '2');
    await work();
    sent = [];
    const added = await addEntries(1);
    await work();
    expect(titles()).toEqual([added]);
    expect(posts()[0]?.url).toBe('https://reader.org/cb/1');
    expect(sent.find(({ method }) => method === 'GET')?.url).toContain('cb/2?hub.mode=denied');
    await own('PUT', '/admin/api/views/secret', { title: 'S', query: 'tag=wet', private: true, newKey: true });
    await addEntries(1);
    await work();
    expect(posts().length).toBe(1);
    await own('DELETE', '/admin/api/views/secret');
  });

  it('finds no room beyond what one host may have', async () => {
    const receipts = await inArchive(({ sql }) => {
      sql.exec(`INSERT INTO topic (id, kind, name, query, changed, changed_at) VALUES (900, 'hub', 'x', '', 0, 0)`);
      sql.exec(`INSERT INTO receiver (topic_id, url, host, told, next_at, failures, tried_at, tries, expires_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        SELECT 900, 'https://reader.org/' || i, 'reader.org', 0, 0, 0, 0, '[]', 9e15 FROM n`);
      const request = subscription('/tags/wet/feed.json');
      const elsewhere = { ...request, callback: 'https://other.org/cb' as HttpUrl };
      return [takeHubRequest(sql, request, now()), takeHubRequest(sql, elsewhere, now())];
    });
    expect(receipts).toEqual(['host-full', 'accepted']);
  });
});

const hook = { url: 'https://chat.org/T/B', secret: 'geheim' };

const put = (webhook: object | null) => own('PUT', '/admin/api/views/wet', { title: 'Wet', query: 'tag=wet', webhook });

const findRevised = () =>
  inArchive(({ sql }) => sql.exec("SELECT 1 FROM entry WHERE body LIKE '%Another text%'").toArray());

describe('two subscribers of one host', () => {
  it('are told one after the other, with a pause, and hold no other host up', async () => {
    const claimed = await inArchive(({ sql }) => {
      sql.exec(`INSERT INTO topic (id, kind, name, query, changed, changed_at) VALUES (900, 'hub', 'x', '', 5, 0)`);
      sql.exec(`INSERT INTO receiver (id, topic_id, url, host, told, next_at, failures, tried_at, tries, expires_at) VALUES
        (1, 900, 'a', 'one', 0, 0, 0, 0, '[]', 9e15), (2, 900, 'b', 'one', 0, 0, 0, 0, '[]', 9e15),
        (3, 900, 'c', 'two', 0, 0, 0, 0, '[]', 9e15)`);
      const start = now();
      const jobs = createJobs(sql, { pauseMs: 1000, concurrency: 1 }, 45_000, start);
      const claim = (afterMs: number) =>
        jobs
          .claimPushes((start + afterMs) as Instant)
          .flatMap(({ job }) => (job.kind === 'push' ? job.receiverId : []));
      const first = claim(0);
      const handedOn = jobs.finish({ kind: 'push', receiverId: 1 }, (start + 100) as Instant);
      sql.exec('UPDATE receiver SET told = 5 WHERE id = 1');
      return [first, handedOn, claim(200), jobs.hasWaitingPushes(), claim(1100), jobs.hasWaitingPushes()];
    });
    expect(claimed).toEqual([[1, 3], undefined, [], true, [2], false]);
  });
});

describe('the webhook of a view', () => {
  it('is sent each new entry once, the oldest first, one request each', async () => {
    const { json, status } = await put(hook);
    expect([status < 300, json['webhook']]).toMatchObject([true, { url: hook.url, format: 'json', secret: 'set' }]);
    expect(JSON.stringify(json)).not.toContain('geheim');
    const added = await addEntries(3);
    await work();
    expect(titles()).toEqual(added.toReversed().map((title) => [title]));
    expect(posts().every(({ headers }) => headers['Tributary-Signature'] === 'sha256=signed by geheim')).toBe(true);
    expect(new Set(posts().map(({ headers }) => headers['Tributary-Delivery'])).size).toBe(3);
    expect(await work()).toBe(0);
  });

  it('is not sent what was there before, what was only revised, and what another view shows', async () => {
    await put(hook);
    await own('PUT', '/admin/api/views/dry', {
      title: 'Dry',
      query: 'tag=dry',
      webhook: { url: 'https://chat.org/dry' },
    });
    upstream.answers.set(feedUrl, { body: givenRss('River', [number], 'Another text') });
    await own('POST', `/admin/api/sources/${source}/refresh?force=1`);
    await vi.waitFor(async () => expect((await findRevised()).length).toBe(1));
    await addEntries(1);
    await work();
    expect(posts().map(({ url }) => url)).toEqual([hook.url]);
    await own('DELETE', '/admin/api/views/dry');
  });

  it('keeps its order over a failure, and goes on where it was', async () => {
    await put(hook);
    const added = (await addEntries(3)).toReversed();
    let calls = 0;
    answer = () => ({ status: (calls += 1) === 2 ? 500 : 200, text: '' });
    await work();
    await work(dayMs);
    expect(titles().flat()).toEqual([added[0], added[1], added[1], added[2]]);
    const { json } = await own('GET', '/admin/api/views/wet');
    expect(json['webhook']).toMatchObject({
      state: 'working',
      deliveries: [{ what: added[2] }, { what: added[1], delivered: true }, { what: added[1], answer: 'HTTP 500' }, {}],
    });
  });

  it('is not sent an entry that is not shown any more', async () => {
    await put(hook);
    await addEntries(1);
    await own('PATCH', `/admin/api/sources/${source}`, { private: true });
    await work();
    expect(posts()).toEqual([]);
    await own('PATCH', `/admin/api/sources/${source}`, { private: false });
  });

  it('sends a test when it is asked to, and goes with its view', async () => {
    await put({ ...hook, format: 'slack' });
    expect((await own('POST', '/admin/api/views/wet/webhook/test')).status).toBe(202);
    await work();
    expect(posts()[0]?.text).toContain('A test of the webhook of the view');
    await put(null);
    expect((await own('POST', '/admin/api/views/wet/webhook/test')).status).toBe(404);
    await put(hook);
    await own('DELETE', '/admin/api/views/wet');
    expect(await inArchive(({ sql }) => sql.exec('SELECT 1 FROM topic').toArray().length)).toBe(0);
  });

  it('is in a backup with secrets only, and comes back from one', async () => {
    await put(hook);
    expect((await own('GET', '/admin/api/export')).text).not.toMatch(/geheim|chat\.org/);
    const backup = (await own('GET', '/admin/api/export?secrets=1')).text;
    await put(null);
    await own('POST', '/admin/api/import', backup, 'application/x-ndjson');
    const { json } = await own('GET', '/admin/api/views/wet');
    expect(json['webhook']).toMatchObject({ url: hook.url, secret: 'set' });
    await addEntries(1);
    await work();
    expect(posts()[0]?.headers).toMatchObject({ 'Tributary-Signature': 'sha256=signed by geheim' });
  });
});

const details = () => posts().map(({ text }) => JSON.parse(text).detail);

describe('the address of alerts', () => {
  it('gets each alert of the last day once, in order, and after a failure the rest later', async () => {
    await inArchive(({ sql }) => {
      const topicId = openTopic(sql, 'alerts', '', undefined, '');
      const state = { kind: 'alerts', told: lastAlertId(sql), nextAt: now(), failures: 0, tries: [] } as const;
      addReceiver(sql, topicId, '' as HttpUrl, '', state, 'json');
      for (const [detail, age] of [
        ['old', 2 * dayMs],
        ['one', 1000],
        ['two', 0],
      ] as const) {
        noteAlert(sql, { kind: 'moved', detail }, (now() - age) as Instant);
      }
    });
    expect(await work()).toBe(0);
    await inArchive(({ sql }) => setAlertAddress(sql, 'https://chat.org/alerts' as HttpUrl));
    answer = () => ({ status: details().length === 1 ? 200 : 500, text: '' });
    await work();
    expect(details()).toEqual(['one', 'two']);
    answer = willing;
    await work(dayMs / 2);
    expect(details()).toEqual(['one', 'two', 'two']);
    expect(await work()).toBe(0);
  });
});
