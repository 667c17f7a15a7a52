import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { retireExpired } from '../../src/platform/archive/entries/retention.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { ask, bindings, own, publish, titlesOf } from '../support/given-owner.ts';
import { givenRss, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const feedUrl = 'https://up.river.org/feed.xml';
const stub = (): DurableObjectStub => bindings.ARCHIVE.getByName('archive');

function article(number: number, title = `Archived ${number}`): string {
  const at = 1_600_000_000_000 + number * 60_000;
  return `<!--${at}-->\n[${title}](https://old.river.org/${number})\n------\n\n<div><i><br>${new Date(at - 1000).toISOString()}</i></div>\n<p>Water number ${number} runs down the hill and is written about.</p>\n`;
}

function form(files: Readonly<Record<string, string>>): FormData {
  const parts = new FormData();
  for (const [path, text] of Object.entries(files)) parts.append('article', new File([text], path));
  return parts;
}

function stamped(title: string, at: number): string {
  return article(3, title).replace(/<!--\d+-->/, `<!--${at}-->`);
}

async function send(text: string): Promise<unknown> {
  return (await own('POST', '/admin/api/entries?path=c.md', text, 'text/markdown')).json['recorded'];
}

/** Every row of the archive that feeds are made of. */
function readRows(): Promise<unknown> {
  return runInDurableObject(stub(), (_, state) => {
    const rows = (table: string, order: string): unknown[] =>
      state.storage.sql.exec(`SELECT * FROM ${table} ORDER BY ${order}`).toArray();
    return {
      entries: rows('entry', 'id').map((row) => ({ ...(row as object), rowid: 0 })),
      tags: rows('entry_tag', 'tag, sort_at, id').map((row) => ({ ...(row as object), entry_rowid: 0 })),
      sources: rows('source', 'id'),
      removed: rows('removed_source', 'id'),
      revisions: rows('revision', 'entry_id, revision'),
      seeds: rows('seed_entry', 'entry_id'),
    };
  });
}

async function readFeeds(): Promise<readonly string[]> {
  await publish();
  const feeds = [];
  for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/tags.json']) {
    const { text, headers } = await ask('GET', path);
    feeds.push(`${headers.get('ETag')}\n${text}`);
  }
  return feeds;
}

beforeAll(async () => {
  givenUpstreamFetch({ [feedUrl]: { body: givenRss('River', [1, 2, 3]), etag: '"v1"' } });
  await own('POST', '/admin/api/sources', { url: feedUrl, tags: ['Wet'] });
});

describe('archived articles sent to the API', () => {
  it('are recorded with their folders as tags, and bad ones are named', async () => {
    const files = { 'world/china/a.md': article(1), 'b.md': article(2), 'bad.md': 'no stamp' };
    const { json } = await own('POST', '/admin/api/entries', form(files));
    expect(json).toMatchObject({ recorded: 2, unchanged: 0, rejected: [{ file: 'bad.md', line: 1 }] });
    expect(await titlesOf('/tags/china')).toEqual(['Archived 1']);
  });

  it('change nothing when they come again, one by one or together', async () => {
    const before = await readRows();
    const again = await own('POST', '/admin/api/entries', form({ 'world/china/a.md': article(1), 'b.md': article(2) }));
    expect(again.json).toMatchObject({ recorded: 0, unchanged: 2 });
    const alone = await own('POST', '/admin/api/entries?path=b.md', article(2), 'text/markdown');
    expect(alone.json).toMatchObject({ recorded: 0, unchanged: 1 });
    expect(await readRows()).toEqual(before);
  });

  it('revise an entry when a later stamp says something else, and not when an earlier one does', async () => {
    expect(await send(stamped('Second', 1_700_000_000_000))).toBe(1);
    expect(await send(stamped('First', 1_650_000_000_000))).toBe(0);
    expect(await send(stamped('Third', 1_710_000_000_000))).toBe(1);
    expect(await titlesOf('/tags/old.river.org')).toContain('Third');
  });

  it('are refused in another type than text and forms', async () => {
    expect((await own('POST', '/admin/api/entries', '{}', 'application/json')).status).toBe(415);
  });
});

