import { describe, expect, it } from 'vitest';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { createSubscriptionList } from '../../src/http/documents/subscription-list.ts';
import { createViewMemory } from '../../src/http/feeds/view-memory.ts';
import { givenUrl } from '../support/given.ts';

function source(name: string, change: Partial<Source> = {}): Source {
  const url = givenUrl(`https://${name}.test/feed`);
  return {
    id: toSourceId(url),
    kind: 'feed',
    url,
    title: name,
    tags: [{ slug: name, label: name }],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
    ...change,
  };
}

function given(sources: readonly Source[]) {
  const asked = { times: 0, now: 0, fails: false, isDropped: false };
  const list = createSubscriptionList({
    views: createViewMemory(),
    subscriptions: async () => {
      asked.times += 1;
      if (asked.isDropped) await new Promise(() => undefined);
      if (asked.fails) throw new Error('the archive is away');
      return { sources };
    },
    title: 'T',
    now: () => asked.now,
  });
  const get = (search = '', headers: Record<string, string> = {}): Promise<Response> =>
    list({ req: { raw: new Request(`https://feeds.test/opml.xml${search}`, { headers }) } });
  return { asked, get };
}

describe('the subscription list', () => {
  const sources = [source('a'), source('b'), source('off', { enabled: false }), source('site', { kind: 'site' })];

  it('has the feeds that are followed, and nothing else', async () => {
    const text = await (await given(sources).get()).text();
    expect([...text.matchAll(/xmlUrl="https:\/\/(\w+)\.test/g)].map(([, name]) => name)).toEqual(['a', 'b']);
  });

  it.each([
    ['?tag=a', ['a']],
    ['?tag=a,b', ['a', 'b']],
    ['?tag=-a', ['b']],
    ['?tag=none', []],
  ])('is narrowed by %s', async (search, names) => {
    const text = await (await given(sources).get(search)).text();
    expect([...text.matchAll(/xmlUrl="https:\/\/(\w+)\.test/g)].map(([, name]) => name)).toEqual(names);
  });

  it('answers 304 to its entity tag and 400 to other parameters', async () => {
    const { get } = given(sources);
    const etag = (await get()).headers.get('ETag') ?? '';
    expect((await get('', { 'If-None-Match': `W/${etag}` })).status).toBe(304);
    expect((await get('?tags=a')).status).toBe(400);
  });

  it('asks the Archive once in ten seconds, and at once after a failure', async () => {
    const { asked, get } = given(sources);
    asked.fails = true;
    await expect(get()).rejects.toThrow('away');
    asked.fails = false;
    expect((await get()).status).toBe(200);
    await Promise.all([get(), get('?tag=a')]);
    expect(asked.times).toBe(2);
    asked.now += 10_001;
    expect((await get()).status).toBe(200);
    expect(asked.times).toBe(3);
  });

  it('waits for no question that another request began: the runtime may drop it', async () => {
    const { asked, get } = given(sources);
    asked.isDropped = true;
    void get();
    asked.isDropped = false;
    expect((await get()).status).toBe(200);
  });

  it('sends the list it has when the Archive does not answer', async () => {
    const { asked, get } = given(sources);
    const before = await (await get()).text();
    asked.fails = true;
    asked.now = 3_600_000;
    expect(await (await get()).text()).toBe(before);
  });
});
