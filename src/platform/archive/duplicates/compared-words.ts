/**
 * Reads the text of entries that may be one article, only as much as is compared.
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { plainTextOf } from '../../../rules/searched-entry.ts';
import { type EntryBody, readEntryBody } from '../entries/entry-body.ts';
import type { ComparedWords } from './same-article.ts';

/** The text of an entry; `undefined` for a tombstone. */
export function readWords(sql: SqlStorage, id: EntryId): Entry<SafeHtml> | undefined {
  const row = sql.exec<EntryBody>('SELECT body, content FROM entry WHERE id = ?', id).toArray()[0];
  return (row && readEntryBody(row)) ?? undefined;
}

/** The compared parts of an entry; its text is read only when the titles do not decide. */
export function readCompared(sql: SqlStorage, id: EntryId): ComparedWords | undefined {
  const { body } = sql.exec<{ body: string }>('SELECT body FROM entry WHERE id = ?', id).one();
  const entry = JSON.parse(body) as Entry<SafeHtml> | null;
  if (entry === null) return undefined;
  const { title, enclosures } = entry;
  return { title, enclosures, text: () => plainTextOf(readWords(sql, id) ?? entry) };
}

/** The length of an entry's text. */
export function textLength(words: Entry<SafeHtml> | undefined): number {
  return words === undefined ? 0 : plainTextOf(words).length;
}
