import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/domain/source.ts';
import type { RecordedAlert } from '../../src/pipeline/alerts.ts';
import { listSettings } from '../../src/pipeline/config.ts';
import { type GivenAdmin, givenAdmin, givenNow } from '../support/given-admin.ts';
import { desk, logIn } from '../support/given-desk.ts';
import { parseStrictXml } from '../support/strict-xml.ts';

const alert: RecordedAlert = {
  id: 7,
  at: givenNow,
  kind: 'failing',
  detail: 'It could not be read for a day. The server answered 404.',
  source: { id: 'abcdefghij01' as SourceId, title: 'River <Post>' },
};
const admin: GivenAdmin = givenAdmin({ archive: { alerts: async () => [alert] } });

interface Addresses {
  readonly key: string;
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}

const addresses = async (): Promise<Addresses> => (await admin.ask('GET', '/admin/api/alerts')).json<Addresses>();
const read = (address: string, headers: Record<string, string> = {}): Promise<Response> => {
  const { pathname, search } = new URL(address);
  return admin.askAs('GET', pathname + search, { headers });
};

describe('alerts', () => {
  it('come as RSS, Atom and JSON Feed at addresses with a key', async () => {
    const { key, rss, atom, json } = await addresses();
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    for (const [address, type] of [
      [rss, 'application/rss+xml'],
      [atom, 'application/atom+xml'],
    ] as const) {
      const response = await read(address);
      expect([response.status, response.headers.get('Content-Type')]).toEqual([200, `${type}; charset=utf-8`]);
      const text = await response.text();
      parseStrictXml(text);
      expect(text).toMatch(/River &(?:amp;|#x26;)?lt;Post&(?:amp;|#x26;)?gt; fails/);
      expect(text).toContain('The server answered 404.');
      expect(text).toContain('https://feeds.test/admin/sources/abcdefghij01');
    }
    const feed = await (await read(json)).json<{ items: { id: string; title: string }[] }>();
    expect(feed.items).toMatchObject([{ id: 'https://feeds.test/admin/alerts/7', title: 'River <Post> fails' }]);
  });

  it('open with the token, too, and with nothing else', async () => {
    const { rss } = await addresses();
    const bare = rss.split('?')[0] ?? '';
    expect((await read(bare)).status).toBe(401);
    expect((await read(`${bare}?key=${'0'.repeat(32)}`)).status).toBe(401);
    expect((await read(bare, { Authorization: 'Bearer secret' })).status).toBe(200);
    expect((await read(rss)).headers.get('Cache-Control')).toBe('private, no-cache');
  });

  it('answer 304 to their entity tag', async () => {
    const { atom } = await addresses();
    const etag = (await read(atom)).headers.get('ETag') ?? '';
    expect((await read(atom, { 'If-None-Match': etag })).status).toBe(304);
  });
});

describe('the owner’s log', () => {
  it('has what was changed, and nothing that was only read or refused', async () => {
    const owner = givenAdmin({ pages: {} });
    await owner.ask('GET', '/admin/api/sources');
    await owner.ask('PATCH', '/admin/api/sources/nothing', { body: '{}' });
    await owner.askAs('POST', '/admin/api/refresh');
    expect(owner.actions).toEqual([]);
    await owner.ask('POST', '/admin/api/refresh');
    await owner.ask('PUT', '/admin/api/views/mine', {
      headers: { 'Content-Type': 'application/json' },
      body: '{"title":"Mine","query":""}',
    });
    await (await owner.ask('GET', '/admin/api/export')).text();
    expect(owner.actions).toEqual(['refreshAll', 'saveView mine', 'backUp']);
  });
});

describe('the page System', () => {
  it('tells of alerts, work, backup and settings, and shows no secret', async () => {
    const owner = givenAdmin({
      archive: {
        system: async () => ({
          use: [{ hour: givenNow, rounds: 4, jobs: 40, publishes: 3, kvWrites: 18 }],
          alerts: [alert],
          actions: [{ at: givenNow, action: 'saveView', subject: 'mine', times: 2 }],
          slow: [{ id: 'abcdefghij01' as SourceId, title: 'Slow one', tookMs: 8400 }],
        }),
      },
    });
    const { cookie } = await logIn(owner);
    const { text, response } = await desk(owner, 'GET', '/admin/system', { cookie });
    expect(response.status).toBe(200);
    for (const words of [
      'River &lt;Post&gt; fails',
      '18 of 1,000',
      '40 in 4 rounds',
      'No backup was downloaded yet',
      'saved the view',
      '8.4 s',
      'ADMIN_TOKEN',
    ]) {
      expect(text).toContain(words);
    }
    expect((await desk(owner, 'GET', '/admin/system/alerts', { cookie })).text).toContain('/admin/alerts.xml?key=');
  });

  it('lists settings as they hold, secrets as "set"', () => {
    const settings = listSettings({
      SITE_TITLE: 'Mine',
      ADMIN_TOKEN: 'hidden-1',
      ALERT_WEBHOOK: 'https://hooks.test/hidden-2',
    });
    const byName = new Map(settings.map((one) => [one.setting, one]));
    expect(byName.get('SITE_TITLE')).toMatchObject({ value: 'Mine', isDefault: false });
    expect(byName.get('POLL_MINUTES')).toMatchObject({ value: '60', isDefault: true });
    expect(byName.get('ADMIN_TOKEN')?.value).toBe('set');
    expect(byName.get('ALERT_WEBHOOK')?.value).toBe('set');
    expect(JSON.stringify(settings)).not.toContain('hidden');
  });
});
