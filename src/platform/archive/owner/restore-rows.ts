/**
 * Writes backup records back, a batch in one transaction: afterwards the archive has each record as the backup has it.
 *
 * Rows that the backup does not name stay. Restoring the same record again writes nothing.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { monthOf } from '../../../domain/month.ts';
import type {
  BackupEntry,
  BackupMeta,
  BackupRecord,
  BackupSource,
  BackupView,
} from '../../../pipeline/backup-format.ts';
import { leadGroup, regroup, resizeMember } from '../duplicates/article-groups.ts';
import { hasNamesake, writeKeys } from '../duplicates/entry-keys.ts';
import { changeShown, showAlone } from '../duplicates/shown.ts';
import { toEntryBody } from '../entries/entry-body.ts';
import { noteAlias, placeRow, readState, stopSpan, writeRow } from '../entries/entry-rows.ts';
import { moveLater } from '../follow/move-entries.ts';
import { fileLate } from '../ground/late-entries.ts';
import { readMeta, readSequence, writeMeta } from '../ground/meta.ts';
import { forgetTally } from '../ground/source-tally.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { TotalsChange } from '../ground/totals.ts';
import { saveWebhook } from '../push/webhooks.ts';
import { forgetRemoval, noteRemoval } from '../rows/removed-sources.ts';
import { writeRules } from '../rows/rule-rows.ts';
import {
  deleteSource,
  findSource,
  isPrivateSource,
  nextDueAt,
  writeSaid,
  writeSource,
  writeState,
} from '../rows/source-rows.ts';
import { saveView } from '../rows/view-rows.ts';
import { backedUpKeys, readBackupEntry, readBackupSource } from './backup-rows.ts';

/** Restores records; returns for each whether it changed anything. */
export function restoreRecords(
  archive: ArchiveState,
  records: readonly BackupRecord[],
  now: Instant,
): readonly boolean[] {
  const changes: TotalsChange[] = [];
  // States are written row by row and may be rolled back: the next count scans them.
  forgetTally(archive.sql);
  const changed = archive.storage.transactionSync(() => {
    const changed = inWritingOrder(records).map((record) => restoreRecord(archive, record, changes, now));
    raiseSequence(archive.sql, records);
    return changed;
  });
  for (const change of changes) archive.totals.apply(change);
  if (changed.includes(true)) {
    // Sequence numbers come from the backup, so they cannot tell what is published.
    writeMeta(archive.sql, 'published_sequence', 'restored');
  }
  return changed;
}

/**
 * Entries by date, oldest first, after all other records. A backup has them by id, and FTS5 writes a segment of its index
 * whenever a row comes before the one that was written last: that was half of the time of a restore.
 */
function inWritingOrder(records: readonly BackupRecord[]): readonly BackupRecord[] {
  const entries = records.filter((record) => record.kind === 'entry');
  const others = records.filter((record) => record.kind !== 'entry');
  return [...others, ...entries.toSorted((a, b) => a.sortAt - b.sortAt)];
}

function restoreRecord(archive: ArchiveState, record: BackupRecord, changes: TotalsChange[], now: Instant): boolean {
  const { sql } = archive;
  switch (record.kind) {
    case 'meta':
      return restoreMeta(sql, record);
    case 'tag':
      return (
        sql.exec(
          'INSERT INTO tag VALUES (?1, ?2) ON CONFLICT (slug) DO UPDATE SET label = excluded.label WHERE label <> ?2',
          record.slug,
          record.label,
        ).rowsWritten > 0
      );
    case 'saved-view':
      return restoreView(archive, record, now);
    case 'source':
      return restoreSourceRecord(sql, record);
    case 'entry':
      return restoreEntryRecord(sql, record, changes);
  }
}

function restoreMeta(sql: SqlStorage, { key, value }: BackupMeta): boolean {
  if (!backedUpKeys.includes(key)) return false;
  const held = readMeta(sql, key);
  if (held === value || (key === 'sequence' && Number(value) <= Number(held ?? 0))) return false;
  // Closed periods stay closed: readers may hold their documents.
  if (key === 'closed_month' && value < (held ?? '')) return false;
  // Entries that the backup does not name follow the rules, too.
  if (key === 'rules' || key === 'own_rules') writeRules(sql, key, JSON.parse(value));
  else writeMeta(sql, key, value);
  return true;
}

function restoreSourceRecord(sql: SqlStorage, given: BackupSource): boolean {
  const held = readBackupSource(sql, given.source.id);
  // A backup without secrets removes none.
  const request = given.source.request ?? held?.source.request;
  const record: BackupSource = { ...given, source: { ...given.source, ...(request === undefined ? {} : { request }) } };
  const { source, removedAt } = record;
  // Timers do not go back: requests since the backup were made.
  const isNewer = (held?.state?.lastCheckedAt ?? 0) > (record.state?.lastCheckedAt ?? 0);
  const state = isNewer ? held?.state : record.state;
  if (isSame(held, { ...record, ...(state === undefined ? {} : { state }) })) return false;
  if (removedAt === undefined) {
    writeSource(sql, source);
    writeSaid(sql, source.id, record);
    forgetRemoval(sql, source.id);
  } else {
    deleteSource(sql, source.id);
    noteRemoval(sql, source, removedAt);
  }
  if (state !== undefined) writeState(sql, source.id, state);
  return true;
}

