/**
 * Reads the archive as backup records, a part at a time: first small tables, then entries by id.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Month } from '../../../domain/month.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { BackupPage } from '../../../pipeline/archive-owner.ts';
import type {
  BackupEntry,
  BackupMeta,
  BackupRecord,
  BackupRevision,
  BackupSource,
  BackupTag,
  BackupView,
} from '../../../pipeline/backup-format.ts';
import { type EntryBody, readEntryBody } from '../entries/entry-body.ts';
import { listAliases } from '../entries/entry-rows.ts';
import type { ArchiveState } from '../ground/state.ts';
import { findWebhook } from '../push/webhooks.ts';
import { findRemoved } from '../rows/removed-sources.ts';
import { findSaid, findSource, findState } from '../rows/source-rows.ts';
import { listViews } from '../rows/view-rows.ts';

/** Meta keys that a restored archive needs; state of publishing is not among them. */
export const backedUpKeys: readonly string[] = [
  'sequence',
  'seed_digest',
  'rules',
  'own_rules',
  'declared_sources',
  'closed_month',
  'merged_sources',
];

/** One part stays well under the 32 MiB that RPC carries. Unit: UTF-16 units of JSON. */
const pageLength = 1_000_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

interface EntryRow extends EntryBody {
  id: string;
  source_id: string;
  guid: string;
  url: string | null;
  sort_at: number;
  first_seen: number;
  modified: number;
  sequence: number;
  revision: number;
  content_hash: string;
  tags: string;
  rule_tags: string | null;
  is_hidden: number;
  retired_at: number | null;
  retired_why: string | null;
  seed_hash: string | null;
  seed_tags: string | null;
  first_check_at: number | null;
  check_state: string | null;
  archive_month: string;
  changed_at: number | null;
  late_at: number | null;
  shown_as: string | null;
}

/** Marks a place among sources; no id of an entry begins like this. */
const sourceMark = 'source:';

/** The part after `from`: absent = the first part; a marked id = from that source; else the id of the last entry read. */
export function backUp({ sql }: ArchiveState, from: string | undefined, withSecrets: boolean): BackupPage {
  if (from === undefined) return readFirst(sql, withSecrets);
  if (from.startsWith(sourceMark)) return backUpSources(sql, from.slice(sourceMark.length), withSecrets);
  const lines: string[] = [];
  let length = 0;
  for (const row of entryRows(sql, from)) {
    const line = toEntryLine(sql, row);
    lines.push(line);
    length += line.length;
    if (length > pageLength) return toPage(lines, row.id);
  }
  return toPage(lines);
}

/** Removes requests' secrets and webhooks, unless they are asked for: backups are passed around. */
function withoutSecrets(record: BackupRecord): BackupRecord {
  if (record.kind === 'saved-view') return { kind: record.kind, view: record.view };
  if (record.kind !== 'source') return record;
  const { request: _, ...source } = record.source;
  return { ...record, source };
}

function readFirst(sql: SqlStorage, withSecrets: boolean): BackupPage {
  const records: readonly BackupRecord[] = [...metas(sql), ...tags(sql), ...views(sql)];
  return toPage(
    records.map((record) => toLine(withSecrets ? record : withoutSecrets(record))),
    sourceMark,
  );
}

/** The line of an entry. The text of its row is JSON already; parsing it would be half of the cost of a backup. */
function toEntryLine(sql: SqlStorage, row: EntryRow): string {
  const { body, content } = row;
  const text = content === null ? '' : `,"content":${JSON.stringify(decoder.decode(content))}`;
  const entry = content === null ? body : `${body.slice(0, -1)}${text}}`;
  return `${JSON.stringify(toEntryFacts(sql, row)).slice(0, -1)},"entry":${entry}}\n`;
}

