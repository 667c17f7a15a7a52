/**
 * Bounds a row of an entry: Cloudflare refuses a row of more than 2 MB, and the local runtime does not.
 *
 * The sanitizer bounds content (`domain/limits.ts`), so ordinary entries are far smaller. An entry that is too large
 * loses its content, so that the document does not lose all its entries.
 */
import { maxRowBytes } from '../../../domain/limits.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { logEvent } from '../../log.ts';
import { toEntryBody } from './entry-body.ts';

/** Text that one step of background work reads: two hundred of the largest entries would not fit into an isolate. Bytes. */
const readPerStepBytes = 4_000_000;

/** The first rows whose text one step may read; at least one. */
export function takeStep<Row extends { readonly bytes: number }>(rows: readonly Row[]): readonly Row[] {
  let bytes = 0;
  const beyond = rows.findIndex((row, at) => {
    bytes += row.bytes;
    return at > 0 && bytes > readPerStepBytes;
  });
  return beyond === -1 ? rows : rows.slice(0, beyond);
}

/** Bytes of a row besides its text: ids, dates, hash, tags. */
const othersBytes = 20_000;

const encoder = new TextEncoder();

/** The entry in a form that fits into a row: unchanged, without content, or with a cut summary. */
export function withinRow(recording: EntryRecording): EntryRecording {
  const { entry } = recording;
  if (sizeOf(entry) <= maxRowBytes - othersBytes) return recording;
  logEvent({ event: 'entry-too-large', id: entry.id, url: entry.url ?? null });
  const { content: _, titleHtml: __, ...words } = entry;
  const kept = { ...recording, entry: words };
  if (sizeOf(words) <= maxRowBytes - othersBytes) return kept;
  const title = entry.title.slice(0, 1000);
  const summary = entry.summary.slice(0, 10_000);
  const { id, guid, url, published, updated, language } = entry;
  return {
    ...recording,
    entry: {
      id,
      guid: guid.slice(0, 5000),
      title,
      summary,
      authors: [],
      categories: [],
      enclosures: [],
      ...(url === undefined ? {} : { url }),
      ...(published === undefined ? {} : { published }),
      ...(updated === undefined ? {} : { updated }),
      ...(language === undefined ? {} : { language }),
    },
  };
}

/** Fails for a row that Cloudflare would refuse, so that tests fail here as production would. */
export function checkRowSize(row: Readonly<Record<string, SqlStorageValue>>): void {
  let bytes = 0;
  for (const value of Object.values(row)) bytes += bytesOf(value);
  if (bytes > maxRowBytes) throw new RangeError(`a row of ${bytes} bytes: Cloudflare takes ${maxRowBytes} at most`);
}

function sizeOf(entry: EntryRecording['entry']): number {
  const { body, content } = toEntryBody(entry);
  return bytesOf(body) + bytesOf(content) + bytesOf(entry.title) + bytesOf(entry.guid) + bytesOf(entry.url ?? null);
}

function bytesOf(value: SqlStorageValue): number {
  if (typeof value === 'string') return value.length > 100_000 ? encoder.encode(value).length : value.length * 3;
  return value instanceof ArrayBuffer ? value.byteLength : 8;
}
