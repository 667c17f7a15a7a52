/**
 * A one-time login link opens the desk once, whichever isolate is asked: the Archive remembers it.
 */
import { exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { createLoginLink } from '../../src/admin/access/session.ts';

const worker = (exports as unknown as { default: Fetcher }).default;

const visit = async (path: string): Promise<number> => {
  const response = await worker.fetch(`https://feeds.example${path}`, { redirect: 'manual' });
  await response.text();
  return response.status;
};

it('a login link works once', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => createLoginLink('token-of-the-tests', Date.now())));
  // Alone, so that the desk is loaded: the test runner's import() is one promise for all requests, that of a bundle is not.
  expect(await visit(two ?? '')).toBe(303);
  expect(new Set(await Promise.all([visit(one ?? ''), visit(one ?? '')]))).toEqual(new Set([303, 401]));
  expect(await visit(one ?? '')).toBe(401);
});
