/**
 * The ports that feeds and pages are served from, faked over a list of entries: a published window of the newest, an
 * archive of all.
 */
import type { EntryId, RecordedEntry } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { monthOf } from '../../src/domain/month.ts';
import type { FeedSources } from '../../src/http/feeds/feeds.ts';
import { createViewMemory } from '../../src/http/feeds/view-memory.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { ArchiveReader, PublishedWindow } from '../../src/pipeline/ports.ts';
import { foldText } from '../../src/query/language/fold.ts';
import type { Query } from '../../src/query/language/query.ts';
import { compareNewestFirst, matches } from '../../src/query/match/matches.ts';
import { matchesText, type SearchedEntry } from '../../src/query/match/text-matches.ts';
import { renderForWindow, toEntryState } from '../../src/window/rendered-entry.ts';
import type { ArchiveTotals, EntryState } from '../../src/window/window.ts';
import { expectOk, givenInstant } from './given.ts';
import { type GivenWindow, windowOf } from './given-window.ts';

/** What the fake can be told. */
export interface GivenSources {
  readonly entries: readonly RecordedEntry<SafeHtml>[];
  /** How many of the newest are published; all unless said. */
  readonly windowSize?: number;
  /** Nothing was ever published. */
  readonly isUnpublished?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly now?: Instant;
}

/** The ports, and how often the archive was asked. */
export interface FakedSources extends FeedSources {
  readonly asked: string[];
  /** Publishes other entries. */
  readonly publish: (entries: readonly RecordedEntry<SafeHtml>[]) => void;
}

/** Creates them. */
export function givenSources(given: GivenSources): FakedSources {
  const asked: string[] = [];
  let archived = sorted(given.entries);
  let built = windowOfNewest(archived, given.windowSize);
  const now = given.now ?? givenInstant('2026-11-22T10:30:00Z');
  const isPublished = given.isUnpublished !== true;
  const window: PublishedWindow = {
    freshVersion: () => undefined,
    current: async () => {
      const { version, seedDigest } = built.window;
      return isPublished ? { version, seedDigest } : undefined;
    },
    fresh: () => undefined,
    index: async () => (isPublished ? built.window : undefined),
    defaultFeed: async () => undefined,
    fragments: async (_, format, entries) => built.fragments(format, entries),
    isAtHand: () => true,
    absentKeys: () => [],
  };
  const find = (query: Query): readonly { readonly entry: RecordedEntry<SafeHtml>; readonly state: EntryState }[] =>
    archived
      .map((entry) => ({ entry, state: toEntryState(entry, '') }))
      .filter(({ entry, state }) => matches(query, state, now) && matchesText(query.text ?? [], toSearched(entry)));
  const archive: ArchiveReader = {
    count: async (query, most) => {
      asked.push('count');
      const found = find(query).length;
      return { amount: Math.min(found, most), more: found > most };
    },
    answer: async (query, format) => {
      asked.push('answer');
      const found = find(query);
      const chosen = found.slice(0, query.limit);
      const fragments = chosen.map(({ entry }) => Buffer.from(renderForWindow(entry)[format]));
      const ends: number[] = [];
      for (const fragment of fragments) ends.push((ends.at(-1) ?? 0) + fragment.length);
      return {
        entries: chosen.map(({ state }) => state),
        bytes: Buffer.concat(fragments),
        ends,
        more: found.length > query.limit,
        totals: toTotals(archived),
      };
    },
    entry: async (id: EntryId) => {
      asked.push('entry');
      return archived.find((entry) => entry.id === id);
    },
    icon: async () => ({}),
    mergedSource: async () => undefined,
    totals: async () => {
      asked.push('totals');
      return toTotals(archived);
    },
    month: async () => undefined,
    digests: async () => ({ digests: [], endsAt: (now + 1000) as Instant, totals: toTotals(archived) }),
    months: async () => [...new Set(archived.map((entry) => monthOf(entry.sortAt)))],
    views: async () => [],
    bootstrap: async () => {
      asked.push('bootstrap');
    },
    rewrite: async (keys) => {
      asked.push(`rewrite ${keys.join(' ')}`);
    },
  };
  return {
    window,
    archive,
    asked,
    config: expectOk(parseConfig(given.settings ?? {})),
    now: () => now,
    views: createViewMemory(),
    publish: (entries) => {
      archived = sorted(entries);
      built = windowOfNewest(archived, given.windowSize);
    },
  };
}

function sorted(entries: readonly RecordedEntry<SafeHtml>[]): readonly RecordedEntry<SafeHtml>[] {
  return entries.toSorted(compareNewestFirst);
}

/** The window of the newest of these entries, which are the whole archive. */
export function windowOfNewest(
  entries: readonly RecordedEntry<SafeHtml>[],
  size: number = entries.length,
): GivenWindow {
  const published = entries.slice(0, size);
  const last = published.at(-1);
  const isWhole = size >= entries.length || last === undefined;
  return windowOf(published, {
    totals: toTotals(entries),
    seedDigest: 'seeds',
    ...(isWhole ? {} : { contiguousFrom: { sortAt: last.sortAt, id: last.id } }),
  });
}

function toSearched(entry: RecordedEntry<SafeHtml>): SearchedEntry {
  const { title, summary, content, url } = entry;
  const text = foldText(`${summary} ${content ?? ''}`);
  return { ...toEntryState(entry, ''), title: foldText(title), text, ...(url === undefined ? {} : { url }) };
}

function toTotals(entries: readonly RecordedEntry<SafeHtml>[]): ArchiveTotals {
  const tags = Map.groupBy(
    entries.flatMap((entry) => entry.tags.map((tag) => ({ entry, tag }))),
    ({ tag }) => tag.slug,
  );
  const sources = Map.groupBy(entries, ({ origin }) => origin.sourceId);
  return {
    entries: entries.length,
    sequence: entries.reduce((last, { sequence }) => Math.max(last, sequence), 0),
    updated: newest(entries),
    tags: [...tags]
      .map(([slug, uses]) => ({
        slug,
        label: uses[0]?.tag.label ?? slug,
        count: uses.length,
        updated: newest(uses.map(({ entry }) => entry)),
      }))
      .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1)),
    sources: [...sources]
      .map(([id, own]) => {
        const { title = '', feedUrl, siteUrl } = own[0]?.origin ?? {};
        return {
          id,
          title,
          ...(feedUrl === undefined ? {} : { feedUrl }),
          ...(siteUrl === undefined ? {} : { siteUrl }),
          count: own.length,
          updated: newest(own),
        };
      })
      .sort((a, b) => (a.title < b.title ? -1 : 1)),
  };
}

function newest(some: readonly RecordedEntry<SafeHtml>[]): Instant {
  return some.reduce((latest, { modified }) => Math.max(latest, modified), 0) as Instant;
}
