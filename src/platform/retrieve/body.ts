/**
 * Reads the body of an answer, up to a size and a time. It counts decompressed bytes as they come, so that neither an
 * endless stream nor a decompression bomb has to fit into memory.
 */
import type { RetrieveFailure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { unpack } from './unpack.ts';

/** Bounds of a body. */
export interface BodyLimits {
  readonly limitBytes: number;
  readonly limitMs: number;
}

/** The buffer starts with this and doubles: most feeds fit after one or two steps. Unit: bytes. */
const firstBufferBytes = 64 * 1024;

/** Reads the whole body, or cancels it at the first byte or millisecond too many. */
export async function readBody(
  response: Response,
  { limitBytes, limitMs }: BodyLimits,
): Promise<Result<Uint8Array, RetrieveFailure>> {
  if (declaredBytes(response.headers) > limitBytes) {
    discardBody(response);
    return fail({ kind: 'too-large', limitBytes });
  }
  if (response.body === null) return ok(new Uint8Array());
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Result<never, RetrieveFailure>>((resolve) => {
    timer = setTimeout(() => resolve(fail({ kind: 'timeout', phase: 'body', limitMs })), limitMs);
  });
  const isDeflated = response.headers.get('content-encoding')?.trim().toLowerCase() === 'deflate';
  const whole = collect(reader, limitBytes).then((body) =>
    body.ok && isPacked(body.value, isDeflated) ? unpack(body.value, limitBytes) : body,
  );
  const outcome = await Promise.race([whole, late]);
  clearTimeout(timer);
  // Ends the transfer, and with it a read that still waits; nothing is left to cancel after a whole body.
  if (!outcome.ok) reader.cancel().catch(() => undefined);
  return outcome;
}

/** Cancels an unwanted body, so that its connection is free again. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

/** The announced length; compressed or not, a length over the limit is refused. */
function declaredBytes(headers: Headers): number {
  const text = headers.get('content-length') ?? '';
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** Whether a body is packed still; of `deflate` only what starts as zlib does (RFC 1950), which no feed does. */
function isPacked([first = 0, second = 0]: Uint8Array, isDeflated: boolean): boolean {
  if (first === 0x1f && second === 0x8b) return true;
  return isDeflated && (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/** One growing buffer instead of a list of chunks: a server may send its bytes one by one. */
async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limitBytes: number,
): Promise<Result<Uint8Array, RetrieveFailure>> {
  let buffer = new Uint8Array(Math.min(firstBufferBytes, limitBytes));
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(buffer.slice(0, size));
      if (size + value.byteLength > limitBytes) return fail({ kind: 'too-large', limitBytes });
      if (size + value.byteLength > buffer.byteLength) {
        const larger = new Uint8Array(Math.min(Math.max(buffer.byteLength * 2, size + value.byteLength), limitBytes));
        larger.set(buffer.subarray(0, size));
        buffer = larger;
      }
      buffer.set(value, size);
      size += value.byteLength;
    }
  } catch (error) {
    const detail = `the document broke off after ${size} bytes (${String(error).slice(0, 120)})`;
    return fail({ kind: 'network', phase: 'body', detail });
  }
}
