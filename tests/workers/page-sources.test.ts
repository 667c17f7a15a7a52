/**
 * Sources that are pages without a feed: read in the real runtime, kept when the page changes, carried by backups.
 */
import { beforeAll, expect, it, vi } from 'vitest';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { ask, bindings, own, publish } from '../support/given-owner.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const url = 'https://pages.river.org/notes';

interface Item {
  readonly path: string;
  readonly title: string;
  readonly date: string;
  readonly text?: string;
}

let body = '';
const asked: Headers[] = [];
let id = '';

function show(items: readonly Item[], itemClass = 'note'): void {
  const list = items.map(
    ({ path, title, date, text = 'A few words about it, and then some more.' }) =>
      `<div class="${itemClass}"><h2><a href="${path}">${title}</a></h2><span class="when">${date}</span><p>${text}</p></div>`,
  );
  body = `<!doctype html><html lang="en"><head><title>Notes</title></head><body><main>${list.join('\n')}</main></body></html>`;
}

async function refresh(): Promise<void> {
  await own('POST', `/admin/api/sources/${id}/refresh?force=1`);
  const messages = [
    { body: { jobs: [{ kind: 'source', sourceId: id }] }, attempts: 1, ack: () => undefined, retry: () => undefined },
  ];
  await consumeJobs({ queue: 'tributary-jobs', messages } as unknown as MessageBatch, bindings, noTopics);
}

async function readEntries(): Promise<
  readonly { title: string; url: string; date_published: string; date_modified?: string }[]
> {
  await publish();
  const { json } = await ask('GET', `/sources/${id}/feed.json?limit=50`);
  return json['items'] as Awaited<ReturnType<typeof readEntries>>;
}

async function readSource(): Promise<Record<string, unknown> & { state: Record<string, unknown> }> {
  return (await own('GET', `/admin/api/sources/${id}`)).json as Awaited<ReturnType<typeof readSource>>;
}

beforeAll(async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    asked.push(request.headers);
    if (request.url !== url) return new Response('nothing', { status: 404 });
    const etag = `"${body.length}-${body.slice(-200, -180)}"`;
    const headers = { 'Content-Type': 'text/html; charset=utf-8', ETag: etag };
    if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304, headers });
    return new Response(body, { headers });
  });
  show([
    { path: '/n/2', title: 'Two', date: '3 hours ago' },
    { path: '/n/1', title: 'One', date: '2 days ago' },
  ]);
  const page = { item: '.note', title: 'h2', date: '.when', summary: 'p' };
  const added = await own('POST', '/admin/api/sources', { url, page, tags: ['notes'] });
  if (added.status !== 201) throw new Error(added.text);
  id = String(added.json['id']);
});

it('has its entries like any source', async () => {
  const [two, one] = await readEntries();
  expect([two?.title, two?.url, one?.title]).toEqual(['Two', 'https://pages.river.org/n/2', 'One']);
  expect(Date.parse(two?.date_published ?? '')).toBeLessThanOrEqual(Date.now() - 3 * 3_600_000);
  expect((await ask('GET', '/tags/notes/feed.json')).text).toContain('"Two"');
  const opml = await ask('GET', '/opml.xml');
  // Other readers cannot read a page: they follow what we make of it.
  expect(opml.text).toContain(`xmlUrl="https://feeds.example/sources/${id}/rss.xml"`);
});

it('keeps the date of an entry whatever it is told as, and asks as it asks for feeds', async () => {
  const before = await readEntries();
  await refresh();
  expect(asked.at(-1)?.get('if-none-match')).toMatch(/^"/);
  expect(asked.at(-1)?.get('accept')).toContain('text/html');
  expect((await readSource()).state['lastOutcome']).toBe('not-modified');
  show([
    { path: '/n/3', title: 'Three', date: 'just now' },
    { path: '/n/2', title: 'Two', date: 'yesterday' },
    {
      path: '/n/1',
      title: 'One',
      date: 'last week, 3 days ago',
      text: 'Its text was changed, so it is another revision.',
    },
  ]);
  await refresh();
  const after = await readEntries();
  expect(after.map(({ title }) => title)).toEqual(['Three', 'Two', 'One']);
  const dates = (entries: typeof after) =>
    Object.fromEntries(entries.map(({ url: at, date_published: date }) => [at, date]));
  expect(dates(after)).toMatchObject(dates(before));
  const source = await readSource();
  expect((source.state['history'] as object[])[0]).toMatchObject({
    outcome: 'updated',
    found: 3,
    added: 1,
    revised: 1,
  });
});

it('fails visibly when its design changes, keeps its entries, and goes on with other selectors', async () => {
  show(
    [
      { path: '/n/4', title: 'Four', date: '5 days ago' },
      { path: '/n/3', title: 'Three', date: 'today' },
    ],
    'card',
  );
  await refresh();
  const failed = await readSource();
  expect(failed.state).toMatchObject({
    lastOutcome: 'failed',
    consecutiveFailures: 1,
    lastFailure: { kind: 'no-items', detail: 'No entries were found in the page: nothing matches ".note" any more.' },
  });
  expect((await readEntries()).map(({ title }) => title)).toEqual(['Three', 'Two', 'One']);
  await refresh();
  expect((await readSource()).state['consecutiveFailures']).toBe(2);
  const changed = await own('PATCH', `/admin/api/sources/${id}`, { page: { item: '.card', title: 'h2' } });
  expect([changed.status, changed.json['page']]).toEqual([200, { item: '.card', title: 'h2' }]);
  await refresh();
  expect((await readSource()).state['lastOutcome']).toBe('updated');
  // An isolate looks for a newer window from time to time.
  await vi.waitFor(
    async () => expect((await readEntries()).map(({ title }) => title)).toEqual(['Three', 'Two', 'One', 'Four']),
    { timeout: 20_000, interval: 500 },
  );
});

it('comes back from a backup with its selectors', async () => {
  const backup = await own('GET', '/admin/api/export');
  await own('DELETE', `/admin/api/sources/${id}`);
  const restored = await own('POST', '/admin/api/import', backup.text, 'application/x-ndjson');
  expect(restored.json['rejected']).toEqual([]);
  expect(await readSource()).toMatchObject({ kind: 'page', page: { item: '.card', title: 'h2' } });
});
