/**
 * A source that was just added has a feed at once, and one client cannot ask the Archive without end.
 */
import { expect, it, vi } from 'vitest';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { ask, bindings, publish } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 60_000 });

it('has its feed from the Archive until it is published', async () => {
  await recordArticles(bindings, givenSource('old.example'), [{ name: 'old' }]);
  await publish();
  expect((await ask('GET', '/rss.xml')).status).toBe(200);
  const source = givenSource('new.example');
  expect((await ask('GET', `/sources/${source.id}/feed.json`)).status).toBe(404);
  await recordArticles(bindings, source, [{ name: 'fresh' }]);
  const { status, json, headers } = await ask('GET', `/sources/${source.id}/feed.json?limit=9`);
  expect(status).toBe(200);
  expect((json['items'] as unknown[]).length).toBe(1);
  expect(headers.get('Cache-Control')).toBe('public, max-age=5');
});

function askAs(ip: string, at: number) {
  return ask('GET', `/rss.xml?q=word${at}`, { headers: { 'CF-Connecting-IP': ip } });
}

it('refuses a client that asks for ever other views, and nobody else', async () => {
  let [asked, last] = [0, 200];
  // The minute may begin anew meanwhile.
  for (; last === 200 && asked < 650; asked += 1) last = (await askAs('192.0.2.7', asked)).status;
  expect(last).toBe(429);
  expect(asked).toBeGreaterThan(300);
  expect((await askAs('192.0.2.8', 1)).status).toBe(200);
  expect((await ask('GET', '/rss.xml', { headers: { 'CF-Connecting-IP': '192.0.2.7' } })).status).toBe(200);
});
