import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { ask, bindings, own, publish } from '../support/given-owner.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const pathSecret = 'q7Zt3Lw9Kd2Xv8Bn4Rm6';

/** Everything that must not be seen by anybody but the owner. */
const hidden = [
  'sesame-login',
  'passw0rd-of-login',
  'tok3n-of-the-feed',
  pathSecret,
  'tok3n-in-a-header',
  'Private Letters',
  'Private Diary',
  'letters.river.org',
  'diary.river.org',
  'Nobody reads this letter',
  'Nobody reads this diary',
  'secretlabel',
  'whispered in many more words than the mirror has',
];

function rss(title: string, items: readonly string[], extra = ''): string {
  return (
    `<rss version="2.0"><channel><title>${title}</title><link>https://site.river.org/</link><description>d</description>` +
    items
      .map(
        (item, place) =>
          `<item><guid>${title}-${place}</guid><title>${item}</title><category>cat ${title}</category>` +
          `<link>https://site.river.org/${encodeURIComponent(item).replaceAll('%20', '-')}</link><description>${item} in full ${extra}</description></item>`,
      )
      .join('') +
    '</channel></rss>'
  );
}

/** Another site's feed with the links of other feeds, under its own titles. */
function mirror(items: readonly string[]): string {
  const written = items.map(
    (item, place) =>
      `<item><guid>mirror-${place}</guid><title>${item.startsWith('Shared') ? item : `Seen ${place}`}</title><description>Seen.</description>` +
      `<link>https://site.river.org/${encodeURIComponent(item).replaceAll('%20', '-')}</link></item>`,
  );
  return `<rss version="2.0"><channel><title>Mirror</title><link>https://mirror.river.org/</link><description>d</description>${written.join('')}</channel></rss>`;
}

const asked: { readonly url: string; readonly headers: Headers }[] = [];
const logged: string[] = [];
const feeds = new Map<string, string>();
const redirects = new Map<string, string>();
const ids = new Map<string, string>();

async function add(name: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await own('POST', '/admin/api/sources', body);
  if (answer.status !== 201) throw new Error(answer.text);
  ids.set(name, String(answer.json['id']));
}

async function refresh(name: string): Promise<void> {
  const id = ids.get(name) ?? '';
  await own('POST', `/admin/api/sources/${id}/refresh?force=1`);
  const messages = [
    { body: { jobs: [{ kind: 'source', sourceId: id }] }, attempts: 1, ack: () => undefined, retry: () => undefined },
  ];
  await consumeJobs({ queue: 'tributary-jobs', messages } as unknown as MessageBatch, bindings, noTopics);
}

/** All bytes that anybody can have: feeds, pages, lists; and what lies in KV. */
async function crawl(): Promise<string> {
  const seen = new Set<string>();
  const waiting = [
    '/',
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
    '/rss.xml?limit=200',
    '/opml.xml',
    '/tags',
    '/tags.json',
    '/sources',
    '/bot',
    '/health',
    '/search?q=nobody',
    '/search?q=diary',
    '/sitemap.xml',
    '/robots.txt',
    '/openapi.json',
    '/manifest.webmanifest',
    '/archive',
    '/rss.xml?digest=day',
    '/atom.xml?digest=week',
    '/feed.json?q=in+full',
    '/feed.json?explain=1',
    '/feed.json?q=nobody',
    '/atom.xml?q=letter',
    '/llms.txt',
    '/tags/secretlabel',
    '/tags/secretlabel/rss.xml',
    ...[...ids.values()].flatMap((id) => [`/sources/${id}`, `/sources/${id}/feed.json`, `/sources/${id}/atom.xml`]),
    ...(await entryIds('WHERE 1')).flatMap((id) => [`/entries/${id}`, `/entries/${id}?format=markdown`]),
  ];
  const asked = ['latest', 'list_tags', 'search'].map((tool) =>
    byProgram({ ...(tool === 'search' && { q: 'this' }) }, '', tool),
  );
  let text = (await Promise.all(asked)).join('\n');
  for (let path = waiting.shift(); path !== undefined && seen.size < 500; path = waiting.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { text: body, headers } = await ask('GET', path, { redirect: 'manual' });
    // What was asked is repeated by pages: only what they add counts.
    const said = /secretlabel|nobody|diary|letter/.test(path) ? body.replaceAll(/secretlabel/g, '') : body;
    text += `\n${said}\n${JSON.stringify([...headers])}`;
    for (const [, href = ''] of body.matchAll(/(?:href|url|id)="?:? ?"?(?:https:\/\/feeds\.example)?(\/[^"\s<#]*)"/g)) {
      waiting.push(href.replaceAll('&amp;', '&'));
    }
  }
  const { keys } = await bindings.WINDOW.list();
  for (const { name } of keys) text += `\n${name} ${await bindings.WINDOW.get(name)}`;
  return text;
}

async function entryIds(where: string): Promise<readonly string[]> {
  return runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) =>
    storage.sql
      .exec<{ id: string }>(`SELECT id FROM entry ${where}`)
      .toArray()
      .map(({ id }) => id),
  );
}

