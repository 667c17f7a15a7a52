/**
 * Checks the signature of a push (`X-Hub-Signature: method=hex`) in constant time.
 *
 * @see https://www.w3.org/TR/websub/#signing-content
 */

/** The methods of the recommendation. */
const hashes: ReadonlyMap<string, string> = new Map([
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
]);

/** Whether `bytes` were signed with `secret`. */
export async function isSigned(bytes: Uint8Array, header: string | null, secret: string): Promise<boolean> {
  const [, method = '', hex = ''] = /^\s*(sha\d{1,3})=([0-9a-f]+)\s*$/i.exec(header ?? '') ?? [];
  const hash = hashes.get(method.toLowerCase());
  if (hash === undefined || hex.length % 2 !== 0) return false;
  const algorithm = { name: 'HMAC', hash };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
  const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // The runtime compares in constant time.
  return await crypto.subtle.verify(algorithm, key, signature, bytes);
}
