/**
 * Unpacks what the runtime left packed: `deflate`, which workerd hands on as it came, and gzip that the server did not declare.
 *
 * It works in small steps and stops at the limit. DecompressionStream unpacks all that was written, read or not: 3 MB of packed
 * zeros took 3.2 GB in workerd (measured).
 */
import { Decompress } from 'fflate';
import type { RetrieveFailure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** A step unpacks to 1 MB at most. Unit: bytes. */
const stepBytes = 1024;

/** The unpacked bytes. */
export function unpack(packed: Uint8Array, limitBytes: number): Result<Uint8Array, RetrieveFailure> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const unpacker = new Decompress((part) => {
    size += part.byteLength;
    parts.push(part);
  });
  try {
    for (let at = 0; at < packed.byteLength; at += stepBytes) {
      unpacker.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.byteLength);
      if (size > limitBytes) return fail({ kind: 'too-large', limitBytes });
    }
  } catch (error) {
    const detail = `the document cannot be unpacked (${String(error).slice(0, 120)})`;
    return fail({ kind: 'network', phase: 'body', detail });
  }
  const whole = new Uint8Array(size);
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.byteLength;
  }
  return ok(whole);
}
