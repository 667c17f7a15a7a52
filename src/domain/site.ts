/**
 * Describes a site: what it says about itself in its feeds and on its pages, and whether others can reach it.
 */
import type { HttpUrl } from './http-url.ts';

/** What a site says about itself. */
export interface Site {
  readonly siteTitle: string;
  readonly siteDescription: string;
  /** BCP 47. */
  readonly siteLanguage: string;
  /** Our WebSub hub, which feeds name; absent when there is none. */
  readonly hubUrl?: HttpUrl;
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
    finishedFor.siteLanguage === site.siteLanguage &&
    finishedFor.hubUrl === site.hubUrl
  );
}

/** Whether a name is one that others can look up: it has a dot, ends in a letter, and is no name of a local network. */
export function isPublicName(hostname: string): boolean {
  return /[a-z]$/.test(hostname) && hostname.includes('.') && !/(?:^|\.)local(?:host|domain)?$/.test(hostname);
}
