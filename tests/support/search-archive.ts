/**
 * An Archive's tables in `node:sqlite`, filled with facts: what the SQL of queries is tested against.
 */
import { DatabaseSync } from 'node:sqlite';
import type { EntryId } from '../../src/domain/entry.ts';
import { isFound } from '../../src/query/match/text-matches.ts';
import { firstRowid, lastRowid, nextRowid } from '../../src/query/sql/entry-rowid.ts';
import { addStopSql, searchTables, toSearchRow } from '../../src/query/sql/search-tables.ts';
import type { SqlQuery } from '../../src/query/sql/sql-binder.ts';
import type { FindMembers } from '../../src/query/sql/sql-plan.ts';
import type { TextualFacts } from './arbitrary-query.ts';

const facetTable = (name: string, column: string): string =>
  `CREATE TABLE ${name} (${column} TEXT NOT NULL, sort_at INTEGER NOT NULL, id TEXT NOT NULL, entry_rowid INTEGER NOT NULL,
    PRIMARY KEY (${column}, sort_at DESC, id DESC)) WITHOUT ROWID`;

/** An archive without entries. */
export function createSearchArchive(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  const statements = [
    `CREATE TABLE entry (rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source_id TEXT NOT NULL, sort_at INTEGER NOT NULL,
      url TEXT, body TEXT NOT NULL, retired_at INTEGER)`,
    'CREATE INDEX entry_by_order ON entry (sort_at DESC, id DESC) WHERE retired_at IS NULL',
    facetTable('entry_source', 'source'),
    'CREATE TABLE duplicate (entry_id TEXT PRIMARY KEY, shown_as TEXT NOT NULL, is_shown INTEGER NOT NULL)',
    facetTable('entry_tag', 'tag'),
    facetTable('entry_author', 'author'),
    ...searchTables,
  ];
  for (const statement of statements) db.exec(statement);
  return db;
}

/** Adds entries, in the order given. */
export function addEntries(db: DatabaseSync, entries: readonly TextualFacts[]): void {
  const insert = {
    entry: db.prepare('INSERT INTO entry (rowid, id, source_id, sort_at, url, body) VALUES (?, ?, ?, ?, ?, ?)'),
    source: db.prepare('INSERT INTO entry_source VALUES (?, ?, ?, ?)'),
    duplicate: db.prepare('INSERT INTO duplicate VALUES (?, ?, 1)'),
    tag: db.prepare('INSERT INTO entry_tag VALUES (?, ?, ?, ?)'),
    author: db.prepare('INSERT INTO entry_author VALUES (?, ?, ?, ?)'),
    language: db.prepare('INSERT INTO entry_language VALUES (?, ?, ?, ?)'),
    text: db.prepare('INSERT INTO entry_text (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)'),
    gram: db.prepare('INSERT INTO entry_gram (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)'),
  };
  const highest = db.prepare('SELECT max(rowid) AS rowid FROM entry WHERE rowid BETWEEN ? AND ?');
  const stop = db.prepare(addStopSql);
  db.exec('BEGIN');
  for (const { id, sortAt, tags, authors, source, sources, languages, title, text, url } of entries) {
    const last = highest.get(firstRowid(sortAt), lastRowid(sortAt))?.['rowid'];
    const rowid = nextRowid(sortAt, typeof last === 'number' ? last : undefined);
    if (rowid === undefined) throw new Error('the span is full');
    if (last === null) stop.run(lastRowid(sortAt));
    insert.entry.run(rowid, id, source, sortAt, url ?? null, text);
    for (const one of sources) {
      insert.source.run(one, sortAt, id, rowid);
      if (sources.length > 1) insert.duplicate.run(`${id} ${one}`, id);
    }
    for (const tag of tags) insert.tag.run(tag, sortAt, id, rowid);
    for (const author of authors) insert.author.run(author, sortAt, id, rowid);
    for (const range of languages) insert.language.run(range, sortAt, id, rowid);
    const row = toSearchRow(title, text);
    insert.text.run(rowid, row.title, row.text);
    insert.gram.run(rowid, row.titleGrams, row.textGrams);
  }
  db.exec('COMMIT');
}

/** Retires an entry the way the Archive does: its row stays, it is in no index. */
export function retireEntry(db: DatabaseSync, id: EntryId): void {
  const rowid = Number(db.prepare('SELECT rowid FROM entry WHERE id = ?').get(id)?.['rowid']);
  db.prepare('UPDATE entry SET retired_at = 1 WHERE id = ?').run(id);
  for (const table of ['entry_source', 'entry_tag', 'entry_author', 'entry_language'])
    db.prepare(`DELETE FROM ${table} WHERE entry_rowid = ?`).run(rowid);
  for (const table of ['entry_text', 'entry_gram'])
    db.prepare(`DELETE FROM ${table} WHERE rowid = CAST(? AS INTEGER)`).run(rowid);
}

/** The authors and tags of these entries that hold a term. */
export function findMembersIn(entries: readonly TextualFacts[]): FindMembers {
  return (facet, term) => {
    const members = entries.flatMap((entry) => (facet === 'tags' ? entry.tags : entry.authors));
    return [...new Set(members)].filter((member) => isFound(term, member));
  };
}

/** Runs a statement and gives the ids in its order. */
export function idsOf(db: DatabaseSync, { sql, params }: SqlQuery): EntryId[] {
  return db
    .prepare(sql)
    .all(...params)
    .map((row) => String(row['id']) as EntryId);
}
