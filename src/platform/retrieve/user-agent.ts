/**
 * Our name to the sites we ask: product, version, a page that explains us, and for how many readers.
 */
import type { HttpUrl } from '../../domain/http-url.ts';

/** `Tributary/1.2.3 (+https://feeds.example.org/bot; 12 subscribers)` */
export function toUserAgent(facts: {
  readonly version: string;
  /** A public page about this installation. */
  readonly publicUrl: HttpUrl;
  readonly subscribers: number;
}): string {
  const { version, publicUrl, subscribers } = facts;
  return `Tributary/${version} (+${publicUrl}; ${subscribers} subscribers)`;
}
