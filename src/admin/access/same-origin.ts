/**
 * Tells whether one of our own pages sent a request.
 *
 * The session's cookie is SameSite=Strict already; this holds where a neighbour on the same site is hostile.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */

/** `unknown`: the client says nothing about it, as programs do. */
export type Sender = 'own' | 'foreign' | 'unknown';

/** Judges by `Origin` and `Sec-Fetch-Site`. Schemes are not compared: TLS may end before us. */
export function senderOf(request: Request): Sender {
  const site = request.headers.get('Sec-Fetch-Site');
  if (site === 'cross-site' || site === 'same-site') return 'foreign';
  const origin = request.headers.get('Origin');
  // `none` is the address bar.
  if (origin === null) return site === 'same-origin' ? 'own' : 'unknown';
  // `null` is what a sandbox sends.
  if (!URL.canParse(origin)) return 'foreign';
  return new URL(origin).host === new URL(request.url).host ? 'own' : 'foreign';
}
