import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { answerHub } from '../../src/http/hub/hub.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { HubReceipt, HubRequest } from '../../src/pipeline/push/receiver.ts';
import { givenSources } from '../support/given-sources.ts';
import { givenEntries } from '../support/given-window.ts';

const origin = 'https://tributary.example';
const callback = 'https://reader.org/cb?for=1';

function givenHub(env: Record<string, string> = {}, receipt: HubReceipt = 'accepted') {
  const config = parseConfig({ SITE_URL: origin, ...env });
  if (!config.ok) throw new Error(JSON.stringify(config.failure));
  const sources = { ...givenSources({ entries: givenEntries(60, 300) }), config: config.value };
  const app = createApp(sources, createFeeds(sources));
  const taken: HubRequest[] = [];
  const answer = async (request: Request) => await app.fetch(request);
  const take = async (request: HubRequest) => {
    taken.push(request);
    return receipt;
  };
  const post = (form: Record<string, string>, init: RequestInit = {}) =>
    answerHub(
      { config: config.value, take, answer, answerNow: answer },
      new Request(`${origin}/hub`, { method: 'POST', body: new URLSearchParams(form), ...init }),
    );
  return { post, taken, answer };
}

const good = { 'hub.mode': 'subscribe', 'hub.callback': callback, 'hub.topic': `${origin}/tags/even/atom.xml?limit=7` };

describe('feeds', () => {
  it.each(['/rss.xml', '/atom.xml', '/feed.json', '/tags/even/rss.xml?limit=3'])('name the hub: %s', async (path) => {
    const response = await givenHub().answer(new Request(`${origin}${path}`));
    expect(response.headers.get('Link')).toContain(`<${origin}/hub>; rel="hub"`);
    expect(response.headers.get('Link')).toContain(`<${origin}${path}>; rel="self"`);
    expect(await response.text()).toContain(`${origin}/hub`);
  });

  it.each([{ WEBSUB: 'off' }, { SITE_URL: '' }, { SITE_URL: 'http://127.0.0.1:8787' }])(
    'name none with %o',
    async (env) => {
      const response = await givenHub(env).answer(new Request(`${origin}/atom.xml`));
      expect(response.headers.get('Link')).not.toContain('rel="hub"');
      expect(await response.text()).not.toContain('/hub');
    },
  );

  it('count a host that PRIVATE_HOSTS names as public', async () => {
    const local = { SITE_URL: 'http://127.0.0.1:8787', PRIVATE_HOSTS: '127.0.0.1' };
    const response = await givenHub(local).answer(new Request('http://127.0.0.1:8787/atom.xml'));
    expect(response.headers.get('Link')).toContain('<http://127.0.0.1:8787/hub>; rel="hub"');
  });
});

describe('the hub', () => {
  it('takes a subscription to any feed that names it, as it was written', async () => {
    const { post, taken } = givenHub();
    const response = await post({ ...good, 'hub.secret': 's', 'hub.lease_seconds': '99999999999' });
    expect(response.status).toBe(202);
    expect(taken).toEqual([
      {
        mode: 'subscribe',
        topic: { address: good['hub.topic'], query: 'tag=even&limit=7' },
        callback,
        leaseSeconds: 30 * 86_400,
        secret: 's',
      },
    ]);
  });

  it.each([
    ['no mode', { ...good, 'hub.mode': 'publish' }, 400],
    ['no callback', { ...good, 'hub.callback': 'ftp://x.org/' }, 400],
    ['a private callback', { ...good, 'hub.callback': 'http://192.168.1.1/cb' }, 400],
    ['a callback that is we ourselves', { ...good, 'hub.callback': `${origin}/hub` }, 400],
    ['a callback with a fragment', { ...good, 'hub.callback': `${callback}#x` }, 400],
    ['the topic of another site', { ...good, 'hub.topic': 'https://other.example.org/rss.xml' }, 400],
    ['a topic that only looks like ours', { ...good, 'hub.topic': `https://tributary.example@other.org/rss.xml` }, 400],
    ['a page', { ...good, 'hub.topic': `${origin}/tags/even` }, 400],
    ['a further page of a feed', { ...good, 'hub.topic': `${origin}/rss.xml?before=1_00000000000000000000` }, 400],
    ['an archive document', { ...good, 'hub.topic': `${origin}/archive/2020-01/atom.xml` }, 400],
    ['a parameter that feeds do not know', { ...good, 'hub.topic': `${origin}/rss.xml?colour=red` }, 400],
    ['a lease that is no number', { ...good, 'hub.lease_seconds': 'long' }, 400],
    ['a secret of 200 bytes', { ...good, 'hub.secret': 'ä'.repeat(100) }, 400],
    ['a tag that is not there', { ...good, 'hub.topic': `${origin}/tags/nowhere/rss.xml` }, 404],
    ['a view that is not there', { ...good, 'hub.topic': `${origin}/views/mine/rss.xml?key=x` }, 404],
  ])('refuses %s and says why', async (_, form, status) => {
    const { post, taken } = givenHub();
    const response = await post(form);
    expect(response.status).toBe(status);
    expect((await response.json<{ detail: string }>()).detail.length).toBeGreaterThan(20);
    expect(taken).toEqual([]);
  });

  it('refuses what is no form, too much, or no POST', async () => {
    const { post } = givenHub();
    expect((await post(good, { body: '{}', headers: { 'Content-Type': 'application/json' } })).status).toBe(415);
    expect((await post({ ...good, x: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await post(good, { method: 'PUT' })).status).toBe(405);
  });

  it('says when there is no room', async () => {
    const response = await givenHub({}, 'hub-full').post(good);
    expect(response.status).toBe(429);
    expect(response.headers.get('Retry-After')).toBe('3600');
  });

  it('is not there when WebSub is off', async () => {
    expect((await givenHub({ WEBSUB: 'off' }).post(good)).status).toBe(404);
  });
});
