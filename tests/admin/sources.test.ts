import { describe, expect, it } from 'vitest';
import type { FieldProblem } from '../../src/admin/api/admin-problem.ts';
import { source } from '../../src/admin/api/contract/schema.ts';
import { check } from '../../src/admin/api/contract/zod.ts';
import { type GivenAdmin, givenAdmin } from '../support/given-admin.ts';

const rss =
  '<rss version="2.0"><channel><title>River</title><link>https://a.test/</link><description>d</description>' +
  '<item><guid>1</guid><title>One</title><link>https://a.test/1</link><description>Text</description></item></channel></rss>';
const page = (head: string): { body: string; type: string } => ({
  body: `<html><head><title>Page</title>${head}</head><body><p>Hi</p></body></html>`,
  type: 'text/html',
});
const announcing = (href: string): string => `<link rel="alternate" type="application/rss+xml" href="${href}">`;

function post(admin: GivenAdmin, body: unknown): Promise<Response> {
  return admin.ask('POST', '/admin/api/sources', {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
}

async function problemsOf(response: Response): Promise<readonly FieldProblem[]> {
  return (await response.json<{ problems: FieldProblem[] }>()).problems;
}

describe('adding a source', () => {
  it('asks for its feed once and adds it with its entries', async () => {
    const admin = givenAdmin({ pages: { 'https://a.test/feed': { body: rss } } });
    const response = await post(admin, { url: 'https://a.test/feed', tags: ['One', 'one', 'Two'], maxEntries: 5 });
    expect(response.status).toBe(201);
    const source = await response.json<{ id: string }>();
    expect(source).toMatchObject({ title: 'River', tags: ['one', 'two'], maxEntries: 5, state: { entries: 1 } });
    expect(response.headers.get('Location')).toBe(`/admin/api/sources/${source.id}`);
    expect(admin.requests).toEqual(['feed https://a.test/feed']);
  });

  it('takes the feed that a page announces, and not another one', async () => {
    const pages = { 'https://a.test/': page(announcing('/blog/rss')), 'https://a.test/blog/rss': { body: rss } };
    const admin = givenAdmin({ pages });
    expect(await (await post(admin, { url: 'https://a.test/' })).json()).toMatchObject({
      url: 'https://a.test/blog/rss',
    });
    expect(admin.requests).toHaveLength(2);
    expect(admin.pauses).toEqual([1000]);
  });

  it('offers what it finds at a usual place, and follows it only when it is picked', async () => {
    const pages = { 'https://a.test/blog/post': page(''), 'https://a.test/rss.xml': { body: rss } };
    const admin = givenAdmin({ pages });
    const response = await post(admin, { url: 'https://a.test/blog/post' });
    expect(response.status).toBe(300);
    const { feeds } = await response.json<{ feeds: unknown[] }>();
    expect(feeds).toEqual([
      { url: 'https://a.test/rss.xml', title: 'River', entries: 1, newest: ['One'], isGuess: true },
    ]);
    // Below the page first: /blog/post/feed and four more, then /feed and /rss.xml.
    expect(admin.requests.slice(1, 2)).toEqual(['feed https://a.test/blog/post/feed']);
    expect(admin.requests).toHaveLength(8);
    expect(admin.pauses).toHaveLength(admin.requests.length - 1);
    expect(admin.sources.size).toBe(0);
    const picked = await admin.ask('POST', '/admin/api/sources?feed=https%3A%2F%2Fa.test%2Frss.xml', {
      body: JSON.stringify({ url: 'https://a.test/blog/post', tags: ['Water'] }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(picked.status).toBe(201);
    expect(await picked.json()).toMatchObject({ url: 'https://a.test/rss.xml', tags: ['water'] });
  });

  it('offers the choice when a page has several feeds, comments aside', async () => {
    const other = rss.replace('River', 'Lake');
    const pages = {
      'https://a.test/': page(announcing('/one') + announcing('/two') + announcing('/comments/feed')),
      'https://a.test/one': { body: rss },
      'https://a.test/two': { body: other },
    };
    const admin = givenAdmin({ pages });
    const response = await post(admin, { url: 'https://a.test/' });
    expect(response.status).toBe(300);
    const { feeds } = await response.json<{ feeds: { url: string; title: string; isGuess: boolean }[] }>();
    expect(feeds.map(({ url, title, isGuess }) => [url, title, isGuess])).toEqual([
      ['https://a.test/one', 'River', false],
      ['https://a.test/two', 'Lake', false],
    ]);
    expect(admin.sources.size).toBe(0);
  });

  it('follows the only feed of several that can be read', async () => {
    const pages = {
      'https://a.test/': page(announcing('/one') + announcing('/two')),
      'https://a.test/two': { body: rss },
    };
    expect((await post(givenAdmin({ pages }), { url: 'https://a.test/' })).status).toBe(201);
  });

  it.each([
    ['a.test/feed', 'https://a.test/feed'],
    ['feed://a.test/feed', 'https://a.test/feed'],
    ['feed:https://a.test/feed', 'https://a.test/feed'],
    ['  https://a.test/ \n feed\u200b ', 'https://a.test/feed'],
  ])('takes %j for an address', async (given, url) => {
    const admin = givenAdmin({ pages: { [url]: { body: rss } } });
    expect(await (await post(admin, { url: given })).json()).toMatchObject({ url });
  });

  it('says of every address it tried why it will not do', async () => {
    const pages = { 'https://a.test/': page(announcing('/gone.xml')) };
    const response = await post(givenAdmin({ pages }), { url: 'https://a.test/' });
    expect(response.status).toBe(422);
    const { tried } = await response.json<{ tried: { url: string; reason: string }[] }>();
    expect(tried.map(({ url }) => url)).toEqual(['https://a.test/', 'https://a.test/gone.xml']);
    expect(tried[1]?.reason).toBe('The server answered 404.');
  });

  it('does not guess when the address cannot be asked at all', async () => {
    const admin = givenAdmin();
    expect((await post(admin, { url: 'https://a.test/none' })).status).toBe(422);
    expect(admin.requests).toHaveLength(1);
  });

  it('answers 409 with the id when a page leads to a feed that is followed', async () => {
    const pages = { 'https://a.test/': page(announcing('/feed')), 'https://a.test/feed': { body: rss } };
    const admin = givenAdmin({ pages });
    const { id } = await (await post(admin, { url: 'https://a.test/feed' })).json<{ id: string }>();
    const again = await post(admin, { url: 'https://a.test/' });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ id });
  });

  it.each([
    [{}, ['url']],
    [{ url: 'ftp://a.test/' }, ['url']],
    [
      { url: 7, title: '', tags: ['!!', 1], maxEntries: -1, fullText: 'yes', extra: 1 },
      ['url', 'title', 'tags.0', 'tags.1', 'fullText', 'maxEntries', 'extra'],
    ],
    [[], ['body']],
    ['{', ['body']],
    ['null', ['body']],
  ])('names every problem of %j', async (body, fields) => {
    const admin = givenAdmin();
    const response = await post(admin, body);
    expect(response.status).toBe(400);
    expect((await problemsOf(response)).map(({ field }) => field)).toEqual(fields);
    expect(admin.requests).toEqual([]);
  });

  it('refuses other media types and bodies that are too large', async () => {
    const admin = givenAdmin();
    expect((await admin.ask('POST', '/admin/api/sources', { body: 'url=x' })).status).toBe(415);
    expect((await post(admin, `{"url":"${'x'.repeat(1024 * 1024)}"}`)).status).toBe(413);
  });
});

describe('a preview', () => {
  it('shows what would be read, and adding it then asks nobody again', async () => {
    const admin = givenAdmin({ pages: { 'https://a.test/feed': { body: rss } } });
    const response = await admin.ask('GET', '/admin/api/preview?url=https://a.test/feed');
    expect(await response.json()).toMatchObject({ title: 'River', known: null, entries: [{ title: 'One' }] });
    expect(admin.sources.size).toBe(0);
    expect((await post(admin, { url: 'https://a.test/feed' })).status).toBe(201);
    expect(admin.requests).toHaveLength(1);
  });

  it('needs a URL, and says what keeps it from reading one', async () => {
    const { ask } = givenAdmin();
    expect(await problemsOf(await ask('GET', '/admin/api/preview'))).toMatchObject([{ field: 'url' }]);
    const response = await ask('GET', '/admin/api/preview?url=https://a.test/none');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('404') });
  });
});

describe('the checks of a source', () => {
  it('are told newest first of one source, and not in the list of all', async () => {
    const admin = givenAdmin({ pages: { 'https://a.test/feed': { body: rss } } });
    const { id } = await (await post(admin, { url: 'https://a.test/feed' })).json<{ id: string }>();
    const held = admin.sources.get(id);
    if (held === undefined) throw new Error('not added');
    const history = 't9k2m0+20,3,1 t9k5e0= t9k860-404';
    admin.sources.set(id, { ...held, state: { ...held.state, history } });
    const { state } = await (await admin.ask('GET', `/admin/api/sources/${id}`)).json<{
      state: { history: { at: string }[] };
    }>();
    expect(state.history).toMatchObject([
      { outcome: 'failed', failure: 'http-status', status: 404 },
      { outcome: 'not-modified' },
      { outcome: 'updated', found: 20, added: 3, revised: 1 },
    ]);
    expect(check(source, await (await admin.ask('GET', `/admin/api/sources/${id}`)).json())).toMatchObject({
      ok: true,
    });
    const [listed] = await (await admin.ask('GET', '/admin/api/sources')).json<{ state: object }[]>();
    expect(listed?.state).not.toHaveProperty('history');
  });
});

describe('changing a source', () => {
  it('keeps the label of a tag that is named by its slug', async () => {
    const admin = givenAdmin({ pages: { 'https://a.test/feed': { body: rss } } });
    const { id } = await (await post(admin, { url: 'https://a.test/feed', tags: ['Très Bien'] })).json<{
      id: string;
    }>();
    const init = { body: '{"tags":["tres-bien","très-bien","New"]}', headers: { 'Content-Type': 'application/json' } };
    await admin.ask('PATCH', `/admin/api/sources/${id}`, init);
    expect(admin.sources.get(id)?.source.tags).toContainEqual({ slug: 'très-bien', label: 'Très Bien' });
  });

  it('wants something to change, and a source that is there', async () => {
    const admin = givenAdmin({ pages: { 'https://a.test/feed': { body: rss } } });
    const { id } = await (await post(admin, { url: 'https://a.test/feed' })).json<{ id: string }>();
    const init = { body: '{}', headers: { 'Content-Type': 'application/json' } };
    expect((await admin.ask('PATCH', `/admin/api/sources/${id}`, init)).status).toBe(400);
    expect((await admin.ask('PATCH', '/admin/api/sources/none', init)).status).toBe(404);
    expect((await admin.ask('DELETE', '/admin/api/sources/none')).status).toBe(404);
    expect((await admin.ask('POST', '/admin/api/sources/none/refresh')).status).toBe(404);
  });
});