function privateEntryIds(): Promise<readonly string[]> {
  return entryIds("WHERE retired_why = 'private'");
}

function leaks(text: string): readonly string[] {
  return hidden.filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
}

beforeAll(async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    asked.push({ url: request.url, headers: request.headers });
    const target = redirects.get(request.url);
    if (target !== undefined) return new Response(null, { status: 302, headers: { Location: target } });
    const body = feeds.get(request.url);
    return body === undefined
      ? new Response('nothing', { status: 404 })
      : new Response(body, { headers: { 'Content-Type': 'application/rss+xml' } });
  });
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void logged.push(String(line)));
  feeds.set('https://login.river.org/feed', rss('Login', ['Public by login']));
  feeds.set(
    'https://token.river.org/feed?token=tok3n-of-the-feed',
    rss(
      'Token',
      ['Public by token'],
      '&lt;a href="https://token.river.org/feed?token=tok3n-of-the-feed"&gt;feed&lt;/a&gt;',
    ),
  );
  feeds.set(`https://path.river.org/${pathSecret}/feed`, rss('Path', ['Public by path'], '&lt;img src="a.png"&gt;'));
  feeds.set(
    'https://letters.river.org/feed',
    rss(
      'Private Letters',
      ['Nobody reads this letter', 'Shared walk'],
      'whispered in many more words than the mirror has',
    ),
  );
  feeds.set('https://diary.river.org/feed', rss('Private Diary', ['Nobody reads this diary']));
  await add('login', { url: 'https://sesame-login:passw0rd-of-login@login.river.org/feed' });
  await add('token', {
    url: 'https://token.river.org/feed?token=tok3n-of-the-feed',
    headers: { 'X-Token': 'tok3n-in-a-header' },
    userAgent: 'Mozilla/5.0 (mine)',
  });
  await add('path', { url: `https://path.river.org/${pathSecret}/feed` });
  // The same articles in sources that anybody may see: shorter, in other words, and with the links of the hidden ones.
  feeds.set(
    'https://mirror.river.org/feed',
    mirror(['Nobody reads this letter', 'Shared walk', 'Nobody reads this diary', 'Public by path']),
  );
  await add('mirror', { url: 'https://mirror.river.org/feed' });
  await add('letters', { url: 'https://letters.river.org/feed', private: true, tags: ['Secretlabel'] });
  // Public first, and published: what was shown has to go.
  await add('diary', { url: 'https://diary.river.org/feed', tags: ['Secretlabel'] });
  await publish();
  if (!(await ask('GET', '/feed.json')).text.includes('Nobody reads this diary'))
    throw new Error('it is not published');
  const hiding = await own('PATCH', `/admin/api/sources/${ids.get('diary')}`, { private: true });
  if (hiding.status !== 200) throw new Error(hiding.text);
  for (const name of ids.keys()) await refresh(name);
});

