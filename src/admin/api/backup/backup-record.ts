/**
 * Reads one line of a backup: checks its shape, and sanitizes its HTML again, so that an edited file cannot bring in a
 * page that runs.
 */
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { sanitizeHtml } from '../../../feed/sanitize/sanitize-html.ts';
import type { BackupEntry, BackupRecord } from '../../../pipeline/backup-format.ts';
import { check } from '../contract/zod.ts';
import { backupSchemas } from './backup-schema.ts';

/** A record of a backup; `undefined` for kinds that this version does not know; a failure says what is wrong. */
export function readBackupRecord(value: unknown): Result<BackupRecord | undefined, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('is no JSON object');
  const kind = 'kind' in value && typeof value.kind === 'string' ? value.kind : '';
  const schema = Object.hasOwn(backupSchemas, kind) ? backupSchemas[kind] : undefined;
  if (schema === undefined) return ok(undefined);
  const checked = check(schema, value);
  if (!checked.ok) {
    // For most members the name is enough; for rules, people need to know which one, and why.
    const fields = checked.failure.map(({ field, detail }) =>
      field.endsWith('rules') ? `${field}: ${detail}` : field,
    );
    return fail(`the ${kind} record is malformed: ${fields.slice(0, 3).join(', ')}`);
  }
  // The schemas check what the types of a backup say.
  const record = value as BackupRecord;
  return ok(record.kind === 'entry' ? toSafe(record) : record);
}

/** Sanitizing is idempotent: HTML that the sanitizer wrote comes out unchanged. */
function toSafe(record: BackupEntry): BackupEntry {
  if (record.entry === null) return record;
  const { content, titleHtml } = record.entry;
  const entry: Entry<SafeHtml> = {
    ...record.entry,
    ...(titleHtml === undefined ? {} : { titleHtml: sanitizeHtml({ markup: titleHtml }) }),
    ...(content === undefined ? {} : { content: sanitizeHtml({ markup: content }) }),
  };
  return { ...record, entry };
}
