/**
 * What a site says about itself in its feeds and on its pages.
 */
export interface Site {
  readonly siteTitle: string;
  readonly siteDescription: string;
  /** BCP 47. */
  readonly siteLanguage: string;
}

/** A site that knows where it is: what feeds can be finished for ahead of time. */
export interface PlacedSite extends Site {
  /** Without a trailing slash. */
  readonly origin: string;
}

/** Whether what was finished for a site still is what it would say of itself: settings change without a publish. */
export function isSameSite(finishedFor: PlacedSite, site: Site, origin: string): boolean {
  return (
    finishedFor.origin === origin &&
    finishedFor.siteTitle === site.siteTitle &&
    finishedFor.siteDescription === site.siteDescription &&
    finishedFor.siteLanguage === site.siteLanguage
  );
}
