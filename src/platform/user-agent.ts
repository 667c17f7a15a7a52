/**
 * Makes the User-Agent of our requests: our name, our version, and the page that tells sites who asks.
 */
import type { HttpUrl } from '../domain/http-url.ts';
import { isPublicName } from '../domain/site.ts';

/** The version in package.json. */
export { version } from '../../package.json';

/** `Tributary/1.2.3 (+https://feeds.example.org/bot)`; without a public page only the name and the version. */
export function toUserAgent(version: string, publicUrl: HttpUrl | undefined): string {
  return publicUrl === undefined ? `Tributary/${version}` : `Tributary/${version} (+${publicUrl})`;
}

/** The page about this installation: at `SITE_URL`, else at the host that its owner uses. A local host is no public page. */
export function toPublicUrl(siteUrl: HttpUrl | undefined, ownHosts: readonly string[]): HttpUrl | undefined {
  const origins = siteUrl === undefined ? ownHosts.map((host) => `https://${host}`) : [siteUrl];
  const origin = origins.find((each) => isPublicName(URL.parse(each)?.hostname ?? ''));
  return origin === undefined ? undefined : (new URL('/bot', origin).href as HttpUrl);
}