describe('secret and private sources', () => {
  it('are nowhere in what anybody can read, and nowhere in KV', async () => {
    const before = await crawl();
    for (const title of ['Public by token', 'Public by path', 'Seen 0', 'Shared walk', 'Seen 2'])
      expect(before).toContain(title);
    expect(leaks(before)).toEqual([]);
    await publish();
    expect(leaks(await crawl())).toEqual([]);
  });

  it('are nowhere in the log', () => {
    const refreshes = logged.filter((line) => line.includes('"event":"refresh"'));
    expect(refreshes.length).toBeGreaterThanOrEqual(ids.size);
    expect(leaks(logged.join('\n'))).toEqual([]);
  });

  it('bring the entries of secret ones to everybody', async () => {
    const { text } = await ask('GET', '/feed.json?limit=200');
    for (const title of ['Public by login', 'Public by token', 'Public by path']) expect(text).toContain(title);
  });

  it('are in no fragment that is kept to be published', async () => {
    const rows = await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) =>
      storage.sql
        .exec("SELECT 1 FROM rendered r JOIN entry e ON e.rowid = r.entry_rowid WHERE e.retired_why = 'private'")
        .toArray(),
    );
    expect(rows).toEqual([]);
    expect((await privateEntryIds()).length).toBe(3);
  });

  it('are the owner’s to see, but for what opens them', async () => {
    const { json } = await own('GET', `/admin/api/sources/${ids.get('token')}`);
    expect(json).toMatchObject({
      url: 'https://token.river.org/feed?token=tok3n-of-the-feed',
      secret: true,
      headers: { 'x-token': 'set' },
      userAgent: 'Mozilla/5.0 (mine)',
    });
    const login = await own('GET', `/admin/api/sources/${ids.get('login')}`);
    expect(login.json).toMatchObject({
      url: 'https://login.river.org/feed',
      secret: true,
      basicAuth: { user: 'sesame-login', set: true },
    });
    expect(login.text).not.toContain('passw0rd-of-login');
    expect((await own('GET', `/admin/api/sources/${ids.get('path')}`)).json).toMatchObject({
      secret: true,
      secretSuggested: true,
    });
  });

  it('can be marked and unmarked', async () => {
    const path = `/admin/api/sources/${ids.get('path')}`;
    expect((await own('PATCH', path, { secret: false })).json['secret']).toBe(false);
    expect((await ask('GET', '/opml.xml')).text.length).toBeGreaterThan(0);
    expect((await own('PATCH', path, { secret: true })).json['secret']).toBe(true);
  });
});

/** Asks as a program that has no token; the text of its answer. */
async function byProgram(args: object, search = '', tool = 'search'): Promise<string> {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool, arguments: args } };
  const headers = { 'Content-Type': 'application/json' };
  return (await ask('POST', `/mcp${search}`, { headers, body: JSON.stringify(call) })).text;
}

