/**
 * Describes this installation: what it says about itself in its feeds and on its pages, and whether others can reach it.
 */
import type { HttpUrl } from './http-url.ts';

/** What an installation says about itself. */
export interface Site {
  readonly siteTitle: string;
  readonly siteDescription: string;
  /** BCP 47. */
  readonly siteLanguage: string;
  /** Our WebSub hub, which feeds name; absent when there is none. */
  readonly hubUrl?: HttpUrl;
}

/** An installation whose origin is known, so that its default feeds can be finished ahead of time. */
export interface PlacedSite extends Site {
  /** Without a trailing slash. */
  readonly origin: string;
}

/** Whether a document that was finished for one site still fits another: settings can change without a publish. */
export function isSameSite(finishedFor: PlacedSite, site: Site, origin: string): boolean {
  return (
    finishedFor.origin === origin &&
    finishedFor.siteTitle === site.siteTitle &&
    finishedFor.siteDescription === site.siteDescription &&
    finishedFor.siteLanguage === site.siteLanguage &&
    finishedFor.hubUrl === site.hubUrl
  );
}

/** Whether others can look up a name: it has a dot, ends in a letter, and is not a name of a local network. */
export function isPublicName(hostname: string): boolean {
  return /[a-z]$/.test(hostname) && hostname.includes('.') && !/(?:^|\.)local(?:host|domain)?$/.test(hostname);
}
