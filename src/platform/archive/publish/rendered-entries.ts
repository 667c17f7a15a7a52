/**
 * Stores the entries of the window rendered and compressed in table `rendered`, so that an Archive that wakes renders
 * nothing again.
 *
 * A row is valid for one state of its entry: another sequence number, another source title or a release that renders
 * differently makes it absent. The facts that every publish needs of all rows are kept in memory, the fragments are not.
 */
import type { Origin } from '../../../domain/entry.ts';
import { fingerprint } from '../../../domain/fingerprint.ts';
import type { DeflatePiece } from '../../../window/compress.ts';
import type { Piece } from '../../../window/gzip-join.ts';
import { renderForWindow, toEntryState } from '../../../window/rendered-entry.ts';
import { encodePieces, pieceAt } from '../../../window/segment.ts';
import { type EntryState, type FragmentFormat, fragmentFormats } from '../../../window/window.ts';
import { type EntryPlace, readEntry } from '../entries/read-entries.ts';

/** A rendered entry without its fragments. */
export interface RenderedEntry {
  readonly rowid: number;
  readonly state: EntryState;
  /** Bytes of the largest fragment, not compressed. */
  readonly plainBytes: number;
  /** Bytes of all fragments, compressed. */
  readonly bytes: number;
}

/**
 * The entry at a place, rendered if needed; `undefined` when there is none.
 * @param others the sources of all entries that are shown at the place, when they are several
 */
export type RenderPlace = (place: EntryPlace, others?: readonly string[]) => RenderedEntry | undefined;

/** The rendered entries. */
export interface RenderedEntries {
  /** Renders as the sources are now. */
  readonly renderWith: (origins: ReadonlyMap<string, Origin>) => RenderPlace;
  /** Fragments of all these entries in the first format, then in the next. */
  readonly fragments: (rowids: readonly number[], formats: readonly FragmentFormat[]) => readonly Piece[];
  /** Deletes all others. */
  readonly keepOnly: (rowids: ReadonlySet<number>) => void;
}

interface Row extends Record<string, SqlStorageValue> {
  entry_rowid: number;
  name: string;
  state: string;
  plain_bytes: number;
  bytes: number;
}

/** Opens the table. @param epoch names the code that renders and the archive, see `readEpoch` */
export function openRenderedEntries(sql: SqlStorage, epoch: string, deflate: DeflatePiece): RenderedEntries {
  const rows = sql.exec<Row>('SELECT entry_rowid, name, state, plain_bytes, bytes FROM rendered');
  const held = new Map(
    [...rows].map((row) => [row.entry_rowid, { name: row.name, entry: toRenderedEntry(row) }] as const),
  );
  const renderWith: RenderedEntries['renderWith'] = (origins) => {
    const names = new Map(
      [...origins].map(([source, origin]) => [source, fingerprint(`${epoch} ${JSON.stringify(origin)}`)]),
    );
    return ({ rowid, sequence, source_id: source }, others = []) => {
      let name = `${sequence} ${names.get(source) ?? ''}`;
      for (const other of others) name += ` ${names.get(other) ?? ''}`;
      const known = held.get(rowid);
      if (known?.name === name) return known.entry;
      const entry = readEntry(sql, rowid, origins);
      if (entry === undefined) return undefined;
      const texts = renderForWindow(entry);
      const pieces = fragmentFormats.map((format) => deflate(texts[format]));
      const fragments = encodePieces(pieces);
      const rendered: RenderedEntry = {
        rowid,
        state: toEntryState(entry, epoch),
        plainBytes: Math.max(...pieces.map((piece) => piece.plainLength)),
        bytes: fragments.length,
      };
      sql.exec(
        'INSERT OR REPLACE INTO rendered (entry_rowid, name, state, plain_bytes, bytes, fragments) VALUES (?, ?, ?, ?, ?, ?)',
        rowid,
        name,
        JSON.stringify(rendered.state),
        rendered.plainBytes,
        rendered.bytes,
        fragments,
      );
      held.set(rowid, { name, entry: rendered });
      return rendered;
    };
  };
  return {
    renderWith,
    fragments: (rowids, formats) => {
      const found = sql.exec<{ entry_rowid: number; fragments: ArrayBuffer }>(
        'SELECT entry_rowid, fragments FROM json_each(?) asked JOIN rendered ON entry_rowid = asked.value',
        JSON.stringify(rowids),
      );
      const byRow = new Map([...found].map((row) => [row.entry_rowid, new Uint8Array(row.fragments)]));
      const pieceOf = (rowid: number, format: FragmentFormat): Piece => {
        const piece = pieceAt(byRow.get(rowid) ?? new Uint8Array(), fragmentFormats.indexOf(format));
        if (piece === undefined) throw new Error(`the fragments of entry row ${rowid} cannot be read`);
        return piece;
      };
      return formats.flatMap((format) => rowids.map((rowid) => pieceOf(rowid, format)));
    },
    keepOnly: (rowids) => {
      for (const rowid of held.keys()) {
        if (rowids.has(rowid)) continue;
        sql.exec('DELETE FROM rendered WHERE entry_rowid = ?', rowid);
        held.delete(rowid);
      }
    },
  };
}

function toRenderedEntry(row: Row): RenderedEntry {
  return { rowid: row.entry_rowid, state: JSON.parse(row.state), plainBytes: row.plain_bytes, bytes: row.bytes };
}
