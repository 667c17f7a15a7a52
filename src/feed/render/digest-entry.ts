/**
 * Makes an entry of a digest, so that it is written like any other: a title, and a list of links as its content.
 */
import type { Origin, RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import { describePeriod, type PeriodKind } from '../../domain/period.ts';
import type { PeriodDigest } from '../../domain/period-digest.ts';
import { type DigestLinks, digestHeading, renderDigestContent } from './digest-html.ts';

/** Titles that the summary names. */
const namedTitles = 5;

/** The digest as an entry. It never changes, so it has one date: when its period was over. */
export function toDigestEntry(
  digest: PeriodDigest,
  kind: PeriodKind,
  origin: Origin,
  links: DigestLinks,
): RecordedEntry<SafeHtml> {
  const { id, period, items } = digest;
  const rest = digest.count - Math.min(namedTitles, items.length);
  const named = items.slice(0, namedTitles).map(digestHeading);
  return {
    id,
    guid: `urn:tributary:digest:${id}`,
    url: links.page,
    title: `${describePeriod(period, kind)}: ${countEntries(digest)}`,
    summary: [...named, ...(rest > 0 ? [`and ${rest.toLocaleString('en')} more`] : [])].join(' · '),
    content: renderDigestContent(digest, links),
    published: period.end,
    updated: period.end,
    authors: [],
    categories: [],
    enclosures: [],
    language: 'en',
    origin,
    tags: [],
    firstSeen: period.end,
    sortAt: period.end,
    modified: period.end,
    sequence: Math.floor(period.end / 1000),
  };
}

/** How many entries there are, in words. */
export function countEntries({ count, isMore }: PeriodDigest): string {
  const entries = `${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}`;
  return isMore ? `more than ${entries}` : entries;
}
