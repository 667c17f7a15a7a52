/**
 * Makes the head of a view: title, addresses, paging. It is the same for every format except for the self link.
 */
import type { HttpUrl } from '../domain/http-url.ts';
import type { Site } from '../domain/site.ts';
import { type FeedFormat, type FeedHead, feedFormats } from '../domain/view.ts';
import { everything, isEverything, type Query } from '../query/language/query.ts';
import { nextPlace, type Selection } from './selection.ts';
import { archiveAddress, feedAddress, pageAddress, type ViewPlace, withKey } from './view-address.ts';
import { changedAt } from './view-changes.ts';
import type { ArchiveTotals } from './window.ts';

/** The head of one document of a view. `origin` has no trailing slash; `words` are the filter of the query. */
export function toViewHead(
  site: Site,
  origin: string,
  place: ViewPlace,
  query: Query,
  format: FeedFormat,
  selection: Selection,
  totals: ArchiveTotals,
  words = '',
): FeedHead {
  const at = (address: string): HttpUrl => `${origin}${address}` as HttpUrl;
  const before = nextPlace(selection);
  const next = before === undefined ? undefined : { ...query, before };
  const updated = changedAt(place, query, selection.entries, totals);
  const entryLanguage = commonLanguage(selection, site);
  const isFirstPage = query.before === undefined;
  const address = feedAddress(place, format, query);
  // Subscribers of a hub use the self link as the topic, so for a private view it contains the key.
  const isDigest = query.digest !== undefined || (place.kind === 'view' && place.query.digest !== undefined);
  const isPushed = isFirstPage && !isDigest && site.hubUrl !== undefined;
  const firstPage = isFirstPage ? query : withoutPlace(query);
  return {
    // One id for the view in all formats and pages (RFC 4287 section 4.2.6): the page's address.
    id: at(pageAddress(place, firstPage)),
    ...whatItSays(site, at(pageAddress(place, firstPage)), place, totals, words),
    selfUrl: at(isPushed ? withKey(place, address) : address),
    alternates: feedFormats
      .filter((other) => other !== format)
      .map((other) => ({ format: other, url: at(feedAddress(place, other, query)) })),
    // Further pages have no hub: only the newest entries change.
    hubs: isPushed && site.hubUrl !== undefined ? [site.hubUrl] : [],
    ...(updated === undefined ? {} : { updated }),
    ...(entryLanguage === undefined ? {} : { entryLanguage }),
    ...(next === undefined ? {} : { nextUrl: at(withKey(place, feedAddress(place, format, next))) }),
    ...(isWhole(place, query) && totals.newestMonth !== undefined
      ? { prevArchiveUrl: at(archiveAddress(totals.newestMonth, format)) }
      : {}),
    ...(selection.previous === undefined
      ? {}
      : { previousUrl: at(withKey(place, feedAddress(place, format, { ...firstPage, ...selection.previous }))) }),
    ...(isFirstPage ? {} : { firstUrl: at(withKey(place, feedAddress(place, format, firstPage))) }),
  };
}

/** The common language of all entries (`en-GB` and `en-US` have `en`); without entries, the site's language. */
export function commonLanguage(
  { entries }: Selection,
  { siteLanguage }: Pick<Site, 'siteLanguage'>,
): string | undefined {
  const [first, ...others] = entries;
  if (first === undefined) return siteLanguage;
  let common = first.language?.split('-') ?? [];
  for (const { language = '' } of others) {
    const tags = language.toLowerCase().split('-');
    const differs = common.findIndex((tag, at) => tag.toLowerCase() !== tags[at]);
    if (differs !== -1) common = common.slice(0, differs);
  }
  return common.length === 0 ? undefined : common.join('-');
}

/** The description of a view: the source's own for the feed of a source, else the site's. */
function whatItSays(
  site: Site,
  page: HttpUrl,
  place: ViewPlace,
  totals: ArchiveTotals,
  words: string,
): Pick<FeedHead, 'title' | 'description' | 'language' | 'siteUrl' | 'channel'> {
  const source = place.kind === 'source' ? totals.sources.find(({ id }) => id === place.name) : undefined;
  const channel = source?.channel;
  const description = channel === undefined ? site.siteDescription : (channel.description ?? '');
  return {
    title: channel === undefined || words !== '' ? viewTitle(site, place, totals, words) : (source?.title ?? ''),
    description: words === '' ? description : `${toSentence(words)}. ${description}`.trimEnd(),
    // A source that names no language is not in the site's language.
    language: channel === undefined ? site.siteLanguage : (channel.language ?? ''),
    siteUrl: channel === undefined ? page : (source?.siteUrl ?? page),
    ...(channel === undefined ? {} : { channel }),
  };
}

function withoutPlace(query: Query): Query {
  const { before: _, ...firstPage } = query;
  return firstPage;
}

/** The feed of everything: the archive documents are its past. */
function isWhole(place: ViewPlace, query: Query): boolean {
  return place.kind === 'all' && isEverything({ ...query, limit: everything.limit, content: everything.content });
}

/** The title of a view, for feeds and pages: its place, and the filter of the query in words. */
export function viewTitle(site: Site, place: ViewPlace, totals: ArchiveTotals, words = ''): string {
  const name = placeName(place, totals);
  if (name === undefined) return words === '' ? site.siteTitle : `${toSentence(words)} · ${site.siteTitle}`;
  return `${name}${words === '' ? '' : `, ${words}`} · ${site.siteTitle}`;
}

function placeName(place: ViewPlace, totals: ArchiveTotals): string | undefined {
  switch (place.kind) {
    case 'all':
      return undefined;
    case 'tag':
      return totals.tags.find((tag) => tag.slug === place.name)?.label ?? place.name;
    case 'source':
      return totals.sources.find((source) => source.id === place.name)?.title ?? place.name;
    case 'view':
      return place.title;
  }
}

function toSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
