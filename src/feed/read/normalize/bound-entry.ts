/**
 * Bounds the size of a read document: resolved addresses and inherited names may not make it more than three times as
 * long as the document. 1 MB of files with relative addresses under a long `xml:base` would give 100 MB.
 */
import type { ReadEntry } from '../../../domain/entry.ts';
import type { Defects } from '../defects.ts';

/** A short document may grow by this much all the same. Unit: UTF-16 units. */
const roomOfShort = 100_000;

/** Text, which is bounded by what came in, and by itself once it is sanitized. */
const texts: ReadonlySet<string> = new Set(['content', 'otherwise', 'titleHtml']);

/** Creates the bound of one document: the entries of a document pass it in their order. */
export function createEntryBound(
  documentBytes: number,
  defects: Defects,
): (entry: ReadEntry, index: number) => ReadEntry {
  let room = 3 * documentBytes + roomOfShort;
  return (entry, index) => {
    const length = lengthOf(entry);
    if (length <= room) {
      room -= length;
      return entry;
    }
    const { authors: _, categories: __, enclosures: ___, modules: ____, via: _____, ...words } = entry;
    const bare = withoutOwnAddress({ ...words, authors: [], categories: [], enclosures: [] }, room);
    room = Math.max(0, room - lengthOf(bare));
    defects.add(
      'document-too-long',
      `Addresses and names make the document longer than three times what came; those of "${entry.title.slice(0, 80)}" and of what follows were left out.`,
      { entryIndex: index },
    );
    return bare;
  };
}

/** Even permalinks are left out when there is no room for them; our id stays. */
function withoutOwnAddress(entry: ReadEntry, room: number): ReadEntry {
  if (lengthOf(entry) <= room) return entry;
  const { url, externalUrl: _, commentsUrl: __, image: ___, thumbnail: ____, ...rest } = entry;
  return rest.guid === url ? { ...rest, guid: `urn:tributary:${rest.id}` } : rest;
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let length = 0;
  if (Array.isArray(value)) for (const member of value) length += lengthOf(member);
  else
    for (const name in value)
      if (!texts.has(name)) length += lengthOf((value as Readonly<Record<string, unknown>>)[name]);
  return length;
}
