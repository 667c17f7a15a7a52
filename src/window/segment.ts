/**
 * Writes and reads a segment as KV has it: its name, then the rendered fragments of some 64 entries.
 *
 * Layout: name (16 characters), then pieces: their number, a table, their bytes one after the other. A row of the table
 * has the end of the piece and the other numbers of `Piece`; all numbers are 4 bytes, big-endian. A sealed segment has one
 * value for each format. The open segment, which every publish writes, has one value with the pieces of all formats in a
 * row.
 */
import type { Piece } from './gzip-join.ts';
import { type FragmentFormat, fragmentFormats, type SegmentName } from './window.ts';

const nameLength = 16;
const rowLength = 16;

/** Writes pieces with their table. */
export function encodePieces(pieces: readonly Piece[], before = 0): Uint8Array<ArrayBuffer> {
  const start = before + 4 + pieces.length * rowLength;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes.length, start));
  const view = new DataView(bytes.buffer, before);
  view.setUint32(0, pieces.length);
  let end = 0;
  pieces.forEach((piece, position) => {
    bytes.set(piece.bytes, start + end);
    end += piece.bytes.length;
    view.setUint32(4 + position * rowLength, end);
    view.setUint32(8 + position * rowLength, piece.crc);
    view.setUint32(12 + position * rowLength, piece.power);
    view.setUint32(16 + position * rowLength, piece.plainLength);
  });
  return bytes;
}

/** One of the pieces that `encodePieces` wrote; `undefined` when there is none at that position. */
export function pieceAt(bytes: Uint8Array, position: number): Piece | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0);
  const start = 4 + count * rowLength;
  if (position >= count || start > bytes.length) return undefined;
  const row = 4 + position * rowLength;
  const from = start + (position === 0 ? 0 : view.getUint32(row - rowLength));
  const to = start + view.getUint32(row);
  if (from > to || to > bytes.length) return undefined;
  return {
    bytes: bytes.subarray(from, to),
    crc: view.getUint32(row + 4),
    power: view.getUint32(row + 8),
    plainLength: view.getUint32(row + 12),
  };
}

/** Writes a segment. */
export function encodeSegment(name: string, pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const bytes = encodePieces(pieces, nameLength);
  new TextEncoder().encodeInto(name, bytes);
  return bytes;
}

/** The pieces of a segment for `pieceAt`; `undefined` when this is another value, or incomplete. */
export function decodeSegment(bytes: Uint8Array, name: string): Uint8Array | undefined {
  if (bytes.length < nameLength + 4) return undefined;
  if (new TextDecoder().decode(bytes.subarray(0, nameLength)) !== name) return undefined;
  const pieces = bytes.subarray(nameLength);
  const view = new DataView(pieces.buffer, pieces.byteOffset, pieces.byteLength);
  const start = 4 + view.getUint32(0) * rowLength;
  if (start > pieces.length) return undefined;
  const end = start === 4 ? 0 : view.getUint32(start - rowLength);
  return start + end === pieces.length ? pieces : undefined;
}

/** Position of an entry's piece. In the open segment, the pieces of a format follow those of the format before. */
export function piecePosition(
  pieces: Uint8Array,
  segment: SegmentName,
  format: FragmentFormat,
  position: number,
): number {
  if (!segment.isOpen) return position;
  const count = new DataView(pieces.buffer, pieces.byteOffset, pieces.byteLength).getUint32(0) / fragmentFormats.length;
  return fragmentFormats.indexOf(format) * count + position;
}
