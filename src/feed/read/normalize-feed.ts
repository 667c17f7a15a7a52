/**
 * Turns a raw feed into a `Feed`: stable ids, absolute URLs, instants, languages. Pure; content markup is passed on
 * unparsed.
 */
import type { Defect, Document } from '../../domain/document.ts';
import type { ReadEntry } from '../../domain/entry.ts';
import type { ReadFeed } from '../../domain/feed.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import type { SourceId } from '../../domain/source.ts';
import { createDefects } from './defects.ts';
import { toLine } from './html-text.ts';
import { createEntryBound } from './normalize/bound-entry.ts';
import { toCadence } from './normalize/cadence.ts';
import { toCategories } from './normalize/categories.ts';
import { toDates } from './normalize/dates.ts';
import { alternateOf, relatedOf } from './normalize/entry-links.ts';
import {
  feedAboutRungs,
  feedDescriptionRungs,
  feedGeneratorRungs,
  feedHomeRungs,
  feedIconRungs,
  feedIdRungs,
  feedImageRungs,
  feedLanguageRungs,
  feedTitleRungs,
  licenseRungs,
  rightsRungs,
} from './normalize/field-ladders.ts';
import { climb, type Ladder } from './normalize/ladder.ts';
import { documentLanguage, toLanguage } from './normalize/language-tags.ts';
import { toPlain, toPlainTitle, toTitleHtml } from './normalize/meaning.ts';
import { toModules } from './normalize/module-elements.ts';
import { normalizeEntry } from './normalize/normalize-entry.ts';
import { toFeedAuthors, toInheritedAuthors } from './normalize/people.ts';
import type { RawFeed } from './raw-feed.ts';
import { documentBase, resolveUrl } from './resolve-url.ts';

/** Normalizes a raw feed. `document` is the one it was read from: its headers fill gaps of the feed. */
export function normalizeFeed(
  raw: RawFeed,
  context: { readonly sourceId: SourceId; readonly document: Document },
): { feed: ReadFeed; defects: Defect[] } {
  const defects = createDefects();
  const declared = raw.base === undefined ? undefined : parseHttpUrl(raw.base);
  const own = declared ?? documentBase(context.document);
  const siteUrl =
    alternateOf(raw, own, feedHomeRungs) ?? climb(feedAboutRungs, raw.values, ({ text }) => resolveUrl(text, own));
  const base = declared ?? baseOfEntries(raw, siteUrl) ?? own;
  const language =
    climb(feedLanguageRungs, raw.values, ({ text }) => toLanguage(text)) ??
    (raw.language === undefined ? undefined : toLanguage(raw.language)) ??
    (raw.language === '' ? undefined : documentLanguage(context.document.contentLanguage));
  const feedAuthors = toFeedAuthors(raw.people, own);
  const dates = toDates(raw, defects);
  const taken = new Map();
  const entries: ReadEntry[] = [];
  const entryContext = {
    sourceId: context.sourceId,
    base,
    hasStrictIds: raw.format === 'atom-1.0' || raw.format.startsWith('json'),
    language,
    inheritedLanguage: raw.language,
    feedUpdated: dates.updated ?? dates.published,
    authors: toInheritedAuthors(raw.people, own),
    defects,
    taken,
  };
  const bound = createEntryBound(context.document.bytes.byteLength, defects);
  for (const [index, entry] of raw.entries.entries()) {
    const normalized = normalizeEntry(entry, index, entryContext);
    if (normalized !== undefined) entries.push(bound(normalized, index));
  }

  const title = climb(feedTitleRungs, raw.texts, (text) => (toPlainTitle(text) === '' ? undefined : text));
  const optional = {
    titleHtml: title === undefined ? undefined : toTitleHtml(title, own, defects, 0),
    guid: climb(feedIdRungs, raw.values, ({ text }) => toLine(text)),
    siteUrl,
    feedUrl: relatedOf(raw, own, ['self']),
    // RFC 5005: paged feeds go on under `next`, archived ones under `prev-archive`.
    nextUrl: relatedOf(raw, own, ['next', 'prev-archive']),
    language,
    rights:
      climb(rightsRungs, raw.texts, (text) => toPlain(text) || undefined) ??
      climb(licenseRungs, raw.values, ({ text }) => text),
    generator: climb(feedGeneratorRungs, raw.values, ({ text }) => toLine(text, 200)),
    icon: picture(raw, base, feedIconRungs),
    image: picture(raw, base, feedImageRungs),
  };
  return {
    feed: {
      title: title === undefined ? '' : toPlainTitle(title),
      description: climb(feedDescriptionRungs, raw.texts, (text) => toPlain(text) || undefined) ?? '',
      ...present(optional),
      hubs: hubsOf(raw, own),
      authors: feedAuthors,
      categories: toCategories(raw.categories),
      ...dates,
      cadence: toCadence(raw.values),
      ...toModules(raw.modules, 'feed', base),
      entries,
    },
    defects: defects.list(),
  };
}

/** Formats without `xml:base` mean their site: a relative link of an item is one of the pages, not of the feed's host. */
function baseOfEntries(raw: RawFeed, siteUrl: HttpUrl | undefined): HttpUrl | undefined {
  return raw.format.startsWith('atom') ? undefined : siteUrl;
}

function picture(raw: RawFeed, base: string, rungs: Ladder): HttpUrl | undefined {
  return climb(rungs, raw.values, ({ text, base: near }) => resolveUrl(text, near ?? base));
}

function hubsOf(raw: RawFeed, base: string): HttpUrl[] {
  const hubs = raw.links
    .filter(({ rel }) => rel === 'hub')
    .map(({ href, base: near }) => resolveUrl(href, near ?? base));
  return [...new Set(hubs)].filter((hub) => hub !== undefined);
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