describe('a backup', () => {
  it('gives the same rows and the same bytes after everything was lost', async () => {
    const [rows, feeds] = [await readRows(), await readFeeds()];
    const backup = (await own('GET', '/admin/api/export')).text;
    const facets = ['entry_source', 'entry_tag', 'entry_author', 'entry_language'];
    await runInDurableObject(stub(), (_, state) => {
      for (const table of [...facets, 'entry', 'entry_key', 'duplicate', 'tag', 'revision']) {
        state.storage.sql.exec(`DELETE FROM ${table}`);
      }
      for (const table of ['entry_text', 'entry_gram']) {
        state.storage.sql.exec(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
      }
      for (const table of ['source', 'source_state', 'seed_entry', 'removed_source', 'article_check', 'meta']) {
        state.storage.sql.exec(`DELETE FROM ${table}`);
      }
    });
    await evictDurableObject(stub());
    const { json } = await own('POST', '/admin/api/import', backup, 'application/x-ndjson');
    expect(json).toMatchObject({ rejected: [], complete: true });
    expect(await readRows()).toEqual(rows);
    expect(await readFeeds()).toEqual(feeds);
    expect(await titlesOf('/tags/wet')).toEqual(['River 3', 'River 2', 'River 1']);
  });

  it('changes nothing when it is imported into the archive it is of', async () => {
    const before = await readRows();
    const backup = (await own('GET', '/admin/api/export')).text;
    const { json } = await own('POST', '/admin/api/import', backup, 'application/x-ndjson');
    expect(json).toMatchObject({ restored: 0, rejected: [], complete: true });
    expect(await readRows()).toEqual(before);
  });

  it('is not taken for whole when its end is missing, and bad lines are named', async () => {
    const lines = (await own('GET', '/admin/api/export')).text.trimEnd().split('\n');
    const cut = [...lines.slice(0, 4), '{"kind":"entry"}', 'not json'].join('\n');
    const { json } = await own('POST', '/admin/api/import', cut, 'application/x-ndjson');
    expect(json['complete']).toBe(false);
    expect(json['rejected']).toMatchObject([{ line: 5 }, { line: 6 }]);
  });

  it('cannot bring HTML that runs', async () => {
    const lines = (await own('GET', '/admin/api/export')).text.split('\n');
    const edited = lines.map((line) =>
      line.includes('"title":"Archived 1"') ? line.replace('<p>Water', '<script>alert(1)</script><p>Water') : line,
    );
    expect(edited).not.toEqual(lines);
    const { json } = await own('POST', '/admin/api/import', edited.join('\n'), 'application/x-ndjson');
    expect(json).toMatchObject({ restored: 0, rejected: [] });
  });

  it('of something else is refused before anything is touched', async () => {
    expect((await own('POST', '/admin/api/import', '{"a":1}\n', 'application/x-ndjson')).status).toBe(422);
    expect((await own('POST', '/admin/api/import', '', 'application/x-ndjson')).status).toBe(422);
  });
});

describe('retention', () => {
  const later = (Date.now() + 40 * 86_400_000) as Instant;
  const expire = (limit: number): Promise<number> =>
    runInDurableObject(stub(), (_, state) => retireExpired(wakeArchive(state.storage), 30, limit, later));

  it('drops entries of feeds in bounded steps, leaves tombstones, and spares archived articles', async () => {
    expect(await expire(2)).toBe(2);
    expect(await expire(2)).toBe(1);
    expect(await expire(2)).toBe(0);
    const left = await runInDurableObject(stub(), (_, state) =>
      state.storage.sql
        .exec(
          `SELECT retired_why, title, body, length(content_hash) > 0 AS hashed FROM entry WHERE retired_at IS NOT NULL`,
        )
        .toArray(),
    );
    expect(left).toHaveLength(3);
    expect(left[0]).toEqual({ retired_why: 'retention', title: '', body: 'null', hashed: 1 });
    expect(await titlesOf('/tags/wet')).toEqual([]);
    expect(await titlesOf('/tags/china')).toEqual(['Archived 1']);
  });

  it('does not let what it dropped come back as new, changed or not', async () => {
    const sources = (await own('GET', '/admin/api/sources')).json as unknown as { id: string; url: string }[];
    const id = sources.find((source) => source.url === feedUrl)?.id ?? '';
    await own('DELETE', `/admin/api/sources/${id}`);
    givenUpstreamFetch({ [feedUrl]: { body: givenRss('River', [1, 2, 3, 4], 'Changed'), etag: '"v2"' } });
    expect((await own('POST', '/admin/api/sources', { url: feedUrl, tags: ['Wet'] })).status).toBe(201);
    expect(await titlesOf('/tags/wet')).toEqual(['River 4']);
  });
});
