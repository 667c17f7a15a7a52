import { describe, expect, it } from 'vitest';
import { createLoginLink, loginLinkMs, readLoginLink } from '../../src/admin/access/session.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { givenAdmin, givenNow } from '../support/given-admin.ts';
import { desk, logIn } from '../support/given-desk.ts';

const at = (ms: number): Instant => (givenNow + ms) as Instant;

const tried = (address: string): Record<string, string> => ({ 'CF-Connecting-IP': address });

describe('guessing the token', () => {
  it('has five tries of a hundred that come at once', async () => {
    const admin = givenAdmin();
    const tries = await Promise.all(Array.from({ length: 100 }, () => logIn(admin, 'wrong')));
    const statuses = tries.map(({ response }) => response.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(95);
  });

  it('from many addresses slows everybody down and locks nobody out', async () => {
    const admin = givenAdmin();
    for (let at = 0; at < 120; at += 1) await logIn(admin, 'wrong', tried(`198.51.100.${at}`));
    expect(admin.pauses).toHaveLength(20);
    const { response } = await logIn(admin, 'secret', tried('192.0.2.7'));
    expect(response.status).toBe(303);
    expect(admin.pauses).toHaveLength(21);
    expect(admin.pauses.every((ms) => ms >= 1000)).toBe(true);
  });

  it('is counted for a whole IPv6 network, however its addresses are written', async () => {
    const admin = givenAdmin();
    for (const end of ['::1', '::2', ':0:0:0:3', ':a:b:c:d', '::5:6']) {
      await logIn(admin, 'wrong', tried(`2001:db8:0:0${end}`));
    }
    expect((await logIn(admin, 'secret', tried('2001:db8::99'))).response.status).toBe(429);
    expect((await logIn(admin, 'secret', tried('2001:db8:0:1::99'))).response.status).toBe(303);
  });

  it('at the API counts with it, each wrong token once', async () => {
    const admin = givenAdmin();
    const call = (token: string, address = '198.51.100.7') =>
      admin.askAs('GET', '/admin/api/sources', {
        headers: { Authorization: `Bearer ${token}`, ...tried(address) },
      });
    for (let turn = 0; turn < 30; turn += 1) expect((await call('stale')).status).toBe(401);
    for (let turn = 0; turn < 4; turn += 1) expect((await call(`guess-${turn}`)).status).toBe(401);
    const blocked = await call('guess-4');
    expect([blocked.status, blocked.headers.get('Retry-After')]).toEqual([429, '900']);
    expect(await blocked.json()).toMatchObject({ title: 'Too many wrong tokens' });
    expect((await call('secret')).status).toBe(429);
    expect((await logIn(admin, 'secret', tried('198.51.100.7'))).response.status).toBe(429);
    expect((await call('secret', '192.0.2.1')).status).toBe(200);
    expect(
      (
        await admin.askAs('GET', '/admin/alerts.xml', {
          headers: { Authorization: 'Bearer guess-5', ...tried('198.51.100.7') },
        })
      ).status,
    ).toBe(429);
  });

  it('does not disturb the desk of who is logged in', async () => {
    const admin = givenAdmin();
    const { cookie } = await logIn(admin);
    for (let turn = 0; turn < 9; turn += 1) {
      await admin.askAs('GET', '/admin/api/sources', { headers: { Authorization: `Bearer guess-${turn}` } });
    }
    expect((await admin.askAs('GET', '/admin/rules', { headers: { Cookie: cookie } })).status).toBe(200);
  });

  it('does not count the right token', async () => {
    const admin = givenAdmin();
    for (let tries = 0; tries < 8; tries += 1) expect((await logIn(admin)).response.status).toBe(303);
  });
});

describe('a login link', () => {
  const visit = (path: string, method: 'GET' | 'HEAD' = 'GET', headers: Record<string, string> = {}) =>
    admin.askAs(method, path, { headers });
  let admin = givenAdmin();

  it('opens the desk once', async () => {
    admin = givenAdmin();
    const link = await createLoginLink('secret', givenNow);
    expect(link).toMatch(/^\/admin\/login\?once=[\w.]+$/);
    const first = await visit(link);
    expect([first.status, first.headers.get('Location')]).toEqual([303, '/admin']);
    const cookie = first.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    expect((await visit('/admin', 'GET', { Cookie: cookie })).status).toBe(200);
    const second = await visit(link);
    expect([second.status, second.headers.get('Set-Cookie')]).toEqual([401, null]);
    expect(await second.text()).toContain('was used before or has expired');
  });

  it('is not used up by programs that look at it first', async () => {
    admin = givenAdmin();
    const link = await createLoginLink('secret', givenNow);
    expect((await visit(link, 'HEAD')).headers.get('Set-Cookie')).toBeNull();
    expect((await visit(link, 'GET', { 'Sec-Purpose': 'prefetch' })).headers.get('Set-Cookie')).toBeNull();
    expect((await visit(link)).status).toBe(303);
  });

  it('expires, and holds for one token only', async () => {
    const once = (await createLoginLink('secret', givenNow)).split('=')[1] ?? '';
    expect(await readLoginLink('secret', once, at(loginLinkMs - 1000))).toBeDefined();
    expect(await readLoginLink('secret', once, at(loginLinkMs))).toBeUndefined();
    expect(await readLoginLink('other', once, givenNow)).toBeUndefined();
    expect(await readLoginLink('secret', once, at(-60_000))).toBeUndefined();
  });

  it('is not one when a single character of it is changed', async () => {
    const once = (await createLoginLink('secret', givenNow)).split('=')[1] ?? '';
    for (let at = 0; at < once.length; at += 1) {
      const tampered = once.slice(0, at) + (once[at] === '1' ? '2' : '1') + once.slice(at + 1);
      expect({ tampered, read: await readLoginLink('secret', tampered, givenNow) }).toEqual({ tampered });
    }
  });

  it('of a session’s signature is none: each purpose has a key of its own', async () => {
    const { cookie } = await logIn(givenAdmin());
    expect(await readLoginLink('secret', cookie.split('=')[1] ?? '', givenNow)).toBeUndefined();
  });
});

describe('the page that was asked for', () => {
  const wanted = '/admin/add?url=https%3A%2F%2Fa.test%2F';

  it('is opened after the login', async () => {
    const admin = givenAdmin();
    const { document } = await desk(admin, 'GET', wanted);
    const next = document.querySelector('input[name=next]')?.getAttribute('value') ?? '';
    expect(next).toBe(wanted);
    const { response } = await desk(admin, 'POST', '/admin/login', { form: { secret: 'secret', next } });
    expect(response.headers.get('Location')).toBe(wanted);
  });

  it('is kept when the first token was wrong', async () => {
    const { document } = await desk(givenAdmin(), 'POST', '/admin/login', { form: { secret: 'x', next: wanted } });
    expect(document.querySelector('input[name=next]')?.getAttribute('value')).toBe(wanted);
  });

  it.each([
    'https://evil.test/admin',
    '//evil.test/admin',
    '/\\evil.test',
    '/admin/../../evil',
    '/adminevil',
    '/admin/api/export',
    '/admin/logout',
    '/tags',
    'javascript:alert(1)',
    '',
  ])('is never %j', async (next) => {
    const { response } = await desk(givenAdmin(), 'POST', '/admin/login', { form: { secret: 'secret', next } });
    expect(response.headers.get('Location')).toBe('/admin');
  });

  it('comes once more from this site when another site led to it: only then is the cookie sent', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const { response, text } = await desk(givenAdmin(), 'GET', wanted, { headers });
    expect(response.headers.get('Refresh')).toBe(`0; url=${wanted}`);
    expect(response.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(text).not.toContain('name="secret"');
    const again = await desk(givenAdmin(), 'GET', wanted, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
    expect([again.response.status, again.response.headers.get('Refresh')]).toEqual([401, null]);
    const other = await desk(givenAdmin(), 'GET', '/admin/views', { headers });
    expect(other.response.headers.get('Refresh')).toBeNull();
  });
});
