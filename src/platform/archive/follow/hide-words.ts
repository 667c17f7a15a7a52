/**
 * Removes the secret address of a source from the text of entries that were recorded before its owner marked it as
 * secret.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { hideSecrets, secretParts } from '../../../domain/secret-address.ts';
import type { Source } from '../../../domain/source.ts';
import { ownName } from '../../../feed/render/public-entry.ts';
import { readEntryBody, toEntryBody } from '../entries/entry-body.ts';
import { isOwnShown, readState, writeRow } from '../entries/entry-rows.ts';
import { readRuledRows } from '../entries/ruled-entries.ts';
import { writeEntry } from '../entries/write-entries.ts';
import type { ChangeLog } from '../ground/state.ts';

/** Replaces the hash: the next text of the feed then counts as another reading, not as an edit. */
const otherReading = '0.hidden';

/** Makes the function that removes the secrets from one entry of a source. */
export function createHider(sql: SqlStorage, source: Source, log: ChangeLog, now: Instant): (id: EntryId) => void {
  if (source.isSecret !== true) return () => undefined;
  const parts = secretParts(source.url);
  return (id) => {
    const [row] = readRuledRows(sql, 'WHERE e.id = ?', id);
    const entry = row === undefined ? null : readEntryBody(row);
    if (row === undefined || entry === null) return;
    const hidden = hideSecrets(entry, parts);
    if (JSON.stringify(hidden) === JSON.stringify(entry)) return;
    const stored = readState(sql, id);
    if (stored === undefined) return;
    // A guid with the secret is replaced, though readers then show the entry once more: the secret matters more.
    if (hideSecrets(stored.guid, parts) !== stored.guid) {
      sql.exec('UPDATE entry SET guid = ? WHERE id = ?', ownName(id), id);
    }
    if (!isOwnShown(stored)) {
      const { title, url = null } = hidden;
      writeRow(sql, true, id, { ...toEntryBody(hidden), title, url, content_hash: otherReading });
      return;
    }
    const change = writeEntry(
      sql,
      {
        entry: hidden,
        sourceId: source.id,
        tags: JSON.parse(stored.tags),
        ruleTags: JSON.parse(stored.rule_tags ?? '[]'),
        contentHash: otherReading,
        isMoved: true,
      },
      log.nextSequence(),
      now,
    );
    if (change !== undefined) log.note(change);
  };
}
