/**
 * `explain=1`: the owner learns why a view is as it is; nobody else does.
 */
import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';

const worker = (exports as unknown as { default: Fetcher }).default;

interface Explained {
  readonly query: string;
  readonly kept: readonly { readonly title: string }[];
  readonly dropped: readonly { readonly title: string; readonly terms: readonly string[] }[];
  readonly cost: { readonly rowsRead: number; readonly rowsWritten: number; readonly ms: number };
}

function ask(path: string, token = 'token-of-the-tests'): Promise<Response> {
  return worker.fetch(`https://feeds.example${path}`, { headers: { Authorization: `Bearer ${token}` } });
}

beforeAll(async () => {
  // Loads the admin API, a chunk of its own, before any test is timed.
  await (await ask('/admin/api/explain')).text();
}, 60_000);

describe('an explanation', () => {
  it('names what is kept, and the terms that drop the rest', async () => {
    const response = await ask('/tags/rivers/rss.xml?lang=de&q=Pegel&explain=1');
    const explained = await response.json<Explained>();
    expect(explained.query).toBe('tag=rivers&lang=de&q=pegel');
    expect(explained.kept.map((entry) => entry.title)).toEqual(['Der Pegel am Morgen']);
    expect(explained.dropped.map(({ title, terms }) => [title, terms])).toEqual([
      ['A watch that runs on tides', ['tag=rivers', 'lang=de', 'q=pegel']],
      ['Where two rivers meet', ['lang=de', 'q=pegel']],
    ]);
    expect(explained.cost.rowsRead).toBeGreaterThan(0);
    expect(explained.cost.rowsWritten).toBe(0);
    expect(explained.cost.ms).toBeGreaterThanOrEqual(0);
  });

  it('is for the owner alone', async () => {
    const response = await ask('/rss.xml?explain=1', 'wrong');
    expect(response.status).toBe(401);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    await response.text();
  });

  it('says what is wrong with a query, and takes explain=1 only', async () => {
    for (const path of ['/rss.xml?limit=0&explain=1', '/rss.xml?explain=yes']) {
      const response = await ask(path);
      expect(response.status).toBe(400);
      await response.text();
    }
  });
});
