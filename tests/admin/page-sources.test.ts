import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type GivenAdmin, givenAdmin } from '../support/given-admin.ts';

const folder = new URL('../fixtures/pages/', import.meta.url).pathname;
const html = 'text/html; charset=utf-8';
const blog = 'https://places.example/blog/';
const cards = { body: readFileSync(`${folder}cards.html`, 'utf8'), type: html };
const cardSelectors = { item: '.card', title: 'h3', date: '.card-date' };

/** A page that describes its list for machines. */
const described = {
  type: html,
  body: `<html><head><title>Described</title><script type="application/ld+json">${JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Blog',
    blogPost: [1, 2].map((at) => ({
      '@type': 'BlogPosting',
      headline: `Posting ${at}`,
      url: `/p/${at}`,
      datePublished: `2026-11-0${at}`,
    })),
  })}</script></head><body></body></html>`,
};

/** What the tests look at in answers of the API. */
interface Answered {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  readonly page: object | null;
  readonly detail: string;
  readonly state: { readonly entries: number };
  readonly entries: readonly object[];
  readonly proposals: readonly object[];
  readonly problems: readonly { readonly field: string; readonly detail: string }[];
  readonly rejected: readonly { readonly reason: string }[];
}

async function call(admin: GivenAdmin, method: string, path: string, json?: object) {
  const init =
    json === undefined ? {} : { body: JSON.stringify(json), headers: { 'Content-Type': 'application/json' } };
  const response = await admin.ask(method, `/admin/api${path}`, init);
  const text = await response.text();
  return { status: response.status, json: (text === '' ? {} : JSON.parse(text)) as Answered };
}

