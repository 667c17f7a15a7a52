/**
 * The Archive's schema, as a list of named steps that only ever grows.
 *
 * `PRAGMA user_version` and `BEGIN` are refused in a Durable Object, so the applied names are kept in a table of their
 * own and each step runs inside `transactionSync`. Every table is described in docs/storage.md.
 */
import { firstMigrations, type Migration } from './first-migrations.ts';

const migrations: readonly Migration[] = [
  ...firstMigrations,
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
    // The change of rules itself stores how long the former rules matter.
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
    // NULL: recorded by a former release; the next change of rules finds out which tags are from rules.
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
    name: 'changes-of-views',
    statements: [
      'ALTER TABLE entry ADD COLUMN changed_at INTEGER',
      'CREATE TABLE view_change (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID',
    ],
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
  {
    name: 'newsletters',
    statements: [
      'CREATE TABLE newsletter (source_id TEXT PRIMARY KEY, newsletter TEXT NOT NULL) WITHOUT ROWID',
      `CREATE TABLE held_mail (
        id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, kind TEXT NOT NULL, guid TEXT NOT NULL, at INTEGER NOT NULL,
        sender TEXT NOT NULL, subject TEXT NOT NULL, link TEXT, recordings TEXT NOT NULL
      )`,
      'CREATE INDEX held_mail_by_source ON held_mail (source_id)',
    ],
  },
  {
    name: 'alerts-by-receiver',
    statements: [
      `INSERT INTO topic (kind, name, query, changed, changed_at) VALUES ('alerts', '', '', 0, 0)`,
      // Without an address until the settings name one. Alerts of the last day that the former release did not post are
      // posted now.
      `INSERT INTO receiver (topic_id, url, host, format, told, next_at, failures, tried_at, tries)
        SELECT id, '', '', 'json', COALESCE(
          (SELECT MIN(id) - 1 FROM alert WHERE is_delivered = 0 AND at > (strftime('%s', 'now') - 86400) * 1000),
          (SELECT MAX(id) FROM alert), 0), 0, 0, 0, '[]' FROM topic WHERE kind = 'alerts'`,
      'ALTER TABLE alert DROP COLUMN is_delivered',
    ],
  },
  {
    name: 'duplicates',
    statements: [
      `CREATE TABLE entry_source (source TEXT NOT NULL, sort_at INTEGER NOT NULL, id TEXT NOT NULL,
        entry_rowid INTEGER NOT NULL, PRIMARY KEY (source, sort_at DESC, id DESC)) WITHOUT ROWID`,
      'INSERT INTO entry_source SELECT source_id, sort_at, id, rowid FROM entry WHERE retired_at IS NULL',
      'CREATE TABLE entry_key (key TEXT NOT NULL, entry_id TEXT NOT NULL, PRIMARY KEY (key, entry_id)) WITHOUT ROWID',
      `CREATE TABLE duplicate (entry_id TEXT PRIMARY KEY, shown_as TEXT NOT NULL, source_id TEXT NOT NULL,
        sort_at INTEGER NOT NULL, text_length INTEGER NOT NULL, is_shown INTEGER NOT NULL) WITHOUT ROWID`,
      'CREATE INDEX duplicate_by_place ON duplicate (shown_as)',
      'CREATE INDEX duplicate_by_source ON duplicate (source_id, sort_at DESC, entry_id DESC)',
      'ALTER TABLE source ADD COLUMN keeps_duplicates INTEGER NOT NULL DEFAULT 0',
      // Existing entries get their keys and their groups in the background (`duplicates/regrouping.ts`).
      `INSERT INTO meta SELECT 'regrouping', '' WHERE EXISTS (SELECT 1 FROM entry)`,
    ],
  },
  {
    name: 'changes-in-steps',
    statements: [
      `CREATE TABLE source_change (
        source_id TEXT PRIMARY KEY, former_tags TEXT NOT NULL, is_return INTEGER NOT NULL, total INTEGER NOT NULL,
        done INTEGER NOT NULL, placed INTEGER NOT NULL, sort_at INTEGER NOT NULL, entry_id TEXT NOT NULL
      ) WITHOUT ROWID`,
    ],
  },
  {
    name: 'source-icons',
    statements: ['CREATE TABLE icon (url TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, type TEXT, body BLOB)'],
  },
  {
    // Each publish asks for the places of the newest entries: the index answers without reading the rows.
    name: 'places-in-order',
    statements: [
      'DROP INDEX entry_by_order',
      'CREATE INDEX entry_by_order ON entry (sort_at DESC, id DESC, sequence, source_id) WHERE retired_at IS NULL',
    ],
  },
  {
    name: 'view-readers',
    statements: [
      `CREATE TABLE view_reader (view TEXT NOT NULL, reader TEXT NOT NULL, people INTEGER NOT NULL,
        seen_at INTEGER NOT NULL, PRIMARY KEY (view, reader)) WITHOUT ROWID`,
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
