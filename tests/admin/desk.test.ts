import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/domain/failure.ts';
import type { SavedView } from '../../src/domain/saved-view.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import type { SourceReport } from '../../src/pipeline/archive-owner.ts';
import type { WebhookReport } from '../../src/pipeline/push/receiver.ts';
import { givenUrl } from '../support/given.ts';
import { type GivenAdmin, type GivenAdminOptions, givenAdmin, givenHealth, givenNow } from '../support/given-admin.ts';
import { type DeskAnswer, type DeskVisitOptions, desk, logIn } from '../support/given-desk.ts';
import { givenCheck } from '../support/given-reports.ts';

const rss =
  '<rss version="2.0"><channel><title>River</title><link>https://a.test/</link><description>d</description>' +
  '<item><guid>1</guid><title>One</title><link>https://a.test/1</link><description>Text</description></item></channel></rss>';

interface Owner {
  readonly admin: GivenAdmin;
  readonly get: (path: string) => Promise<DeskAnswer>;
  readonly post: (path: string, form?: Record<string, string>, more?: DeskVisitOptions) => Promise<DeskAnswer>;
  readonly formToken: string;
}

async function owner(options: GivenAdminOptions = {}): Promise<Owner> {
  const admin = givenAdmin(options);
  const { cookie, formToken } = await logIn(admin);
  return {
    admin,
    formToken,
    get: (path) => desk(admin, 'GET', path, { cookie }),
    post: (path, form = {}, more = {}) =>
      desk(admin, 'POST', path, { cookie, form: { token: formToken, ...form }, ...more }),
  };
}

function report(title: string, state: Partial<SourceState> = {}, source: Partial<Source> = {}): SourceReport {
  const url = givenUrl(`https://${title.replace(/\W/g, '').toLowerCase()}.test/feed`);
  const held: Source = {
    id: toSourceId(url),
    kind: 'feed',
    url,
    title,
    tags: [],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
    ...source,
  };
  return { source: held, state: { ...toInitialState(givenNow), lastOutcome: 'updated', ...state }, entries: 1 };
}

const failed = (consecutiveFailures: number, lastFailure: Failure): Partial<SourceState> => ({
  lastOutcome: 'failed',
  consecutiveFailures,
  lastFailure,
});

const titlesOf = (document: DeskAnswer['document']): readonly string[] =>
  [...document.querySelectorAll('tbody th > a')].map((link) => link.textContent ?? '');