describe('a page without a feed', () => {
  it('is added with its selectors', async () => {
    const admin = givenAdmin({ pages: { [blog]: cards } });
    const { status, json } = await call(admin, 'POST', '/sources', { url: blog, page: cardSelectors });
    expect(status).toBe(201);
    expect(json).toMatchObject({ kind: 'page', page: cardSelectors, title: 'The Ferry Log', siteUrl: blog });
    expect(json.state.entries).toBe(6);
    expect(admin.requests).toEqual([`feed ${blog}`]);
  });

  it('is refused with proposals when nobody gave selectors', async () => {
    const { status, json } = await call(givenAdmin({ pages: { [blog]: cards } }), 'POST', '/sources', { url: blog });
    expect(status).toBe(422);
    expect(json.proposals[0]).toEqual({
      page: { item: 'div.card', title: 'h3', date: '.card-date', summary: '.card-text', image: 'img' },
      entries: 6,
      newest: [
        'How the lock keepers read the water',
        'A bridge that was never finished',
        'Notes from the flood archive',
      ],
    });
    expect(json.detail).toContain('send one of the proposals as "page"');
  });

  it('is added without selectors where it describes its entries', async () => {
    const admin = givenAdmin({ pages: { [blog]: described } });
    const { status, json } = await call(admin, 'POST', '/sources', { url: blog });
    expect([status, json.kind, json.page, json.state.entries]).toEqual([201, 'page', null, 2]);
    // Nothing was guessed: the page says it all.
    expect(admin.requests).toEqual([`feed ${blog}`]);
  });

  it('is followed by its feed where it announces one, whatever it describes', async () => {
    const body = described.body.replace(
      '<head>',
      '<head><link rel="alternate" type="application/rss+xml" href="/feed">',
    );
    const feed =
      '<rss version="2.0"><channel><title>Feed</title><item><guid>1</guid><title>One</title></item></channel></rss>';
    const pages = { [blog]: { body, type: html }, 'https://places.example/feed': { body: feed } };
    const { json } = await call(givenAdmin({ pages }), 'POST', '/sources', { url: blog });
    expect([json.kind, json.url]).toEqual(['feed', 'https://places.example/feed']);
  });

  it.each([
    [{ item: 'a[' }, 'page.item', 'cannot be read from "["'],
    [{ item: '' }, 'page.item', 'is empty'],
    [{ item: '.card', title: 'h3:contains("x")' }, 'page.title', 'has ":contains", which is not known here'],
    [{ item: '.card', date: 'time@' }, 'page.date', 'cannot be read'],
    [{ item: '$.items[*]', title: 'a..b' }, 'page.title', 'cannot be read from "..b"'],
    [{ item: '$.items[*]', title: 'h3 > a' }, 'page.title', 'write names with dots'],
    [{ title: 'h3' }, 'page.item', ''],
    [{ item: '.card', body: 'p' }, 'page.body', 'is not known here'],
    [{ item: `${'a '.repeat(60)}a` }, 'page.item', 'parts'],
  ])('says what is wrong with %j', async (page, field, detail) => {
    const { status, json } = await call(givenAdmin({ pages: { [blog]: cards } }), 'POST', '/sources', {
      url: blog,
      page,
    });
    expect(status).toBe(400);
    expect(json.problems[0]).toEqual({ field, detail: expect.stringContaining(detail) });
  });

  it('is previewed by given selectors and by proposed ones', async () => {
    const admin = givenAdmin({ pages: { [blog]: cards } });
    const address = `/preview?url=${encodeURIComponent(blog)}`;
    const proposed = await call(admin, 'GET', address);
    expect(proposed.json).toMatchObject({
      kind: 'page',
      page: { item: 'div.card' },
      format: 'page',
      title: 'The Ferry Log',
    });
    expect(proposed.json.proposals.length).toBeGreaterThan(0);
    expect(proposed.json.entries).toHaveLength(6);
    const page = encodeURIComponent(JSON.stringify({ item: '.card', title: '.card-tag' }));
    const given = await call(admin, 'GET', `${address}&page=${page}`);
    expect(given.json.entries[0]).toMatchObject({ title: 'Water', published: '2026-11-20T00:00:00Z' });
    const wrong = await call(admin, 'GET', `${address}&page=${encodeURIComponent('{"item":"a["}')}`);
    expect([wrong.status, wrong.json.problems[0]?.field]).toEqual([400, 'page.item']);
    const none = await call(admin, 'GET', `${address}&page=${encodeURIComponent('{"item":".gone"}')}`);
    expect([none.status, none.json.detail]).toEqual([422, expect.stringContaining('nothing matches ".gone"')]);
  });

  it('gets other selectors, or none', async () => {
    const admin = givenAdmin({ pages: { [blog]: cards } });
    const { json } = await call(admin, 'POST', '/sources', { url: blog, page: cardSelectors });
    const path = `/sources/${json.id}`;
    expect((await call(admin, 'PATCH', path, { page: { item: 'article', title: ' ' } })).json.page).toEqual({
      item: 'article',
    });
    expect((await call(admin, 'PATCH', path, { page: null })).json.page).toBeNull();
    expect((await call(admin, 'PATCH', path, { page: { item: ')' } })).status).toBe(400);
  });

  it('refuses selectors for a feed', async () => {
    const feed =
      '<rss version="2.0"><channel><title>Feed</title><item><guid>1</guid><title>One</title></item></channel></rss>';
    const admin = givenAdmin({ pages: { 'https://places.example/feed': { body: feed } } });
    const { json } = await call(admin, 'POST', '/sources', { url: 'https://places.example/feed' });
    const refused = await call(admin, 'PATCH', `/sources/${json.id}`, { page: { item: 'p' } });
    expect([refused.status, refused.json.problems[0]?.field]).toEqual([409, 'page']);
  });

  it('is carried by subscription lists', async () => {
    const admin = givenAdmin({ pages: { [blog]: cards } });
    await call(admin, 'POST', '/sources', { url: blog, page: { ...cardSelectors, title: 'h3 > a[href*="/"]' } });
    const opml = await (await admin.ask('GET', '/admin/api/opml')).text();
    expect(opml).toContain('type="page"');
    const other = givenAdmin();
    const outcome = await call(other, 'POST', '/opml', { opml });
    expect(outcome.json).toMatchObject({ added: 1, rejected: [] });
    const [report] = other.sources.values();
    expect(report?.source).toMatchObject({
      kind: 'page',
      url: blog,
      page: { ...cardSelectors, title: 'h3 > a[href*="/"]' },
    });
    const bad = await call(other, 'POST', '/opml', { opml: opml.replace('pageItem=".card"', 'pageItem="a["') });
    expect(bad.json.rejected[0]?.reason).toContain('page item cannot be read');
  });
});
