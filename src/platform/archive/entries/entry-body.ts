/**
 * Writes and reads an entry's text in its row: JSON in `body`, and the content in `content`, as the bytes that feeds are
 * made of.
 *
 * Content that can be copied into RSS and Atom unchanged has a column of its own: an answer of fifty entries then copies
 * bytes instead of decoding, parsing and encoding them. Other content stays in `body`, as does that of rows written
 * before the column existed.
 */
import type { Entry } from '../../../domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../../domain/html.ts';
import { isCdataAlready } from '../../../feed/render/xml-writer.ts';

/** The two columns. `body` is JSON `null` for a tombstone. */
export interface EntryBody extends Record<string, SqlStorageValue> {
  body: string;
  /** UTF-8. */
  content: ArrayBuffer | null;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** The columns of an entry. */
export function toEntryBody(entry: Entry<SafeHtml> | null): EntryBody {
  if (entry?.content === undefined || !isCdataAlready(entry.content)) {
    return { body: JSON.stringify(entry), content: null };
  }
  const { content, ...others } = entry;
  return { body: JSON.stringify(others), content: new Uint8Array(encoder.encode(content)).buffer };
}

/**
 * The entry in the two columns, `null` for a tombstone. It was sanitized before it was recorded, so its HTML is
 * `SafeHtml` again.
 */
export function readEntryBody({ body, content }: EntryBody): Entry<SafeHtml> | null {
  const entry = JSON.parse(body) as Entry<SafeHtml> | null;
  return entry === null || content === null ? entry : withContent(entry, content);
}

/** An entry with the content of the second column. */
export function withContent<E extends Entry<SafeHtml>>(entry: E, content: ArrayBuffer): E {
  return { ...entry, content: restoreSafeHtml(decoder.decode(content)) };
}
