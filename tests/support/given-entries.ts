/**
 * Entries and heads for rendering tests: one of everything, changed by the field a test is about.
 */
import type { EntryId, RecordedEntry } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type FeedFormat, type FeedHead, feedFileNames, feedFormats } from '../../src/domain/view.ts';
import { givenInstant, givenUrl } from './given.ts';

/** A plain article with the fields nearly every article has. */
export function givenEntry(changes: Partial<RecordedEntry<SafeHtml>> = {}): RecordedEntry<SafeHtml> {
  return {
    id: '0123456789abcdefghij' as EntryId,
    guid: 'https://example.org/one',
    url: givenUrl('https://example.org/one'),
    title: 'One',
    summary: 'The first.',
    content: restoreSafeHtml('<p>The first article.</p>'),
    published: givenInstant('2024-03-01T08:00:00Z'),
    updated: givenInstant('2024-03-02T09:30:00Z'),
    authors: [{ name: 'Ada Example' }],
    categories: [],
    enclosures: [],
    language: 'en',
    origin: {
      sourceId: toSourceId(givenUrl('https://example.org/feed')),
      title: 'Example',
      feedUrl: givenUrl('https://example.org/feed'),
      siteUrl: givenUrl('https://example.org/'),
    },
    tags: [],
    firstSeen: givenInstant('2024-03-01T08:05:00Z'),
    // As the Archive sets them from the dates of the entry.
    sortAt: changes.published ?? givenInstant('2024-03-01T08:00:00Z'),
    modified: changes.updated ?? givenInstant('2024-03-02T09:35:00Z'),
    sequence: 1,
    ...changes,
  };
}

/** The head of the view of everything, in one format. */
export function givenHead(format: FeedFormat, changes: Partial<FeedHead> = {}): FeedHead {
  return {
    id: 'https://tributary.example/',
    title: 'Tributary',
    description: 'Everything, newest first.',
    language: 'en',
    entryLanguage: 'en',
    siteUrl: givenUrl('https://tributary.example/'),
    selfUrl: givenUrl(`https://tributary.example/${feedFileNames[format]}`),
    alternates: feedFormats
      .filter((other) => other !== format)
      .map((other) => ({ format: other, url: givenUrl(`https://tributary.example/${feedFileNames[other]}`) })),
    hubs: [givenUrl('https://hub.example/')],
    updated: givenInstant('2024-03-02T09:35:00Z'),
    ...changes,
  };
}