function restoreEntryRecord(sql: SqlStorage, record: BackupEntry, changes: TotalsChange[]): boolean {
  const { id, entry, guid, url = null, sortAt } = record;
  const names = { guid, url };
  const stored = readState(sql, id);
  if (stored !== undefined && isRestored(sql, record)) return false;
  // This archive may have used that number for another state of the entry, so no fragment rendered before is valid.
  if (stored !== undefined && record.sequence <= readSequence(sql)) writeMeta(sql, 'restored', crypto.randomUUID());
  const rowid = placeRow(sql, sortAt, stored);
  const isAlone = stored === undefined && entry !== null && !hasNamesake(sql, names);
  const isShown = record.retired === undefined && !isPrivateSource(sql, record.sourceId);
  const write = (): void => {
    writeRow(sql, stored !== undefined, id, { rowid, ...toColumns(record) });
    // A backup that was made while its source became private may have it as shown.
    if (record.retired === undefined && !isShown)
      sql.exec(`UPDATE entry SET retired_at = ?, retired_why = 'private' WHERE id = ?`, sortAt, id);
    writeKeys(sql, id, names, stored);
  };
  if (isAlone) write();
  changes.push(
    isAlone
      ? showAlone(sql, { rowid, id, sortAt }, entry, isShown ? record : undefined)
      : changeShown(sql, record.sequence, ({ touch, rewrites }) => {
          if (entry === null) touch(id);
          else rewrites(entry);
          write();
          if (entry !== null) resizeMember(sql, entry, sortAt);
          regroup(sql, id, touch);
          if (record.leads === true) leadGroup(sql, id, touch);
        }),
  );
  stopSpan(sql, rowid, sortAt, stored);
  if (findSource(sql, record.sourceId) === undefined) moveLater(sql, record.sourceId);
  if (record.lateAt !== undefined) fileLate(sql, record.id, record.lateAt);
  if (stored !== undefined) forgetHistory(sql, id);
  restoreRevisions(sql, record);
  for (const alias of record.aliases ?? []) noteAlias(sql, alias, id);
  restoreSeed(sql, record);
  return true;
}

/** Whether the archive has the entry as the backup has it. */
function isRestored(sql: SqlStorage, record: BackupEntry): boolean {
  const held = readBackupEntry(sql, record.id);
  const { changedAt = held?.changedAt, archiveMonth = monthOf(record.sortAt) } = record;
  return isSame(held, { ...record, archiveMonth, ...(changedAt === undefined ? {} : { changedAt }) });
}

function toColumns(record: BackupEntry): Readonly<Record<string, SqlStorageValue>> {
  const { entry, retired } = record;
  return {
    source_id: record.sourceId,
    guid: record.guid,
    url: record.url ?? null,
    title: entry?.title ?? '',
    language: entry?.language ?? null,
    sort_at: record.sortAt,
    archive_month: record.archiveMonth ?? monthOf(record.sortAt),
    changed_at: record.changedAt ?? null,
    first_seen: record.firstSeen,
    modified: record.modified,
    sequence: record.sequence,
    revision: record.revision,
    content_hash: record.contentHash,
    tags: JSON.stringify(record.tags),
    rule_tags: record.ruleTags === undefined ? null : JSON.stringify(record.ruleTags),
    is_hidden: record.isHidden === true ? 1 : 0,
    ...toEntryBody(entry),
    retired_at: retired?.at ?? null,
    retired_why: retired?.why ?? null,
  };
}

function raiseSequence(sql: SqlStorage, records: readonly BackupRecord[]): void {
  const highest = Math.max(0, ...records.flatMap((record) => (record.kind === 'entry' ? record.sequence : [])));
  if (highest > Number(readMeta(sql, 'sequence') ?? 0)) writeMeta(sql, 'sequence', String(highest));
}

function forgetHistory(sql: SqlStorage, id: EntryId): void {
  for (const table of ['revision', 'seed_entry', 'article_check']) {
    sql.exec(`DELETE FROM ${table} WHERE entry_id = ?`, id);
  }
}

function restoreRevisions(sql: SqlStorage, { id, revisions }: BackupEntry): void {
  for (const { revision, contentHash, recordedAt } of revisions) {
    sql.exec('INSERT INTO revision VALUES (?, ?, ?, ?)', id, revision, contentHash, recordedAt);
  }
}

function restoreSeed(sql: SqlStorage, { id, seed, check }: BackupEntry): void {
  if (seed !== undefined) {
    sql.exec(
      'INSERT INTO seed_entry (entry_id, content_hash, tags, first_check_at) VALUES (?, ?, ?, ?)',
      id,
      seed.contentHash,
      seed.tags,
      seed.firstCheckAt ?? 0,
    );
  }
  if (check !== undefined) {
    sql.exec('INSERT INTO article_check VALUES (?, ?, ?)', id, nextDueAt(check), JSON.stringify(check));
  }
}

/** Deep equality of JSON values; the order of keys does not count. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}

/** Restores a view, with its webhook if the backup has it. A backup without secrets leaves the webhook as it is. */
function restoreView(archive: ArchiveState, { view, webhook }: BackupView, now: Instant): boolean {
  const isChanged = saveView(archive, view);
  return (webhook !== undefined && saveWebhook(archive, view.name, webhook, now)) || isChanged;
}
