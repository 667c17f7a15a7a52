/**
 * One article that several sources bring is one entry in every view, inside the runtime and on its own SQLite.
 */
import { expect, it, vi } from 'vitest';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import type { Source } from '../../src/domain/source.ts';
import type { BackupRecord } from '../../src/pipeline/backup-format.ts';
import { explainQuery } from '../../src/platform/archive/answers/explain-entry.ts';
import { followDeduplication, regroupSome } from '../../src/platform/archive/duplicates/regrouping.ts';
import { findEntry } from '../../src/platform/archive/entries/read-entries.ts';
import { retireRemoved } from '../../src/platform/archive/follow/source-removal.ts';
import { readMeta } from '../../src/platform/archive/ground/meta.ts';
import { type ArchiveState, changeEntries, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { backUp } from '../../src/platform/archive/owner/backup-rows.ts';
import { changeSource, removeSource, restoreSource } from '../../src/platform/archive/owner/change-source.ts';
import { restoreRecords } from '../../src/platform/archive/owner/restore-rows.ts';
import { listOrigins } from '../../src/platform/archive/rows/source-origins.ts';
import { everything } from '../../src/query/language/query.ts';
import { inNewObject } from '../support/random-archive.ts';
import { ask, follow, later, record } from '../support/shared-articles.ts';

vi.setConfig({ testTimeout: 60_000 });

const link = 'https://news.example/2026/article' as HttpUrl;

/** An Archive with three sources. */
function inArchive(
  work: (archive: ArchiveState, a: Source, b: Source, c: Source) => void | Promise<void>,
): Promise<void> {
  return inNewObject('duplicates', async (storage) => {
    const archive = wakeArchive(storage);
    const [a, b, c] = ['a.example', 'b.example', 'c.example'].map((host) => follow(archive, host));
    if (a !== undefined && b !== undefined && c !== undefined) await work(archive, a, b, c);
  });
}

it('an article in three feeds is one entry with the tags of all and the fullest text', async () => {
  await inArchive((archive, a, b, c) => {
    const id = record(archive, a, { name: 'one', url: link, text: 'Short.', tags: ['x'] });
    record(archive, b, {
      name: 'two',
      url: `${link}/?utm_source=b` as HttpUrl,
      text: 'Short. And much more.',
      tags: ['y'],
    });
    record(archive, c, { name: 'three', url: link.replace('https', 'http') as HttpUrl, text: 'Short.', tags: ['z'] });
    const [entry, ...others] = ask(archive);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      id: expect.stringContaining(id),
      content_html: '<p>Short. And much more.</p>',
      tags: ['x', 'y', 'z'],
      _tributary: { source: { title: 'b.example' }, also: [{ title: 'a.example' }, { title: 'c.example' }] },
    });
    for (const params of ['tag=x,y', 'tag=z', `source=${a.id}`, `source=${b.id}`, `source=${c.id}`, 'q=much']) {
      expect([params, ask(archive, params).length]).toEqual([params, 1]);
    }
    expect(ask(archive, `source=-${a.id}`)).toHaveLength(1);
    expect(ask(archive, `source=-${a.id},-${b.id},-${c.id}`)).toHaveLength(0);
    expect(archive.totals.entries()).toBe(1);
    expect(archive.totals.countOf('sources', c.id)).toBe(1);
    const { kept } = explainQuery(archive, everything, later());
    expect(kept).toMatchObject([
      {
        id,
        also: [
          { source: a.id, why: 'link' },
          { source: c.id, why: 'link' },
        ],
      },
    ]);
  });
});

it('the feed of a source has its own text, tags and guid', async () => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'a-long-guid-of-a', url: link, text: 'Short.', tags: ['x'] });
    record(archive, b, { name: 'a-long-guid-of-b', url: link, text: 'Short. And more.', tags: ['y'] });
    record(archive, b, { name: 'another-guid-of-b', url: `${link}2` as HttpUrl, title: 'Other', tags: ['y'] });
    expect(ask(archive, '', a)).toMatchObject([{ id: 'a-long-guid-of-a', content_html: '<p>Short.</p>', tags: ['x'] }]);
    expect(
      ask(archive, '', b)
        .map((item) => item.id)
        .toSorted(),
    ).toEqual(['a-long-guid-of-b', 'another-guid-of-b']);
    expect(ask(archive, 'tag=x', b)).toEqual([]);
    expect(ask(archive, 'q=more', b)).toHaveLength(1);
    expect(ask(archive, 'q=more', a)).toEqual([]);
    expect(JSON.stringify(ask(archive, '', a))).not.toContain('"also"');
  });
});

it('when the source that gave the text goes, the next text takes its place and the id stays', async () => {
  await inArchive((archive, a, b, c) => {
    const id = record(archive, a, {
      name: 'a-long-guid-of-a',
      url: link,
      text: 'The first and fullest text.',
      tags: ['x'],
    });
    record(archive, b, { name: 'b-b-b-b-b', url: link, text: 'The second.', tags: ['y'] });
    record(archive, c, { name: 'c-c-c-c-c', url: link, text: 'The third text.', tags: ['z'] });
    const before = ask(archive)[0]?.id;
    removeSource(archive, a.id, later());
    while (retireRemoved(archive, later()));
    expect(ask(archive)).toMatchObject([{ id: before, content_html: '<p>The third text.</p>', tags: ['y', 'z'] }]);
    expect(ask(archive, `source=${a.id}`)).toEqual([]);
    expect(ask(archive, 'q=fullest')).toEqual([]);
    expect(ask(archive, 'q=third')).toHaveLength(1);
    expect(findEntry(archive.sql, id, listOrigins(archive.sql))?.origin.sourceId).toBe(c.id);
    changeEntries(archive, (log) => restoreSource(archive.sql, a, log, later()));
    expect(ask(archive)).toMatchObject([{ id: before, tags: ['x', 'y', 'z'] }]);
    expect(ask(archive, 'q=fullest')).toHaveLength(1);
    expect(archive.totals.entries()).toBe(1);
  });
});

