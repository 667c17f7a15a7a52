/**
 * Makes one document from a frame and the fragments of a selection: its entity tag at once, its bytes when they are
 * needed.
 *
 * The fragments are compressed already, so the document is made as a gzip member (gzip-join.ts). They were escaped when
 * they were rendered.
 */
import { fingerprintAll } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { Frame } from '../feed/render/frame.ts';
import { loadDeflate } from './compress.ts';
import { joinGzip, type Piece, type StoredText, storeText } from './gzip-join.ts';
import { digestOf, type Selection } from './selection.ts';

/** A document whose bytes are not joined yet: an answer without a body needs none. */
export interface DraftedDocument {
  /** Strong entity tag with quotes: `"<highest sequence, base 36>-<digest>"`. Names the document, whatever its encoding. */
  readonly etag: string;
  readonly lastModified: Instant;
  /** One gzip member; `undefined` when a part of the window is missing (`Selection.fragments`). */
  readonly join: () => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Shorter frames (those of feeds) are not compressed; those of pages are. Characters. */
const storedCharacters = 4096;

/** The document of a frame with the selection's fragments. */
export function assemble(frame: Frame, selection: Selection, lastModified: Instant): DraftedDocument {
  return { etag: entityTag(frame, selection), lastModified, join: () => join(frame, selection) };
}

/** It names content, not versions: with its sequence number, a delta is answered without stored state (RFC 3229). */
function entityTag(frame: Frame, { entries }: Selection): string {
  let sequence = 0;
  for (const entry of entries) sequence = Math.max(sequence, entry.sequence);
  const { name = [frame.prefix, frame.suffix] } = frame;
  return `"${sequence.toString(36)}-${fingerprintAll([...name, digestOf(entries)])}"`;
}

async function join(frame: Frame, selection: Selection): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const fragments = await selection.fragments();
  if (fragments === undefined) return undefined;
  const isLong = Math.max(frame.prefix.length, frame.suffix.length) > storedCharacters;
  const toPart = isLong ? await loadDeflate() : storeText;
  const parts: (Piece | StoredText)[] = [toPart(frame.prefix)];
  const separator = frame.separator === '' ? undefined : storeText(frame.separator);
  fragments.forEach((fragment, position) => {
    if (position > 0 && separator !== undefined) parts.push(separator);
    parts.push(fragment);
  });
  parts.push(toPart(frame.suffix));
  return joinGzip(parts);
}
