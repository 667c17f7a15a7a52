/**
 * Pages without a feed at the desk: added by proposed selectors, and given others.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type GivenAdmin, type GivenAdminOptions, givenAdmin } from '../support/given-admin.ts';
import { type DeskAnswer, desk, logIn } from '../support/given-desk.ts';

const folder = new URL('../fixtures/pages/', import.meta.url).pathname;
const blog = 'https://places.example/blog/';
const pages = { [blog]: { body: readFileSync(`${folder}cards.html`, 'utf8'), type: 'text/html' } };
const address = encodeURIComponent(blog);

async function owner(options: GivenAdminOptions = { pages }): Promise<{
  readonly admin: GivenAdmin;
  readonly get: (path: string) => Promise<DeskAnswer>;
  readonly post: (path: string, form: Record<string, string>) => Promise<DeskAnswer>;
}> {
  const admin = givenAdmin(options);
  const { cookie, formToken } = await logIn(admin);
  return {
    admin,
    get: (path) => desk(admin, 'GET', path, { cookie }),
    post: (path, form) => desk(admin, 'POST', path, { cookie, form: { token: formToken, ...form } }),
  };
}

function valueOf({ document }: DeskAnswer, name: string): string | null | undefined {
  return document.querySelector(`form[method="get"] input[name="${name}"]`)?.getAttribute('value');
}

describe('adding a page at the desk', () => {
  it('shows what the proposed selectors bring, and follows with them', async () => {
    const { admin, get, post } = await owner();
    const looked = await get(`/admin/add?url=${address}`);
    expect(looked.text).toContain('There is no feed here. The entries are read from the page itself');
    expect(looked.text).toContain('How the lock keepers read the water');
    expect(valueOf(looked, 'page-item')).toBe('div.card');
    const fields = [...looked.document.querySelectorAll('form[method="post"] input[type="hidden"]')].map((input) => [
      input.getAttribute('name') ?? '',
      input.getAttribute('value') ?? '',
    ]);
    const { token: _, ...form } = Object.fromEntries(
      fields.filter(([name]) => name === 'url' || name?.startsWith('page-')),
    );
    const { response } = await post('/admin/add', form);
    expect(response.headers.get('Location')).toMatch(/done=added$/);
    const [report] = admin.sources.values();
    expect(report?.source).toMatchObject({ kind: 'page', page: { item: 'div.card', title: 'h3', date: '.card-date' } });
  });

  it('looks with other selectors, and says what is wrong with them', async () => {
    const { get } = await owner();
    const given = await get(`/admin/add?url=${address}&page-item=.card&page-title=.card-tag`);
    expect([given.response.status, valueOf(given, 'page-title')]).toEqual([200, '.card-tag']);
    expect(given.text).toContain('>Water<');
    const wrong = await get(`/admin/add?url=${address}&page-item=${encodeURIComponent('a[')}`);
    expect(wrong.response.status).toBe(422);
    expect(wrong.text).toContain('page.item');
    expect(valueOf(wrong, 'page-item')).toBe('a[');
  });

  it('offers fields where nothing can be proposed', async () => {
    const { get } = await owner({
      pages: { [blog]: { body: '<html><body><p>Hello.</p></body></html>', type: 'text/html' } },
    });
    const looked = await get(`/admin/add?url=${address}`);
    expect(looked.text).toContain('Read the page by selectors of your own');
    expect(valueOf(looked, 'page-item')).toBe('');
  });
});

describe('the selectors of a page at the desk', () => {
  it('are shown with what they bring, and changed', async () => {
    const { admin, get, post } = await owner();
    await post('/admin/add', { url: blog, 'page-item': '.card', 'page-title': 'h3' });
    const [id = ''] = admin.sources.keys();
    const path = `/admin/sources/${id}`;
    expect((await get(path)).text).toContain(`href="${path}/selectors"`);
    const shown = await get(`${path}/selectors`);
    expect([valueOf(shown, 'page-item'), valueOf(shown, 'page-title')]).toEqual(['.card', 'h3']);
    expect(shown.text).toContain('Use these selectors');
    expect(valueOf(await get(`${path}/selectors?propose=1`), 'page-item')).toBe('div.card');
    const saved = await post(`${path}/selectors`, { 'page-item': 'div.card', 'page-date': '.card-date' });
    expect(saved.response.headers.get('Location')).toBe(`${path}?done=selectors`);
    expect(admin.sources.get(id)?.source.page).toEqual({ item: 'div.card', date: '.card-date' });
    const refused = await post(`${path}/selectors`, { 'page-item': ':hover' });
    expect([refused.response.status, refused.text.includes('is not known here')]).toEqual([400, true]);
    await post(`${path}/selectors`, {});
    expect(admin.sources.get(id)?.source.page).toBeUndefined();
  });

  it('are of pages only', async () => {
    const feed =
      '<rss version="2.0"><channel><title>Feed</title><item><guid>1</guid><title>One</title></item></channel></rss>';
    const { admin, get, post } = await owner({ pages: { 'https://places.example/feed': { body: feed } } });
    await post('/admin/add', { url: 'https://places.example/feed' });
    const [id = ''] = admin.sources.keys();
    expect((await get(`/admin/sources/${id}/selectors`)).response.status).toBe(404);
    expect((await get(`/admin/sources/${id}`)).text).not.toContain('/selectors');
  });
});
