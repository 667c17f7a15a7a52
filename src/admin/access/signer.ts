/**
 * Signs short texts with keys that are derived from ADMIN_TOKEN (RFC 5869), one key for each purpose.
 *
 * The token itself is for people to type. A derived key serves only its purpose, and a new token ends everything that was
 * signed.
 */
import { loadOnce } from '../../domain/lazy.ts';

/** Signs and checks texts for one purpose. */
export interface Signer {
  /** The signature in hexadecimal. */
  readonly sign: (text: string) => Promise<string>;
  /** Compares in constant time. */
  readonly isSigned: (text: string, signature: string) => Promise<boolean>;
}

/** Creates a signer. The key is derived at the first use. */
export function createSigner(adminToken: string, purpose: string): Signer {
  const key = loadOnce(() => deriveKey(adminToken, purpose));
  return {
    sign: async (text) => toHex(new Uint8Array(await crypto.subtle.sign('HMAC', await key(), encode(text)))),
    isSigned: async (text, signature) => crypto.subtle.verify('HMAC', await key(), fromHex(signature), encode(text)),
  };
}

/** 128 random bits in hexadecimal. */
export function createNonce(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}

async function deriveKey(adminToken: string, purpose: string): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', encode(adminToken), 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encode(purpose) },
    secret,
    256,
  );
  return crypto.subtle.importKey('raw', bits, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
