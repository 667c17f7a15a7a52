/**
 * What every page is made with: the settings, our own origin, and the places of the site.
 */
import type { Config } from '../../../pipeline/config.ts';

/** Passed down to whatever renders. */
export interface PageContext {
  readonly config: Config;
  /** Public origin without a trailing slash. */
  readonly origin: string;
}

/** The context of one request. */
export function toPageContext(config: Config, url: URL): PageContext {
  return { config, origin: config.siteUrl ?? url.origin };
}