describe('a view with a key', () => {
  it('has the private entries, its next pages open with the key, and a revoked key opens nothing at once', async () => {
    const saved = await own('PUT', '/admin/api/views/mine', { title: 'Mine', query: '', private: true });
    const key = String(saved.json['key']);
    const first = await ask('GET', `/views/mine/feed.json?key=${key}&limit=1`);
    expect(first.status).toBe(200);
    const titles: string[] = [];
    for (
      let next: string | undefined = `/views/mine/feed.json?key=${key}&limit=1`;
      next !== undefined && titles.length < 60;
    ) {
      const page = await ask('GET', next);
      titles.push(...(page.json['items'] as { title: string }[]).map(({ title }) => title));
      const url = page.json['next_url'] as string | undefined;
      expect(url === undefined ? key : new URL(url).searchParams.get('key')).toBe(key);
      next = url?.replace('https://feeds.example', '');
    }
    // An article that a private source brings too is there twice: nothing of it may be seen from outside.
    expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual(['Shared walk']);
    for (const title of ['Nobody reads this letter', 'Nobody reads this diary', 'Public by token']) {
      expect(titles).toContain(title);
    }
    const found = await ask('GET', `/views/mine/feed.json?key=${key}&q=diary`);
    expect((found.json['items'] as { title: string }[]).map(({ title }) => title)).toEqual(['Nobody reads this diary']);
    const [id] = await entryIds("WHERE retired_why = 'private' AND title = 'Nobody reads this diary'");
    for (const answer of [
      await byProgram({ q: 'diary' }),
      await byProgram({ q: 'diary', view: 'mine', key: 'wrong' }),
      await byProgram({ q: 'diary' }, `?key=${key}`),
      await byProgram({ id }, '', 'get_entry'),
      await byProgram({ id, view: 'mine' }, '', 'get_entry'),
    ]) {
      expect(answer).not.toContain('Nobody reads');
    }
    expect(await byProgram({ q: 'diary', view: 'mine', key })).toContain('Nobody reads this diary');
    expect(await byProgram({ q: 'diary' }, `?view=mine&key=${key}`)).toContain('Nobody reads this diary');
    expect(await byProgram({ id, view: 'mine', key }, '', 'get_entry')).toContain('# Nobody reads this diary');
    await own('PUT', '/admin/api/views/mine', { title: 'Mine', query: '', private: true, newKey: true });
    expect((await ask('GET', `/views/mine/feed.json?key=${key}&limit=1`)).status).toBe(404);
    expect(await byProgram({ id, view: 'mine', key }, '', 'get_entry')).toContain('there is none of this name');
  });
});

async function refuse(headers: Readonly<Record<string, string>>): Promise<number> {
  return (await own('PATCH', `/admin/api/sources/${ids.get('path')}`, { headers })).status;
}

describe('what requests of a source say', () => {
  it('goes to its origin, and to no other host that a redirect leads to', () => {
    const tokens = asked.filter(({ url }) => url.startsWith('https://token.river.org/'));
    expect(tokens.length).toBeGreaterThan(0);
    for (const { headers } of tokens) {
      expect([headers.get('x-token'), headers.get('user-agent')]).toEqual(['tok3n-in-a-header', 'Mozilla/5.0 (mine)']);
    }
    const logins = asked.filter(({ url }) => url.startsWith('https://login.river.org/'));
    for (const { headers } of logins) {
      expect(headers.get('authorization')).toBe(`Basic ${btoa('sesame-login:passw0rd-of-login')}`);
    }
    for (const { url, headers } of asked.filter((one) => !one.url.includes('token.river.org'))) {
      expect([url, headers.get('x-token')]).toEqual([url, null]);
    }
  });

  it('does not follow a redirect to another host', async () => {
    redirects.set('https://token.river.org/feed?token=tok3n-of-the-feed', 'https://elsewhere.river.org/feed');
    feeds.set('https://elsewhere.river.org/feed', rss('Elsewhere', ['Another']));
    await refresh('token');
    const there = asked.find(({ url }) => url === 'https://elsewhere.river.org/feed');
    expect(there).toBeDefined();
    expect([there?.headers.get('x-token'), there?.headers.get('user-agent')?.startsWith('Tributary/')]).toEqual([
      null,
      true,
    ]);
  });

  it('is in a backup only when it is asked for', async () => {
    const plain = await own('GET', '/admin/api/export');
    expect(plain.text).not.toContain('tok3n-in-a-header');
    expect(plain.text).not.toContain('passw0rd-of-login');
    const whole = await own('GET', '/admin/api/export?secrets=1');
    expect(whole.text).toContain('tok3n-in-a-header');
    expect(whole.text).toContain('passw0rd-of-login');
  });

  it('is refused when it cannot be sent', async () => {
    expect(await refuse({ Host: 'x' })).toBe(400);
    expect(await refuse({ 'X-A': 'a\r\nB: c' })).toBe(400);
    expect(await refuse({ 'bad name': 'x' })).toBe(400);
  });
});

it('a private source that is public again shows its entries', async () => {
  expect((await own('PATCH', `/admin/api/sources/${ids.get('letters')}`, { private: false })).status).toBe(200);
  await publish();
  expect((await ask('GET', '/feed.json?limit=200&q=letter')).text).toContain('Nobody reads this letter');
});
