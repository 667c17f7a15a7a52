import { describe, expect, it } from 'vitest';
import { createSessions, sessionMs } from '../../src/admin/access/session.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type GivenAdmin, givenAdmin, givenNow } from '../support/given-admin.ts';
import { desk, logIn } from '../support/given-desk.ts';

const request = (cookie: string): Request => new Request('https://feeds.test/admin', { headers: { Cookie: cookie } });
const later = (ms: number): Instant => (givenNow + ms) as Instant;

describe('a session', () => {
  it('holds until it expires, and not a moment longer', async () => {
    const sessions = createSessions('secret');
    const [cookie = ''] = (await sessions.open(request(''), givenNow)).split(';');
    const held = await sessions.find(request(cookie), givenNow);
    expect(held?.formToken).toMatch(/^[0-9a-f]{64}$/);
    expect(await sessions.find(request(cookie), later(sessionMs - 1000))).toEqual(held);
    expect(await sessions.find(request(cookie), later(sessionMs))).toBeUndefined();
  });

  it('is not one when a single character of it is changed', async () => {
    const sessions = createSessions('secret');
    const [cookie = ''] = (await sessions.open(request(''), givenNow)).split(';');
    for (let at = cookie.indexOf('=') + 1; at < cookie.length; at += 1) {
      const other = cookie[at] === '1' ? '2' : '1';
      const tampered = cookie.slice(0, at) + other + cookie.slice(at + 1);
      expect({ tampered, held: await sessions.find(request(tampered), givenNow) }).toEqual({ tampered });
    }
  });

  it('ends when the token is another', async () => {
    const [cookie = ''] = (await createSessions('secret').open(request(''), givenNow)).split(';');
    expect(await createSessions('other').find(request(cookie), givenNow)).toBeUndefined();
  });

  it('is found beside other cookies, and each has a form token of its own', async () => {
    const sessions = createSessions('secret');
    const [one = ''] = (await sessions.open(request(''), givenNow)).split(';');
    const [two = ''] = (await sessions.open(request(''), givenNow)).split(';');
    const held = await sessions.find(request(`theme=dark; ${one}; x=y`), givenNow);
    expect(held).toBeDefined();
    expect((await sessions.find(request(two), givenNow))?.formToken).not.toBe(held?.formToken);
  });
});

describe('logging in', () => {
  it('gives a cookie that scripts cannot read and other sites cannot send, over TLS only where there is TLS', async () => {
    const { setCookie, response } = await logIn(givenAdmin());
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('/admin');
    expect(setCookie).toMatch(/; Path=\/admin; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/);
    const plain = await createSessions('secret').open(new Request('http://127.0.0.1:8787/admin'), givenNow);
    expect(plain).not.toContain('Secure');
  });

  it('refuses a wrong token, and after five of them waits, even for the right one', async () => {
    const admin = givenAdmin();
    for (let tries = 0; tries < 5; tries += 1) {
      const { response } = await logIn(admin, 'wrong');
      expect(response.status).toBe(401);
      expect(response.headers.get('Set-Cookie')).toBeNull();
    }
    const { response } = await logIn(admin);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(response.headers.get('Set-Cookie')).toBeNull();
    const { response: elsewhere } = await logIn(admin, 'secret', { 'CF-Connecting-IP': '192.0.2.7' });
    expect(elsewhere.status).toBe(303);
  });

  it('takes a neighbour in the same IPv6 network for the same client', async () => {
    const admin = givenAdmin();
    for (let tries = 0; tries < 5; tries += 1) {
      await logIn(admin, 'wrong', { 'CF-Connecting-IP': `2001:db8:1:2::${tries}` });
    }
    expect((await logIn(admin, 'secret', { 'CF-Connecting-IP': '2001:db8:1:2::99' })).response.status).toBe(429);
  });

  it('is refused to forms of other sites', async () => {
    const { response } = await logIn(givenAdmin(), 'secret', { Origin: 'https://evil.test' });
    expect(response.status).toBe(403);
  });

  it('is off without a token in the settings, and says how to switch it on', async () => {
    const { response, text } = await desk(givenAdmin({ adminToken: null }), 'GET', '/admin');
    expect(response.status).toBe(403);
    expect(text).toContain('secret put ADMIN_TOKEN');
  });

  it('is asked of everybody who has no session, at every address of the desk', async () => {
    for (const path of [
      '/admin',
      '/admin/add',
      '/admin/transfer',
      '/admin/rules',
      '/admin/views',
      '/admin/sources/x',
      '/admin/nothing',
    ]) {
      const { response, text } = await desk(givenAdmin(), 'GET', path);
      expect({ path, status: response.status }).toEqual({ path, status: 401 });
      expect(text).toContain('Admin token');
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.headers.get('X-Robots-Tag')).toContain('noindex');
    }
  });

  it('ends with logging out: the browser forgets the cookie', async () => {
    const admin = givenAdmin();
    const { cookie, formToken } = await logIn(admin);
    const { response } = await desk(admin, 'POST', '/admin/logout', { cookie, form: { token: formToken } });
    expect(response.status).toBe(303);
    expect(response.headers.get('Set-Cookie')).toContain('=; Path=/admin; Max-Age=0');
  });
});