function toLine(record: BackupRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function toPage(lines: readonly string[], next?: string): BackupPage {
  return { lines: encoder.encode(lines.join('')), records: lines.length, ...(next !== undefined && { next }) };
}

function metas(sql: SqlStorage): readonly BackupMeta[] {
  return sql
    .exec<{ key: string; value: string }>('SELECT key, value FROM meta ORDER BY key')
    .toArray()
    .filter(({ key }) => backedUpKeys.includes(key))
    .map(({ key, value }) => ({ kind: 'meta', key, value }));
}

function tags(sql: SqlStorage): readonly BackupTag[] {
  return sql
    .exec<{ slug: string; label: string }>('SELECT slug, label FROM tag ORDER BY slug')
    .toArray()
    .map(({ slug, label }) => ({ kind: 'tag', slug, label }));
}

function views(sql: SqlStorage): readonly BackupView[] {
  return listViews(sql).map((view) => {
    const webhook = findWebhook(sql, view.name)?.webhook;
    return { kind: 'saved-view', view, ...(webhook === undefined ? {} : { webhook }) };
  });
}

function backUpSources(sql: SqlStorage, after: string, withSecrets: boolean): BackupPage {
  const lines: string[] = [];
  let length = 0;
  const rows = sql.exec<{ id: string }>(
    'SELECT id FROM source WHERE id > ?1 UNION SELECT id FROM removed_source WHERE id > ?1 ORDER BY id',
    after,
  );
  for (const { id } of rows.toArray()) {
    const record = readBackupSource(sql, id as SourceId);
    if (record === undefined) continue;
    const line = toLine(withSecrets ? record : withoutSecrets(record));
    lines.push(line);
    length += line.length;
    if (length > pageLength) return toPage(lines, `${sourceMark}${id}`);
  }
  return toPage(lines, '');
}

/** One source, present or removed, as a backup record. */
export function readBackupSource(sql: SqlStorage, id: SourceId): BackupSource | undefined {
  const present = findSource(sql, id);
  const removed = present === undefined ? findRemoved(sql, id) : undefined;
  const source = present ?? removed?.source;
  const state = findState(sql, id);
  if (source === undefined) return undefined;
  return {
    kind: 'source',
    source,
    ...findSaid(sql, id),
    ...(state === undefined ? {} : { state }),
    ...(removed === undefined ? {} : { removedAt: removed.removedAt }),
  };
}

const selectEntries = `SELECT e.id AS id, e.source_id AS source_id, e.guid AS guid, e.url AS url, e.sort_at AS sort_at,
  e.first_seen AS first_seen, e.modified AS modified, e.sequence AS sequence, e.revision AS revision,
  e.content_hash AS content_hash, e.tags AS tags, e.rule_tags AS rule_tags, e.is_hidden AS is_hidden,
  e.body AS body, e.content AS content, e.retired_at AS retired_at,
  e.retired_why AS retired_why, e.archive_month AS archive_month, e.changed_at AS changed_at, l.late_at AS late_at, s.content_hash AS seed_hash, s.tags AS seed_tags,
  s.first_check_at AS first_check_at, c.state AS check_state,
  d.shown_as AS shown_as
  FROM entry e LEFT JOIN seed_entry s ON s.entry_id = e.id LEFT JOIN article_check c ON c.entry_id = e.id
  LEFT JOIN late_entry l ON l.id = e.id LEFT JOIN duplicate d ON d.entry_id = e.id`;

function entryRows(sql: SqlStorage, after: string): Iterable<EntryRow> {
  return sql.exec<EntryRow>(`${selectEntries} WHERE e.id > ? ORDER BY e.id`, after);
}

/** One entry as a backup record. */
export function readBackupEntry(sql: SqlStorage, id: EntryId): BackupEntry | undefined {
  const row = sql.exec<EntryRow>(`${selectEntries} WHERE e.id = ?`, id).toArray()[0];
  return row === undefined ? undefined : toBackupEntry(sql, row);
}

function toBackupEntry(sql: SqlStorage, row: EntryRow): BackupEntry {
  return { ...toEntryFacts(sql, row), entry: readEntryBody(row) };
}

function toEntryFacts(sql: SqlStorage, row: EntryRow): Omit<BackupEntry, 'entry'> {
  const revisions = sql
    .exec<{ revision: number; content_hash: string; recorded_at: number }>(
      'SELECT revision, content_hash, recorded_at FROM revision WHERE entry_id = ? ORDER BY revision',
      row.id,
    )
    .toArray()
    .map(
      (held): BackupRevision => ({
        revision: held.revision,
        contentHash: held.content_hash,
        recordedAt: held.recorded_at as Instant,
      }),
    );
  const aliases = listAliases(sql, row.id);
  return {
    kind: 'entry',
    id: row.id as EntryId,
    sourceId: row.source_id as SourceId,
    guid: row.guid,
    ...(row.url === null ? {} : { url: row.url }),
    tags: JSON.parse(row.tags),
    ...(row.rule_tags === null ? {} : { ruleTags: JSON.parse(row.rule_tags) }),
    ...(row.is_hidden === 1 && { isHidden: true }),
    sortAt: row.sort_at as Instant,
    archiveMonth: row.archive_month as Month,
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at as Instant }),
    ...(row.late_at === null ? {} : { lateAt: row.late_at as Instant }),
    firstSeen: row.first_seen as Instant,
    modified: row.modified as Instant,
    sequence: row.sequence,
    revision: row.revision,
    contentHash: row.content_hash,
    // Groups of duplicates are left out: restoring finds them again.
    ...(row.retired_why === null || row.retired_why === 'duplicate'
      ? {}
      : { retired: { at: (row.retired_at ?? row.modified) as Instant, why: row.retired_why } }),
    ...(row.shown_as === row.id && { leads: true }),
    revisions,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(row.seed_hash === null || row.seed_tags === null
      ? {}
      : {
          seed: {
            contentHash: row.seed_hash,
            tags: row.seed_tags,
            ...(row.first_check_at === null || row.first_check_at === 0 ? {} : { firstCheckAt: row.first_check_at }),
          },
        }),
    ...(row.check_state === null ? {} : { check: JSON.parse(row.check_state) }),
  };
}