it.each([
  ['the home page of a site', { url: 'https://news.example/' as HttpUrl }, {}],
  ['other files', {}, { enclosures: [{ url: 'https://news.example/2.mp3' as HttpUrl }] }],
  ['a note with another title and another text', {}, { title: 'Read this', text: 'I like it.' }],
])('%s are two entries', async (_, both, second) => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'one', url: link, ...both });
    record(archive, b, { name: 'two', url: link, ...both, ...second });
    expect(ask(archive)).toHaveLength(2);
  });
});

it('a link that several entries of a source share is no link of one article, also when the second comes later', async () => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'one', url: link });
    record(archive, b, { name: 'two', url: link });
    expect(ask(archive)).toHaveLength(1);
    record(archive, b, { name: 'three', url: link, title: 'Another' });
    expect(ask(archive)).toHaveLength(3);
    expect(archive.totals.entries()).toBe(3);
  });
});

it('one guid that is unique in the world is one article, whatever its title and link', async () => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'tag:news.example,2026:1', url: link });
    record(archive, b, {
      name: 'tag:news.example,2026:1',
      url: `${link}?by=b` as HttpUrl,
      title: 'News: An article',
      text: 'Else.',
    });
    expect(ask(archive)).toHaveLength(1);
    const { kept } = explainQuery(archive, everything, later());
    expect(kept[0]?.also).toEqual([{ source: b.id, why: 'guid' }]);
  });
});

it('two articles with one guid that is none in the world have two ids', async () => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'article-12345', url: link });
    record(archive, b, { name: 'article-12345', url: `${link}2` as HttpUrl, title: 'Other', text: 'Else.' });
    const ids = ask(archive).map((item) => item.id);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toContain('article-12345');
    record(archive, b, { name: 'article-12345', url: `${link}2` as HttpUrl, title: 'Other, revised', text: 'Else.' });
    expect(new Set(ask(archive).map((item) => item.id))).toEqual(new Set(ids));
  });
});

it('private sources are never one with public ones, and leave nothing behind when they become private', async () => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'secret-guid-of-a', url: link, text: 'Longer secret text of a.' });
    record(archive, b, { name: 'public-guid-of-b', url: link, text: 'Public.' });
    changeSource(archive, a.id, { isPrivate: true }, later());
    const text = JSON.stringify(ask(archive));
    expect(text).toContain('public-guid-of-b');
    expect(text).not.toContain('secret');
    expect(text).not.toContain('a.example');
    changeSource(archive, a.id, { isPrivate: false }, later());
    expect(ask(archive)).toHaveLength(1);
  });
});

function finish(archive: ArchiveState): void {
  while (regroupSome(archive, later(), 2));
  expect(readMeta(archive.sql, 'regrouping')).toBeUndefined();
}

it('is switched off and on for all and for a source, in the background', async () => {
  await inArchive((archive, a, b) => {
    record(archive, a, { name: 'one', url: link });
    record(archive, b, { name: 'two', url: link });
    const before = ask(archive);
    followDeduplication(archive.sql, false);
    finish(archive);
    expect(ask(archive)).toHaveLength(2);
    followDeduplication(archive.sql, true);
    finish(archive);
    expect(ask(archive)).toEqual(before);
    changeSource(archive, b.id, { keepsDuplicates: true }, later());
    finish(archive);
    expect(ask(archive)).toHaveLength(2);
    changeSource(archive, b.id, { keepsDuplicates: false }, later());
    finish(archive);
    expect(ask(archive)).toEqual(before);
  });
});

function* readAll(archive: ArchiveState): Iterable<BackupRecord> {
  for (let from: string | undefined, page = backUp(archive, undefined, true); ; page = backUp(archive, from, true)) {
    const lines = new TextDecoder().decode(page.lines).split('\n').slice(0, -1);
    for (const line of lines) yield JSON.parse(line);
    from = page.next;
    if (from === undefined) return;
  }
}

it('a backup brings groups back under the same ids', async () => {
  await inArchive(async (archive, a, b) => {
    record(archive, a, { name: 'the-guid-of-a', url: link, text: 'Short.' });
    record(archive, b, { name: 'the-guid-of-b', url: link, text: 'A longer text.' });
    const records = [...readAll(archive)];
    const before = ask(archive);
    await inNewObject('duplicates-restored', (storage) => {
      const restored = wakeArchive(storage);
      const entries = records.filter(({ kind }) => kind === 'entry');
      restoreRecords(restored, [...records.filter(({ kind }) => kind !== 'entry'), ...entries.toReversed()], later());
      expect(ask(restored)).toEqual(before);
      expect(restoreRecords(restored, records, later()).filter(Boolean)).toEqual([]);
    });
  });
});