describe('a form', () => {
  const refusals: readonly (readonly [string, Record<string, string>, boolean])[] = [
    ['another site', { Origin: 'https://evil.test' }, true],
    ['a sandbox', { Origin: 'null' }, true],
    ['a neighbour on the same site', { 'Sec-Fetch-Site': 'same-site' }, true],
    ['somebody who has not its token', {}, false],
  ];

  it.each(refusals)('of %s changes nothing', async (_, headers, withToken) => {
    const admin: GivenAdmin = givenAdmin({
      pages: { 'https://a.test/feed': { body: '<rss version="2.0"><channel><title>A</title></channel></rss>' } },
    });
    const { cookie, formToken } = await logIn(admin);
    const form = { url: 'https://a.test/feed', ...(withToken ? { token: formToken } : { token: 'x' }) };
    const { response } = await desk(admin, 'POST', '/admin/add', { cookie, form, headers });
    expect(response.status).toBe(403);
    expect(admin.sources.size).toBe(0);
    expect(admin.requests).toEqual([]);
  });

  it('of a session that is over asks for the token again', async () => {
    const { response } = await desk(givenAdmin(), 'POST', '/admin/refresh', { form: { token: 'x' } });
    expect(response.status).toBe(401);
  });
});

const call = (admin: GivenAdmin, method: string, headers: Record<string, string>): Promise<Response> =>
  admin.askAs(method, method === 'GET' ? '/admin/api/sources' : '/admin/api/refresh', { headers });

describe('the session at the admin API', () => {
  it('lets the owner read, and change from a page of ours', async () => {
    const admin = givenAdmin();
    const { cookie } = await logIn(admin);
    expect((await call(admin, 'GET', { Cookie: cookie })).status).toBe(200);
    expect((await call(admin, 'POST', { Cookie: cookie, Origin: 'https://feeds.test' })).status).toBe(202);
  });

  it.each([
    ['GET', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['POST', { Origin: 'https://evil.test' }, 403],
    ['POST', {}, 403],
    ['POST', { Authorization: 'Bearer wrong', Origin: 'https://feeds.test' }, 401],
  ] as const)('refuses %s with %j', async (method, headers, status) => {
    const admin = givenAdmin();
    const { cookie } = await logIn(admin);
    expect((await call(admin, method, { Cookie: cookie, ...headers })).status).toBe(status);
  });

  it('refuses a cookie that somebody else signed', async () => {
    const [cookie = ''] = (await createSessions('guess').open(request(''), givenNow)).split(';');
    expect((await call(givenAdmin(), 'GET', { Cookie: cookie })).status).toBe(401);
  });
});
