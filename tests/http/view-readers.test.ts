/**
 * Readers of saved views are told of once a day, and those who got nothing are none.
 */
import { describe, expect, it } from 'vitest';
import { createViewReaders, type ViewReader } from '../../src/http/view-readers.ts';

const day = 86_400_000;

function given() {
  const told: ViewReader[] = [];
  let at = 10 * day;
  const note = createViewReaders(
    async (reader) => void told.push(reader),
    () => at,
  );
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}, status = 200): Promise<void> => {
    await note(
      new Request(`https://feeds.example${path}`, { headers }),
      new Response(status === 304 ? null : '', { status }),
    );
  };
  return { told, ask, wait: (ms: number) => (at += ms) };
}

describe('readers of saved views', () => {
  it('are told of when they are seen first, and again a day later', async () => {
    const { told, ask, wait } = given();
    const headers = { 'User-Agent': 'NetNewsWire (RSS Reader)', 'CF-Connecting-IP': '192.0.2.7' };
    await ask('/views/%E6%B0%B4/rss.xml?key=k', headers);
    await ask('/views/%E6%B0%B4/rss.xml?key=k', headers, 304);
    expect(told).toEqual([{ view: '水', reader: '192.0.2.7 NetNewsWire (RSS Reader)', people: 1 }]);
    wait(day);
    await ask('/views/%E6%B0%B4/rss.xml?key=k', headers);
    expect(told).toHaveLength(2);
  });

  it('are as many as a service says, and one service however many', async () => {
    const { told, ask } = given();
    await ask('/views/a/atom.xml', { 'User-Agent': 'Reading/1.0 (42 subscribers; feed-id=1)' });
    await ask('/views/a/atom.xml', { 'User-Agent': 'Reading/1.0 (43 subscribers; feed-id=1)' });
    expect(told).toMatchObject([{ view: 'a', people: 42 }]);
  });

  it.each([
    ['a wrong key', '/views/a/rss.xml?key=x', {}, 404],
    ['the page', '/views/a', {}, 200],
    ['a browser tab', '/views/a/rss.xml', { 'Sec-Fetch-Dest': 'document' }, 200],
    ['another feed', '/rss.xml', {}, 200],
    ['a name that is no text', '/views/%E6%B0/rss.xml', {}, 200],
  ])('are not those with %s', async (_, path, headers, status) => {
    const { told, ask } = given();
    await ask(path, headers, status);
    expect(told).toEqual([]);
  });
});
