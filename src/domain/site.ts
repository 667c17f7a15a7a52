/**
 * What a site says about itself in its feeds and on its pages.
 */
export interface Site {
  readonly siteTitle: string;
  readonly siteDescription: string;
  /** BCP 47. */
  readonly siteLanguage: string;
}
