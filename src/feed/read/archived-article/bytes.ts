/**
 * Decodes the bytes of an archived article: UTF-8 only, at most a megabyte.
 *
 * Unlike feeds, seed files are ours to correct, so a wrong encoding is reported with its line instead of guessed.
 */
import type { SeedFailure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';

/** Largest seed file, in bytes (1 MB): an article is far smaller, and a stored row holds two. */
const maxSeedBytes = 1_000_000;

const lineFeed = 0x0a;

/** Decodes a seed file, without its byte order mark. */
export function decodeArchivedBytes(bytes: Uint8Array): Result<string, SeedFailure> {
  if (bytes.length > maxSeedBytes) {
    return bad(1, `the file is larger than ${maxSeedBytes} bytes (1 MB): ${bytes.length}`);
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return bad(1, 'the file is not UTF-8 but UTF-16');
  }
  const text = tryDecode(bytes);
  if (text === undefined) return bad(firstBadLine(bytes), 'the file is not UTF-8');
  return text.trim() === '' ? bad(1, 'the file is empty') : ok(text);
}

function tryDecode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** No byte of a multi-byte character is a line feed, so lines can be judged one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const next = bytes.indexOf(lineFeed, start);
    const end = next === -1 ? bytes.length : next + 1;
    if (tryDecode(bytes.subarray(start, end)) === undefined) return line;
    start = end;
  }
  return line;
}

function bad(line: number, reason: string): Result<never, SeedFailure> {
  return fail({ kind: 'bad-seed', line, reason });
}
