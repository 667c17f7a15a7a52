import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameSecret } from '../../src/admin/access/bearer-token.ts';
import { operations } from '../../src/admin/api/contract/operations.ts';
import { givenAdmin } from '../support/given-admin.ts';

describe('the admin API', () => {
  const protectedCalls = operations.filter((operation) => operation.isPublic !== true);

  it.each(protectedCalls.map((call) => [call.method.toUpperCase(), call.path] as const))(
    'refuses %s %s without the token, and says how to send it',
    async (method, path) => {
      const { ask } = givenAdmin();
      for (const authorization of ['', 'Bearer wrong', 'Basic c2VjcmV0', 'Bearer', 'secret']) {
        const response = await ask(method, path, { headers: { Authorization: authorization } });
        expect(response.status).toBe(401);
        expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer realm="/);
        expect(response.headers.get('Content-Type')).toContain('application/problem+json');
      }
    },
  );

  it('refuses unknown paths without the token, too: they tell nothing', async () => {
    const response = await givenAdmin().ask('GET', '/admin/api/what', { headers: { Authorization: 'Bearer x' } });
    expect(response.status).toBe(401);
  });

  it('is off when no token is set, and says how to set one', async () => {
    const { ask } = givenAdmin({ adminToken: null });
    const response = await ask('GET', '/admin/api/sources', { headers: { Authorization: 'Bearer ' } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      setting: 'ADMIN_TOKEN',
      detail: expect.stringContaining('secret put'),
    });
  });

  it('takes the scheme in any case', async () => {
    const response = await givenAdmin().ask('GET', '/admin/api/sources', {
      headers: { Authorization: 'bearer secret' },
    });
    expect(response.status).toBe(200);
  });

  it('answers 404 for what is not there, and 405 with the methods that are', async () => {
    const { ask } = givenAdmin();
    expect((await ask('GET', '/admin/api/what')).status).toBe(404);
    const response = await ask('PUT', '/admin/api/sources/abc');
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, PATCH, DELETE, HEAD, OPTIONS');
    const options = await ask('OPTIONS', '/openapi.json');
    expect([options.status, options.headers.get('Allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });
});

describe('comparing secrets', () => {
  it('is equality', () => {
    assert(
      property(string(), string(), (a, b) => {
        expect(isSameSecret(a, b)).toBe(a === b);
        expect(isSameSecret(a, a)).toBe(true);
      }),
    );
  });
});
