/**
 * A release that reads better changes texts, and nothing else: no entry comes back as new, moves, or gets another name.
 */
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/domain/content-hash.ts';
import { type Entry, toEntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { EntryRecording } from '../../src/pipeline/recording.ts';
import { type EntryBody, readEntryBody } from '../../src/platform/archive/entries/entry-body.ts';
import { retireEntry, writeEntry } from '../../src/platform/archive/entries/write-entries.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { givenSource } from '../support/archive-objects.ts';
import { givenInstant } from '../support/given.ts';

const bindings = env as unknown as Bindings;
const source = givenSource('reread.example');
const id = toEntryId(source.id, 'one');
const [before, now] = [givenInstant('2026-11-01T00:00:00Z'), givenInstant('2026-11-20T00:00:00Z')];

function entryOf(fields: Partial<Entry<SafeHtml>>): Entry<SafeHtml> {
  return {
    id,
    guid: 'one',
    title: 'One',
    summary: 'About one.',
    authors: [],
    categories: [],
    enclosures: [],
    ...fields,
  };
}

/** An entry as the build of before recorded it: its hash names no version. */
function recordedBefore(fields: Partial<Entry<SafeHtml>>): EntryRecording {
  const entry = entryOf(fields);
  return { entry, sourceId: source.id, tags: [], contentHash: contentHash(entry).split('.')[1] ?? '' };
}

function recordedNow(fields: Partial<Entry<SafeHtml>>): EntryRecording {
  const entry = entryOf(fields);
  return { entry, sourceId: source.id, tags: [], contentHash: contentHash(entry) };
}

function inArchive<T>(name: string, work: (sql: SqlStorage) => T): Promise<T> {
  return runInDurableObject(bindings.ARCHIVE.getByName(name), (_, { storage }) => work(storage.sql));
}

function row(sql: SqlStorage): Record<string, unknown> & EntryBody {
  return sql.exec<Record<string, SqlStorageValue> & EntryBody>('SELECT * FROM entry WHERE id = ?', id).one();
}

describe('an entry that a newer reader sees differently', () => {
  it('gets its better text, and keeps its name, its place, its date of change and its revision', async () => {
    await inArchive('better', (sql) => {
      writeEntry(sql, recordedBefore({ summary: 'Worse.', published: before }), 1, before);
      const held = row(sql);
      const change = writeEntry(sql, recordedNow({ guid: 'other', summary: 'Better.', published: now }), 2, now);
      expect(change).toHaveProperty('before');
      const { sort_at, modified, revision, first_seen, rowid, guid } = row(sql);
      expect(readEntryBody(row(sql))?.summary).toBe('Better.');
      expect({ sort_at, modified, revision, first_seen, rowid, guid }).toEqual({
        sort_at: held['sort_at'],
        modified: held['modified'],
        revision: held['revision'],
        first_seen: held['first_seen'],
        rowid: held['rowid'],
        guid: 'one',
      });
    });
  });

  it('learns what a former release did not keep, and is no news', async () => {
    await inArchive('learned', (sql) => {
      writeEntry(sql, recordedBefore({ published: before }), 1, before);
      const held = row(sql);
      const modules = [{ name: 'itunes:episode', text: '7' }];
      writeEntry(sql, recordedNow({ published: before, modules, feedUpdated: now }), 2, now);
      const learned = row(sql);
      expect(readEntryBody(learned)).toMatchObject({ modules, feedUpdated: now });
      for (const name of ['guid', 'sort_at', 'first_seen', 'modified', 'revision'])
        expect(learned[name]).toEqual(held[name]);
    });
  });

  it('changes nothing but its hash when it reads the same', async () => {
    await inArchive('same', (sql) => {
      writeEntry(sql, recordedBefore({}), 1, before);
      expect(writeEntry(sql, recordedNow({}), 2, now)).toBeUndefined();
      expect(row(sql)).toMatchObject({ sequence: 1, content_hash: recordedNow({}).contentHash });
      expect(writeEntry(sql, recordedNow({ summary: 'Edited.' }), 3, now)).toHaveProperty('before');
      expect(row(sql)).toMatchObject({ sequence: 3, revision: 2, modified: now });
    });
  });

  it('stays away when it is over the cap of its source', async () => {
    await inArchive('capped', (sql) => {
      writeEntry(sql, recordedBefore({}), 1, before);
      retireEntry(sql, id, 2, 'over-cap', before);
      expect(writeEntry(sql, recordedNow({ summary: 'Better.' }), 3, now)).toBeUndefined();
      expect(row(sql)['retired_why']).toBe('over-cap');
    });
  });
});

describe('an entry with "updated" only', () => {
  it('stands at its first "updated" for good', async () => {
    await inArchive('updated-only', (sql) => {
      writeEntry(sql, recordedNow({ updated: before }), 1, now);
      expect(row(sql)['sort_at']).toBe(before);
      writeEntry(sql, recordedNow({ updated: now, summary: 'Edited.' }), 2, now);
      expect(row(sql)).toMatchObject({ sort_at: before, modified: now });
    });
  });
});
