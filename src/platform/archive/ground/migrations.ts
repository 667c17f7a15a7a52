/**
 * The Archive's schema, as a list of named steps that only ever grows.
 *
 * `PRAGMA user_version` and `BEGIN` are refused in a Durable Object, so the applied names are kept in a table of their
 * own and each step runs inside `transactionSync`. Every table is described in docs/storage.md.
 */
import { spanEndSql } from '../../../query/sql/entry-rowid.ts';
import { searchTables, stopText } from '../../../query/sql/search-tables.ts';

interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

const migrations: readonly Migration[] = [
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
      // Holds nothing of what is shown: recording an entry costs no row of it.
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
    // Rows that are there keep their content in `body` until they are written again: copying it all would take minutes.
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
  {
    name: 'alerts-and-owner-log',
    statements: [
      `CREATE TABLE alert (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, source_id TEXT, title TEXT,
        detail TEXT NOT NULL, is_open INTEGER NOT NULL, is_delivered INTEGER NOT NULL
      )`,
      'CREATE INDEX alert_open ON alert (source_id) WHERE is_open = 1',
      `CREATE TABLE owner_action (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, times INTEGER NOT NULL
      )`,
      `CREATE TABLE hour_use (
        hour INTEGER PRIMARY KEY, rounds INTEGER NOT NULL, jobs INTEGER NOT NULL, publishes INTEGER NOT NULL,
        kv_writes INTEGER NOT NULL
      ) WITHOUT ROWID`,
    ],
  },
  {
    name: '0007-seed-packs',
    statements: [
      'CREATE TABLE seed_pack (name TEXT PRIMARY KEY, ids TEXT NOT NULL) WITHOUT ROWID',
      'ALTER TABLE seed_entry ADD COLUMN first_check_at INTEGER NOT NULL DEFAULT 0',
    ],
  },
  {
    name: 'window-segments',
    statements: [
      `CREATE TABLE rendered (
        entry_rowid INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, plain_bytes INTEGER NOT NULL,
        bytes INTEGER NOT NULL, fragments BLOB NOT NULL
      )`,
      'CREATE TABLE segment (name TEXT PRIMARY KEY, is_open INTEGER NOT NULL, members TEXT NOT NULL) WITHOUT ROWID',
      'CREATE TABLE published (key TEXT PRIMARY KEY, written_at INTEGER, replaced_at INTEGER) WITHOUT ROWID',
      // What a former release published has another layout: the first publish replaces it.
      `INSERT INTO meta SELECT 'published_sequence', '' WHERE EXISTS (SELECT 1 FROM entry)
        ON CONFLICT (key) DO UPDATE SET value = ''`,
    ],
  },
  {
    name: '0009-entry-aliases',
    statements: [
      'CREATE TABLE entry_alias (id TEXT PRIMARY KEY, entry_id TEXT NOT NULL) WITHOUT ROWID',
      'CREATE INDEX entry_alias_by_entry ON entry_alias (entry_id)',
    ],
  },
  {
    name: 'without-former-rules',
    // The change of rules itself says until when the former ones matter.
    statements: [`DELETE FROM meta WHERE key = 'former_rules'`],
  },
  {
    name: '0010-secret-and-private-sources',
    statements: [
      'ALTER TABLE source ADD COLUMN is_secret INTEGER NOT NULL DEFAULT 0',
      'ALTER TABLE source ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0',
      'ALTER TABLE source ADD COLUMN request TEXT',
    ],
  },
  {
    name: 'source-channel',
    statements: ['ALTER TABLE source ADD COLUMN channel TEXT'],
  },
  {
    name: 'websub-subscriptions',
    statements: [
      `CREATE TABLE websub (
        token TEXT PRIMARY KEY, source_id TEXT NOT NULL, next_at INTEGER NOT NULL, subscription TEXT NOT NULL
      ) WITHOUT ROWID`,
      'CREATE INDEX websub_by_source ON websub (source_id)',
    ],
  },
  {
    name: 'receivers',
    statements: [
      `CREATE TABLE topic (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, view TEXT, query TEXT NOT NULL,
        changed INTEGER NOT NULL, changed_at INTEGER NOT NULL, UNIQUE (kind, name)
      )`,
      `CREATE TABLE receiver (
        id INTEGER PRIMARY KEY, topic_id INTEGER NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL, format TEXT, secret TEXT,
        wish TEXT, expires_at INTEGER, told INTEGER NOT NULL, next_at INTEGER NOT NULL, failures INTEGER NOT NULL,
        failing_since INTEGER, paused_at INTEGER, tried_at INTEGER NOT NULL, tries TEXT NOT NULL, UNIQUE (topic_id, url)
      )`,
      'CREATE INDEX receiver_by_host ON receiver (host)',
      'CREATE TABLE new_entry (entry_id TEXT PRIMARY KEY, position INTEGER) WITHOUT ROWID',
      'CREATE INDEX new_entry_by_position ON new_entry (position)',
    ],
  },
  {
    name: 'decisions-of-rules',
    // NULL: recorded by a former release; which tags are from rules is told when rules change next.
    statements: [
      'ALTER TABLE entry ADD COLUMN rule_tags TEXT',
      'ALTER TABLE entry ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0',
    ],
  },
  {
    name: 'page-selectors',
    statements: ['ALTER TABLE source ADD COLUMN page TEXT'],
  },
  {
    name: 'digests',
    statements: [
      'CREATE TABLE late_entry (late_at INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (late_at, id)) WITHOUT ROWID',
      'CREATE UNIQUE INDEX late_entry_by_id ON late_entry (id)',
      `CREATE TABLE digest (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, start INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (name, start)
      )`,
    ],
  },
];

/** Brings the schema up to date; returns the names of the steps that were applied now. */
export function migrate(storage: DurableObjectStorage): readonly string[] {
  storage.sql.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) WITHOUT ROWID');
  const applied = new Set(
    storage.sql
      .exec<{ name: string }>('SELECT name FROM migration')
      .toArray()
      .map((row) => row.name),
  );
  const missing = migrations.filter((migration) => !applied.has(migration.name));
  for (const migration of missing) {
    storage.transactionSync(() => {
      for (const statement of migration.statements) storage.sql.exec(statement);
      storage.sql.exec('INSERT INTO migration (name) VALUES (?)', migration.name);
    });
  }
  return missing.map((migration) => migration.name);
}
