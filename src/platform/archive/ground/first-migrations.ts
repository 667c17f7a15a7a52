/**
 * Lists the first steps of the Archive's schema, which never change any more (migrations.ts has the others).
 */
import { spanEndSql } from '../../../query/sql/entry-rowid.ts';
import { searchTables, stopText } from '../../../query/sql/search-tables.ts';

/** One step: it is applied once, under its name. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** The first steps, in their order. */
export const firstMigrations: readonly Migration[] = [
  {
    name: '0001-entries-and-sources',
    statements: [
      'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
      `CREATE TABLE source (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, site_url TEXT,
        tags TEXT NOT NULL, enabled INTEGER NOT NULL, full_text INTEGER NOT NULL, max_entries INTEGER NOT NULL,
        declared_by TEXT NOT NULL, rights TEXT
      ) WITHOUT ROWID`,
      // No index on next_check_at on purpose: a check then costs one written row, and the due list lives in memory.
      `CREATE TABLE source_state (
        source_id TEXT PRIMARY KEY, next_check_at INTEGER NOT NULL, state TEXT NOT NULL
      ) WITHOUT ROWID`,
      `CREATE TABLE entry (
        rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source_id TEXT NOT NULL, guid TEXT NOT NULL, url TEXT,
        title TEXT NOT NULL, language TEXT, sort_at INTEGER NOT NULL, first_seen INTEGER NOT NULL,
        modified INTEGER NOT NULL, sequence INTEGER NOT NULL, revision INTEGER NOT NULL, content_hash TEXT NOT NULL,
        tags TEXT NOT NULL, body TEXT NOT NULL, retired_at INTEGER, retired_why TEXT
      )`,
      'CREATE INDEX entry_by_order ON entry (sort_at DESC, id DESC) WHERE retired_at IS NULL',
      'CREATE INDEX entry_by_link ON entry (source_id, url)',
      'CREATE INDEX entry_by_source ON entry (source_id, sort_at DESC, id DESC) WHERE retired_at IS NULL',
      `CREATE TABLE entry_tag (
        tag TEXT NOT NULL, sort_at INTEGER NOT NULL, id TEXT NOT NULL, entry_rowid INTEGER NOT NULL,
        PRIMARY KEY (tag, sort_at DESC, id DESC)
      ) WITHOUT ROWID`,
      `CREATE TABLE entry_author (
        author TEXT NOT NULL, sort_at INTEGER NOT NULL, id TEXT NOT NULL, entry_rowid INTEGER NOT NULL,
        PRIMARY KEY (author, sort_at DESC, id DESC)
      ) WITHOUT ROWID`,
      ...searchTables,
      'CREATE TABLE tag (slug TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID',
      `CREATE TABLE revision (
        entry_id TEXT NOT NULL, revision INTEGER NOT NULL, content_hash TEXT NOT NULL, recorded_at INTEGER NOT NULL,
        PRIMARY KEY (entry_id, revision)
      ) WITHOUT ROWID`,
      `CREATE TABLE seed_entry (
        entry_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, tags TEXT NOT NULL
      ) WITHOUT ROWID`,
      `CREATE TABLE article_check (
        entry_id TEXT PRIMARY KEY, next_check_at INTEGER NOT NULL, state TEXT NOT NULL
      ) WITHOUT ROWID`,
    ],
  },
  {
    name: '0002-removed-sources-and-retention',
    statements: [
      `CREATE TABLE removed_source (
        id TEXT PRIMARY KEY, source TEXT NOT NULL, removed_at INTEGER NOT NULL
      ) WITHOUT ROWID`,
      // Retired entries only, so recording an entry costs no row of it.
      `CREATE INDEX entry_by_retirement ON entry (retired_why, source_id, sort_at DESC, id DESC)
        WHERE retired_at IS NOT NULL`,
    ],
  },
  {
    name: '0003-archive-months',
    statements: [
      `ALTER TABLE entry ADD COLUMN archive_month TEXT NOT NULL DEFAULT ''`,
      `UPDATE entry SET archive_month = strftime('%Y-%m', sort_at / 1000, 'unixepoch')`,
      `CREATE INDEX entry_by_month ON entry (archive_month, sort_at DESC, id DESC) WHERE retired_at IS NULL`,
    ],
  },
  {
    name: '0004-saved-views',
    statements: [
      `CREATE TABLE view (
        name TEXT PRIMARY KEY, title TEXT NOT NULL, query TEXT NOT NULL, tags TEXT NOT NULL, key_hash TEXT
      ) WITHOUT ROWID`,
    ],
  },
  {
    name: '0005-content-as-bytes',
    // Existing rows keep their content in `body` until they are written again: copying it all would take minutes.
    statements: ['ALTER TABLE entry ADD COLUMN content BLOB'],
  },
  {
    name: '0006-words',
    statements: [
      'CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID',
      `CREATE VIRTUAL TABLE word_part USING fts5 (
        parts, content = '', detail = none, tokenize = "ascii tokenchars '+'"
      )`,
      'CREATE VIRTUAL TABLE word_part_list USING fts5vocab (word_part, row)',
      `INSERT INTO meta SELECT 'unindexed_words', '' WHERE EXISTS (SELECT 1 FROM entry)`,
    ],
  },
  {
    name: '0007-stops-without-words',
    // What older entries have of words in `entry_gram` stays: no term that is looked up there is so long.
    statements: [
      'DROP TABLE word_part_list',
      'DROP TABLE word_part',
      'DROP TABLE word',
      `DELETE FROM meta WHERE key = 'unindexed_words'`,
      `INSERT INTO entry_text (rowid, title, text)
        SELECT DISTINCT ${spanEndSql('rowid')}, '${stopText}', '' FROM entry`,
    ],
  },
];
