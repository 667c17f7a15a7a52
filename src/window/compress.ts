/**
 * Compresses and inflates with the runtime's zlib: the only file that imports `node:zlib`.
 *
 * Loaded on demand: loading it and compressing for the first time costs an isolate about 5 ms, and polls of published
 * feeds need neither.
 */
import { loadOnce } from '../domain/lazy.ts';
import { type Piece, powerOfX } from './gzip-join.ts';

const loadZlib = loadOnce(() => import('node:zlib'));

const encoder = new TextEncoder();

/** Compresses pieces. */
export type DeflatePiece = (plain: Uint8Array | string) => Piece;

/** Loads the compressor. */
export async function loadDeflate(): Promise<DeflatePiece> {
  const { deflateRawSync, crc32, constants } = await loadZlib();
  return (given) => {
    const plain = typeof given === 'string' ? encoder.encode(given) : given;
    const bytes = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH });
    return { bytes, crc: crc32(plain), power: powerOfX(plain.length), plainLength: plain.length };
  };
}

/** One gzip member of these bytes. */
export async function compress(plain: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { gzipSync } = await loadZlib();
  return new Uint8Array(gzipSync(plain));
}

/** The plain bytes of a gzip member. */
export async function inflate(gzip: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { gunzipSync } = await loadZlib();
  return new Uint8Array(gunzipSync(gzip));
}
