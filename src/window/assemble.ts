/**
 * Makes one document of a frame and fragments: one byte array, its entity tag and its date.
 *
 * Bytes are copied, never decoded: joining strings costs three times as much, a stream of slices seven times
 * (docs/adr/0004). Escaping happened when the fragments were rendered.
 */
import { fingerprintAll } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { FeedFormat, FeedHead } from '../domain/view.ts';
import { type Frame, renderFrame } from '../feed/render/frame.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { digestOf, type Selection } from './selection.ts';

/** A finished document. */
export interface AssembledDocument {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Strong entity tag with quotes: `"<highest sequence, base 36>-<digest>"`. */
  readonly etag: string;
  readonly lastModified: Instant;
}

/** A document whose bytes are not joined yet: an answer without a body needs none. */
export interface DraftedDocument extends Omit<AssembledDocument, 'body'> {
  readonly join: () => Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

/** A feed document: the frame of `head` in `format` around the selection's fragments. */
export function assembleFeed(
  templates: FrameTemplates,
  format: FeedFormat,
  head: FeedHead,
  selection: Selection,
): AssembledDocument {
  return assemble(renderFrame(templates, format, head), selection, head.updated);
}

/** Joins any frame and the selection's fragments. */
export function assemble(frame: Frame, selection: Selection, lastModified: Instant): AssembledDocument {
  const { join, ...document } = draft(frame, selection, lastModified);
  return { ...document, body: join() };
}

/** The same, but for the joining. */
export function draft(frame: Frame, selection: Selection, lastModified: Instant): DraftedDocument {
  return {
    etag: entityTag(frame, selection),
    lastModified,
    join: () => joinBytes(frame, selection.fragments),
  };
}

/**
 * The entity tag that `assemble` would give, without the body.
 *
 * It names content, not versions: the sequence lets a delta be answered without remembering anything (RFC 3229).
 */
export function entityTag(
  frame: Frame,
  { entries, digest = digestOf(entries) }: Pick<Selection, 'entries' | 'digest'>,
): string {
  let sequence = 0;
  for (const entry of entries) sequence = Math.max(sequence, entry.sequence);
  const { name = [frame.prefix, frame.suffix] } = frame;
  return `"${sequence.toString(36)}-${fingerprintAll([...name, digest])}"`;
}

function joinBytes(frame: Frame, fragments: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const prefix = encoder.encode(frame.prefix);
  const separator = encoder.encode(frame.separator);
  const suffix = encoder.encode(frame.suffix);
  let length = prefix.length + suffix.length + separator.length * Math.max(0, fragments.length - 1);
  for (const fragment of fragments) length += fragment.length;
  const body = new Uint8Array(length);
  body.set(prefix, 0);
  let at = prefix.length;
  fragments.forEach((fragment, position) => {
    if (position > 0) {
      body.set(separator, at);
      at += separator.length;
    }
    body.set(fragment, at);
    at += fragment.length;
  });
  body.set(suffix, at);
  return body;
}
