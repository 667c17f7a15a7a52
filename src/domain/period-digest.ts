/**
 * Defines a digest: one entry that lists what a view selected of a day or a week.
 */
import { digest } from './digest.ts';
import type { EntryId } from './entry.ts';
import type { HttpUrl } from './http-url.ts';
import type { Instant } from './instant.ts';
import type { Period } from './period.ts';

/** One entry on the list. Plain text. */
export interface DigestItem {
  readonly id: EntryId;
  /** Empty where the publisher gave none. */
  readonly title: string;
  /** Title of its source. */
  readonly source: string;
  readonly url?: HttpUrl;
  /** The first words. */
  readonly summary: string;
  readonly language?: string;
}

/** What a view selected of one period. */
export interface PeriodDigest {
  readonly id: EntryId;
  readonly period: Period;
  /** Entries of the period; more than `items` where they are many. */
  readonly count: number;
  /** There are more than `count`: counting stopped there. */
  readonly isMore: boolean;
  /** The newest, newest first. */
  readonly items: readonly DigestItem[];
}

/** Our id of a digest. @param name names the view, the kind of period and the zone */
export function toDigestId(name: string, start: Instant): EntryId {
  return digest(`digest\n${name}\n${start}`).slice(0, 20) as EntryId;
}
