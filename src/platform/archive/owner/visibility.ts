/**
 * Keeps the entries of private sources out of everything that is public: they are retired as `private`, so no view, count,
 * search, month or published window sees them. Views with a key read them by themselves (`answers/unindexed-entries.ts`).
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { isSecretAddress } from '../../../domain/secret-address.ts';
import { isAsked, type Source } from '../../../domain/source.ts';
import { ownEntriesSql } from '../duplicates/own-entries.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';
import type { ChangeLog } from '../ground/state.ts';
import { listSources, writeSource } from '../rows/source-rows.ts';
import { leaveGroups, restoreEntry, retireEntry } from '../rows/write-entries.ts';

/** Hides what a private source shows, or shows again what a source hid that is private no more. */
export function followPrivacy(sql: SqlStorage, { id, isPrivate }: Source, log: ChangeLog, now: Instant): void {
  // Its ids and guids are in no public view either.
  if (isPrivate === true) leaveGroups(sql, id, log);
  const rows = sql.exec<{ id: string }>(
    isPrivate === true
      ? ownEntriesSql('?1')
      : "SELECT id FROM entry WHERE source_id = ?1 AND retired_at IS NOT NULL AND retired_why = 'private'",
    id,
  );
  for (const row of rows.toArray()) {
    const entryId = row.id as EntryId;
    const sequence = log.nextSequence();
    const change =
      isPrivate === true
        ? retireEntry(sql, entryId, sequence, 'private', now)
        : restoreEntry(sql, entryId, sequence, 'private');
    if (change !== undefined) log.note(change);
  }
}

/** Marks sources with secret addresses that an earlier release did not know as such; once. */
export function markSecretSources(sql: SqlStorage): void {
  if (readMeta(sql, 'secrets_marked') !== undefined) return;
  for (const source of listSources(sql)) {
    if (isAsked(source) && isSecretAddress(source.url)) writeSource(sql, { ...source, isSecret: true });
  }
  writeMeta(sql, 'secrets_marked', '1');
}