describe('the list of sources', () => {
  it('shows what needs the owner first', async () => {
    const reports = [
      report('Well'),
      report('Paused', {}, { enabled: false }),
      report('New', { lastOutcome: 'never' }),
      report('Failing', failed(2, { kind: 'empty-document' })),
      report('Failing more', failed(9, { kind: 'empty-document' })),
      report('Gone', { stopped: true, ...failed(1, { kind: 'gone' }) }),
      report('Faulty', { defects: [{ kind: 'x', detail: 'y' }] }),
    ];
    const { get } = await owner({ archive: { sourcePage: async () => ({ reports: reports }) } });
    const { document } = await get('/admin');
    expect(titlesOf(document)).toEqual(['Gone', 'Failing more', 'Failing', 'New', 'Faulty', 'Well', 'Paused']);
    const cards = [...document.querySelectorAll('.trouble h3 a')].map((link) => link.textContent);
    expect(cards).toEqual(['Gone', 'Failing more', 'Failing']);
  });

  it('says in words what happened, what to do, and when it is asked next', async () => {
    const failing = report('Dry', {
      ...failed(3, { kind: 'http-status', status: 404 }),
      nextCheckWhy: 'after a failure',
    });
    const { get } = await owner({ archive: { sourcePage: async () => ({ reports: [failing] }) } });
    const { text } = await get('/admin');
    for (const words of [
      '3 failures in a row.',
      'The server answered 404.',
      'the site is asked for its feed',
      'after a failure',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('leads to the change of an address where that may help, with the one that the page announces', async () => {
    const moved = report('Moved', failed(2, { kind: 'html-instead-of-feed', feeds: [givenUrl('https://a.test/new')] }));
    const lost = report('Lost', failed(2, { kind: 'http-status', status: 404 }));
    const busy = report('Busy', failed(9, { kind: 'http-status', status: 503 }));
    const { get } = await owner({ archive: { sourcePage: async () => ({ reports: [moved, lost, busy] }) } });
    const { document } = await get('/admin');
    const links = [...document.querySelectorAll('.trouble a.button')].map((link) => link.getAttribute('href'));
    expect(new Set(links)).toEqual(
      new Set([
        `/admin/sources/${moved.source.id}/move?url=https%3A%2F%2Fa.test%2Fnew`,
        `/admin/sources/${lost.source.id}/move`,
      ]),
    );
  });

  it('draws the last checks of each, with the numbers behind', async () => {
    const history = [
      [190, '+20,20,0'],
      [130, '='],
      [70, '-503'],
      [10, '+20,1,2'],
    ]
      .map(([minutes, how]) => givenCheck(givenNow - Number(minutes) * 60_000, String(how)))
      .join(' ');
    const held = report('Alpha', { history, lastCheckedAt: givenNow });
    const { get } = await owner({
      archive: { sourcePage: async () => ({ reports: [held] }), source: async () => held },
    });
    const { document } = await get('/admin');
    const [ofOne] = [...document.querySelectorAll('svg.columns')];
    expect(ofOne?.querySelector('title')?.textContent).toBe(
      '4 checks, the first 3 hours ago: 2 read with 21 new entries, 1 not modified, 1 failed',
    );
    expect([...(ofOne?.querySelectorAll('path') ?? [])].map((path) => path.getAttribute('class'))).toEqual([
      'base',
      'same',
      'read',
      'failed',
    ]);
    const link = document.querySelector('a.checks')?.getAttribute('href') ?? '';
    const source = (await get(link.split('#')[0] ?? '')).document;
    expect(source.querySelector('#checks')).not.toBeNull();
    const rows = [...source.querySelectorAll('#checks tbody tr')].map((row) => row.textContent?.replace(/^.* ago/, ''));
    expect(rows).toEqual(['Read2012', 'Failed: the server answered 503', 'Not modified', 'Read20200']);
  });

  it('draws nothing of what was never asked', async () => {
    const { get } = await owner({ archive: { sourcePage: async () => ({ reports: [report('New')] }) } });
    expect((await get('/admin')).text).not.toContain('class="columns"');
  });

  it('finds by title, address and tag, and shows those with trouble alone', async () => {
    const reports = [
      report('Alpha'),
      report('Beta', failed(1, { kind: 'empty-document' })),
      report('Gamma', {}, { tags: [{ slug: 'δ', label: 'Δ' }] as never }),
    ];
    const { get } = await owner({ archive: { sourcePage: async () => ({ reports: reports }) } });
    const titlesAt = async (path: string): Promise<readonly string[]> => titlesOf((await get(path)).document);
    expect(await titlesAt('/admin')).toEqual(['Beta', 'Alpha', 'Gamma']);
    expect(await titlesAt('/admin?q=ALPH')).toEqual(['Alpha']);
    expect(await titlesAt('/admin?q=δ')).toEqual(['Gamma']);
    expect(await titlesAt('/admin?show=trouble')).toEqual(['Beta']);
    expect(await titlesAt('/admin?q=nothing')).toEqual([]);
    expect(await titlesAt('/admin?sort=title')).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(await titlesAt('/admin?sort=title&reverse=1')).toEqual(['Gamma', 'Beta', 'Alpha']);
    expect(await titlesAt('/admin?sort=nonsense&page=-4&show=x')).toEqual(['Beta', 'Alpha', 'Gamma']);
  });

  it('has pages when there are many', async () => {
    const reports = Array.from({ length: 250 }, (_, at) => report(`Source ${at}`));
    const { get } = await owner({ archive: { sourcePage: async () => ({ reports: reports }) } });
    const { document, text } = await get('/admin?page=3&q=source');
    expect([...document.querySelectorAll('tbody tr')]).toHaveLength(50);
    expect(text).toContain('href="/admin?q=source&amp;page=2"');
  });

  it('shows long work as a bar with counts', async () => {
    const health = { ...givenHealth, due: 7, inFlight: 2, sources: { total: 30, ok: 30, failing: 0, stopped: 0 } };
    const { get } = await owner({ archive: { health: async () => health } });
    const { document } = await get('/admin');
    expect(document.querySelector('progress')?.getAttribute('max')).toBe('30');
    expect(document.querySelector('progress')?.getAttribute('value')).toBe('21');
    expect(document.querySelector('#work')?.textContent).toContain('7 waiting, 2 in work.');
  });

  it('says how far the seeds are loaded', async () => {
    const health = { ...givenHealth, inFlight: 1, seeds: { loaded: 300, total: 15_584 } };
    const { get } = await owner({ archive: { health: async () => health } });
    const { document } = await get('/admin');
    expect(document.querySelector('progress')?.getAttribute('max')).toBe('15584');
    expect(document.querySelector('progress')?.getAttribute('value')).toBe('300');
    expect(document.querySelector('#work')?.textContent).toContain('300 of 15584 archived articles are loaded.');
  });
});

describe('actions on sources', () => {
  const pages = {
    'https://a.test/': {
      body: '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Hi</body></html>',
      type: 'text/html',
    },
    'https://a.test/feed': { body: rss },
  };

  it('are: look at what an address gives, then follow it', async () => {
    const { admin, get, post } = await owner({ pages });
    const { text } = await get('/admin/add?url=https%3A%2F%2Fa.test%2F');
    expect(text).toContain('The page has a feed: ');
    expect(text).toContain('One');
    expect(admin.sources.size).toBe(0);
    const { response } = await post('/admin/add', {
      url: 'https://a.test/feed',
      tags: 'One, two，三',
      maxEntries: '5',
      fullText: 'on',
    });
    expect(response.status).toBe(303);
    const [added] = [...admin.sources.values()];
    expect(response.headers.get('Location')).toBe(`/admin/sources/${added?.source.id}?done=added`);
    expect(added?.source).toMatchObject({ title: 'River', maxEntries: 5, fullText: true });
    expect(added?.source.tags.map(({ slug }) => slug)).toEqual(['one', 'two', '三']);
    const again = await post('/admin/add', { url: 'https://a.test/feed' });
    expect(again.response.headers.get('Location')).toContain('done=known');
  });

  it('show pictures, dates and what sanitizing drops before anything is followed', async () => {
    const item =
      '<item><guid>1</guid><title>One</title><pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;A &lt;img src="/p.png"&gt;&lt;/p&gt;' +
      '&lt;script&gt;1&lt;/script&gt;&lt;form&gt;&lt;input&gt;&lt;/form&gt;</description></item>';
    const body = `<rss version="2.0"><channel><title>River</title><link>https://a.test/</link>${item}</channel></rss>`;
    const { get, admin } = await owner({ pages: { 'https://a.test/feed': { body } } });
    const { document, text } = await get('/admin/add?url=https%3A%2F%2Fa.test%2Ffeed');
    expect(document.querySelector('.pictured img')?.getAttribute('src')).toBe('https://a.test/p.png');
    expect(text).toContain('2026-11-22');
    expect(text).toContain('1 × form, 1 × input, 1 × script');
    expect(admin.sources.size).toBe(0);
    const { entries, dropped } = await (
      await admin.ask('GET', '/admin/api/preview?url=https%3A%2F%2Fa.test%2Ffeed')
    ).json<{ entries: { image: string }[]; dropped: object[] }>();
    expect(entries[0]?.image).toBe('https://a.test/p.png');
    expect(dropped).toContainEqual({ element: 'script', count: 1 });
  });

  it('offer a bookmark that brings the address of any page', async () => {
    const { get } = await owner();
    const { document } = await get('/admin/add');
    const code = document.querySelector('#bookmarklet')?.getAttribute('value') ?? '';
    expect(code).toBe('javascript:location.href="https://feeds.test/admin/add?url="+encodeURIComponent(location.href)');
  });

  it('take an address that a phone shares among other words', async () => {
    const { get, admin } = await owner({ pages });
    await get(`/admin/add?title=Hi&text=${encodeURIComponent('Look at this: https://a.test/feed and more')}`);
    expect(admin.requests.some((request) => request.endsWith('https://a.test/feed'))).toBe(true);
  });

  it('are explained when they fail', async () => {
    const { get, post } = await owner();
    const looked = await get('/admin/add?url=https%3A%2F%2Fa.test%2Fnone');
    expect(looked.response.status).toBe(422);
    expect(looked.text).toContain('The server answered 404.');
    const { response, text } = await post('/admin/add', { url: 'https://a.test/none', maxEntries: 'many' });
    expect(response.status).toBe(400);
    expect(text).toContain('must be a whole number');
  });

  it('are: pause, resume, tag, change, ask, remove', async () => {
    const { admin, get, post } = await owner({ pages });
    await post('/admin/add', { url: 'https://a.test/feed' });
    const id = [...admin.sources.keys()][0] ?? '';
    const held = (): Source | undefined => admin.sources.get(id)?.source;
    await post(`/admin/sources/${id}/pause`);
    expect(held()?.enabled).toBe(false);
    expect((await get(`/admin/sources/${id}`)).text).toContain('Resume');
    const { response } = await post('/admin/sources', { one: `resume ${id}`, back: '/admin?q=riv&show=paused' });
    expect(response.headers.get('Location')).toBe(`/admin?q=riv&show=paused&done=resumed&at=${id}#s-${id}`);
    expect(held()?.enabled).toBe(true);
    await post('/admin/sources', { do: 'tag', id, tags: 'a, b' });
    await post('/admin/sources', { do: 'tag', id, tags: 'c' });
    expect(held()?.tags.map(({ slug }) => slug)).toEqual(['a', 'b', 'c']);
    await post(`/admin/sources/${id}`, { title: 'New name', tags: '', maxEntries: '3', fullText: 'on' });
    expect(held()).toMatchObject({ title: 'New name', tags: [], maxEntries: 3, fullText: true });
    expect((await post(`/admin/sources/${id}`, { title: '', tags: '' })).text).toContain('must not be empty');
    await post(`/admin/sources/${id}/refresh`);
    expect(admin.jobs).toHaveLength(1);
    expect((await get(`/admin/sources/${id}/remove`)).text).toContain('New name');
    expect(admin.sources.size).toBe(1);
    await post('/admin/sources', { do: 'remove', id, sure: '1' });
    expect(admin.sources.size).toBe(0);
    expect((await get(`/admin/sources/${id}`)).response.status).toBe(404);
  });

  it('are done with all sources that are chosen, and ask before they remove', async () => {
    const { admin, post, get } = await owner();
    for (const name of ['a', 'b', 'c']) {
      const held = report(name);
      admin.sources.set(held.source.id, held);
    }
    const [a = '', b = ''] = admin.sources.keys();
    const many = (fields: Record<string, string>): Promise<DeskAnswer> => {
      const form = new URLSearchParams({ back: '/admin?sort=title', ...fields });
      form.append('id', a);
      form.append('id', b);
      return post('/admin/sources', {}, { fields: [...form] });
    };
    const paused = await many({ do: 'pause' });
    const location = paused.response.headers.get('Location') ?? '';
    expect(location).toBe('/admin?sort=title&done=paused&many=2');
    expect([...admin.sources.values()].map(({ source }) => source.enabled)).toEqual([false, false, true]);
    expect((await get(location)).text).toContain('Paused: 2 sources.');
    const question = await many({ do: 'remove' });
    expect(question.text).toContain('Remove 2 sources?');
    expect(admin.sources.size).toBe(3);
    await many({ do: 'remove', sure: '1' });
    expect(admin.sources.size).toBe(1);
    const none = await post('/admin/sources', { do: 'pause', back: 'https://evil.test/' });
    expect(none.response.headers.get('Location')).toBe('/admin?done=none-chosen');
    expect((await post('/admin/sources', { do: 'explode' })).response.status).toBe(404);
  });

  it('make a source private, give its requests a login and header fields, and never show them again', async () => {
    const { admin, post, get } = await owner();
    const held = report('Mine');
    admin.sources.set(held.source.id, held);
    const { id } = held.source;
    await post('/admin/sources', { one: `hide ${id}` });
    expect(admin.sources.get(id)?.source.isPrivate).toBe(true);
    expect((await get('/admin')).text).toContain('Private');
    const path = `/admin/sources/${id}/access`;
    const fields = { private: 'on', secret: 'on', userAgent: 'Mine/1', user: 'me', password: 'pw-hidden' };
    await post(path, { ...fields, headers: 'X-Token: tk-hidden\nX-Other: ot-hidden' });
    expect(admin.sources.get(id)?.source).toMatchObject({
      isPrivate: true,
      isSecret: true,
      request: {
        userAgent: 'Mine/1',
        basicAuth: { user: 'me', password: 'pw-hidden' },
        headers: { 'x-token': 'tk-hidden', 'x-other': 'ot-hidden' },
      },
    });
    const { text } = await get(`/admin/sources/${id}`);
    expect(text).toContain('Set: x-token, x-other');
    expect(text).not.toMatch(/(?:pw|tk|ot)-hidden/);
    await post(path, { private: 'on', userAgent: 'Mine/2', user: 'me', password: '', headers: '' });
    expect(admin.sources.get(id)?.source.request).toMatchObject({
      userAgent: 'Mine/2',
      basicAuth: { password: 'pw-hidden' },
      headers: { 'x-token': 'tk-hidden' },
    });
    await post(path, { user: '', forgetHeaders: 'on' });
    expect(admin.sources.get(id)?.source.request).toBeUndefined();
    expect((await post(path, { headers: 'Host: evil.test' })).response.status).toBe(400);
  });

  it('say which of the chosen sources could not be changed', async () => {
    const { post } = await owner();
    const { response, text } = await post('/admin/sources', { one: 'pause nothing' });
    expect(response.status).toBe(404);
    expect(text).toContain('1 of 1 could not be changed');
  });

  it('leave a source that rests in peace until the owner says so again', async () => {
    const asked: boolean[] = [];
    const { admin, get, post } = await owner({
      pages,
      archive: {
        claimSources: async (_, force) => {
          asked.push(force);
          return { jobs: [], waiting: force ? 1 : 0 };
        },
      },
    });
    await post('/admin/add', { url: 'https://a.test/feed' });
    const id = [...admin.sources.keys()][0] ?? '';
    const { response } = await post(`/admin/sources/${id}/refresh`);
    const path = response.headers.get('Location') ?? '';
    expect(path).toContain('done=resting');
    expect((await get(path)).text).toContain('Ask all the same');
    await post(`/admin/sources/${id}/refresh`, { force: '1' });
    expect(asked).toEqual([false, true]);
  });
});

async function send({ post, formToken }: Owner, kind: string, content: string, name: string): Promise<DeskAnswer> {
  const upload = new FormData();
  upload.append('token', formToken);
  if (content !== '') upload.append('file', new File([content], name));
  return post(`/admin/transfer/${kind}`, {}, { upload });
}

describe('files at the desk', () => {
  it('import a subscription list and say what could not be used', async () => {
    const me = await owner();
    const list =
      '<opml version="2.0"><body><outline type="rss" text="A" xmlUrl="https://a.test/f"/>\n<outline type="rss" text="B" xmlUrl="ftp://b"/></body></opml>';
    const { text } = await send(me, 'opml', list, 'list.opml');
    expect(text).toContain('1 source added');
    expect(text).toContain('line 2');
    expect(me.admin.sources.size).toBe(1);
  });

  it('record articles, restore backups, and are missed when none came', async () => {
    const me = await owner();
    const rejected = await send(me, 'articles', 'no article', 'news/x.md');
    expect(rejected.text).toContain('news/x.md');
    const backup =
      '{"kind":"tributary-backup","format":1}\n{"kind":"meta","key":"a","value":"b"}\n{"kind":"end","records":1}\n';
    expect((await send(me, 'backup', backup, 'b.ndjson')).text).toContain('1 record restored');
    expect((await send(me, 'backup', 'not one', 'b.ndjson')).response.status).toBe(422);
    expect((await send(me, 'opml', '', '')).text).toContain('No file came');
    expect((await send(me, 'nothing', 'x', 'x')).response.status).toBe(404);
  });
});

describe('webhooks at the desk', () => {
  const view: SavedView = { name: 'mine', title: 'Mine', query: 'tag=water', tags: [] };
  const url = givenUrl('https://chat.test/T/B');
  const report: WebhookReport = {
    view: 'mine',
    url,
    format: 'slack',
    hasSecret: true,
    isWaiting: true,
    failures: 40,
    pausedAt: givenNow,
    tries: [{ at: givenNow, what: '<b>Wet</b>', isDelivered: false, answer: 'HTTP 500' }],
  };

  it('show how they are, what was sent and no secret', async () => {
    const { get } = await owner({ archive: { views: async () => [view], webhooks: async () => [report] } });
    const { document, text } = await get('/admin/views/mine/webhook');
    expect(document.querySelector('h2')?.textContent).toContain('Paused');
    expect(document.querySelector('input[name=secret]')?.getAttribute('value')).toBeNull();
    expect(text).toContain('&lt;b&gt;Wet&lt;/b&gt;');
  });

  it('are saved with the secret that they have, and taken away', async () => {
    const saved: unknown[] = [];
    const { post } = await owner({
      archive: {
        views: async () => [view],
        webhook: async () => ({ url, format: 'slack', secret: 'held' }),
        saveView: async (_, webhook) => saved.push(webhook) > 0,
      },
    });
    await post('/admin/views/mine/webhook', { url: 'https://chat.test/new', format: 'json', secret: '' });
    await post('/admin/views/mine/webhook/remove');
    expect(saved).toEqual([{ url: 'https://chat.test/new', format: 'json', secret: 'held' }, null]);
    const refused = await post('/admin/views/mine/webhook', { url: 'nowhere', format: 'json' });
    expect([refused.response.status, saved.length]).toEqual([400, 2]);
  });

  it('give programs the address of the MCP server, and one for each private view', async () => {
    const views = [
      { name: 'open', title: 'Open', query: '', tags: [] },
      { name: 'mine', title: 'Mine', query: '', tags: [], keyHash: 'digest-of-its-key' },
    ];
    const { get } = await owner({ archive: { views: async () => views } });
    const { text } = await get('/admin/system/programs');
    expect(text).toContain('https://feeds.test/mcp"');
    expect(text).toContain('https://feeds.test/mcp?view=mine&amp;key=KEY');
    expect(text).not.toMatch(/view=open|digest-of-its-key/);
    expect((await get('/admin/system')).text).toContain('href="/admin/system/programs"');
  });

  it('list the subscribers of the hub', async () => {
    const topics = [{ address: 'https://feeds.test/rss.xml', subscribers: 3, failing: 1 }];
    const { get } = await owner({ archive: { hub: async () => ({ subscribers: 3, asked: 0, hosts: 2, topics }) } });
    expect((await get('/admin/system/hub')).text).toContain('1 of them did not take the last delivery');
  });
});

describe('views and rules at the desk', () => {
  it('show the key of a private view once, when it is made', async () => {
    const views: SavedView[] = [];
    const { get, post } = await owner({
      archive: { views: async () => views, saveView: async (view) => views.push(view) > 0 },
    });
    const { text } = await post('/admin/views', { name: 'mine', title: 'Mine', query: '?tag=water', private: 'on' });
    const key = /key=([0-9a-f]{32})/.exec(text)?.[1] ?? '';
    expect(key).not.toBe('');
    expect(views[0]?.query).toBe('tag=water');
    expect(text).toContain('For a phone: its page as a QR code');
    const listed = await get('/admin/views');
    expect(listed.text).toContain('Mine');
    expect(listed.text).not.toContain(key);
    const renewed = await post('/admin/views/mine/key');
    expect(renewed.text).toMatch(/key=[0-9a-f]{32}/);
    expect(renewed.text).not.toContain(key);
    expect((await get('/admin/views/mine/remove')).text).toContain('Remove the view');
  });

  it('have a name made of their title when none was given, which no other view has', async () => {
    const views: SavedView[] = [];
    const { post } = await owner({
      archive: { views: async () => views, saveView: async (view) => views.push(view) > 0 },
    });
    for (const title of ['Только для нас!', 'Только для нас!', '…']) {
      await post('/admin/views', { name: '', title, query: 'tag=water' });
    }
    expect(views.map(({ name }) => name)).toEqual(['только-для-нас', 'только-для-нас-2', 'view']);
  });

  it('keep what was typed when a view cannot be saved', async () => {
    const { post } = await owner();
    const { response, text } = await post('/admin/views', { name: 'Not OK', title: 'Mine', query: 'since=x' });
    expect(response.status).toBe(400);
    expect(text).toContain('value="since=x"');
  });

  it('take the whole address of a tag, a search or a feed for a view', async () => {
    const views: SavedView[] = [];
    const { post } = await owner({
      archive: { views: async () => views, saveView: async (view) => views.push(view) > 0 },
    });
    const saved = async (query: string): Promise<string | undefined> => {
      await post('/admin/views', { name: `v${views.length}`, title: 'V', query });
      return views.at(-1)?.query;
    };
    expect(await saved('https://feeds.test/tags/%E6%B0%B4/rss.xml?lang=zh&key=x')).toBe('tag=%E6%B0%B4&lang=zh');
    expect(await saved('/search?q=river&since=7d')).toBe('q=river&since=1w');
    expect(await saved('/sources/abcdefghij01/feed.json')).toBe('source=abcdefghij01');
    expect(await saved('https://feeds.test/views/v0/atom.xml?q=flood')).toBe('tag=%E6%B0%B4&lang=zh&q=flood');
    expect(await saved('https://feeds.test/')).toBe('');
    const { response, text } = await post('/admin/views', { name: 'w', title: 'W', query: 'https://feeds.test/bot' });
    expect(response.status).toBe(400);
    expect(text).toContain('is not the address of a view');
  });

  it('ask before a view gets a new key', async () => {
    const view: SavedView = { name: 'mine', title: 'Mine', query: '', tags: [], keyHash: 'x' };
    const { get } = await owner({ archive: { views: async () => [view] } });
    expect((await get('/admin/views/mine/key')).text).toContain('Everybody who reads the view needs a new');
  });

  it('change a rule where it stands', async () => {
    let rules: readonly unknown[] = [
      { tag: 'one', any: ['x'], source: 'abc' },
      { tag: 'two', any: ['y'] },
    ];
    const { post } = await owner({
      archive: {
        ruleBook: async () => ({ declared: [], rules: rules as never, isRetagging: false }),
        saveRules: async (given) => void (rules = given),
      },
    });
    await post('/admin/rules', { rule: JSON.stringify(rules[0]), tag: 'uno', words: 'x, z', where: 'text' });
    expect(rules).toEqual([
      { tag: 'uno', any: ['x', 'z'], in: 'text', source: 'abc' },
      { tag: 'two', any: ['y'] },
    ]);
  });

  it('add a rule beside the others and remove just that one', async () => {
    let rules: readonly unknown[] = [{ tag: 'old', any: ['x'] }];
    const { get, post } = await owner({
      archive: {
        ruleBook: async () => ({ declared: [], rules: rules as never, isRetagging: false }),
        saveRules: async (given) => void (rules = given),
      },
    });
    await post('/admin/rules', { tag: 'Water', words: 'river, 河流', where: 'title' });
    expect(rules).toEqual([
      { tag: 'old', any: ['x'] },
      { tag: 'Water', any: ['river', '河流'], in: 'title' },
    ]);
    expect((await get('/admin/rules')).text).toContain('河流');
    await post('/admin/rules/remove', { rule: JSON.stringify(rules[0]) });
    expect(rules).toHaveLength(1);
    const { text } = await post('/admin/rules', { tag: '!!', words: 'x' });
    expect(text).toContain('must hold at least one letter or number');
  });
});
