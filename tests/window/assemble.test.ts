/**
 * Documents: entity tags equal for equal documents, different wherever a byte or an entry's state differs; bytes that any gunzip
 * reads.
 */
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FeedHead } from '../../src/domain/view.ts';
import { makeFrameTemplates } from '../../src/feed/render/xml-frame-template.ts';
import { everything } from '../../src/query/language/query.ts';
import { assemble } from '../../src/window/assemble.ts';
import { draftFeed } from '../../src/window/feed-document.ts';
import { selectFromWindow } from '../../src/window/select.ts';
import type { Selection } from '../../src/window/selection.ts';
import { givenInstant } from '../support/given.ts';
import { givenHead } from '../support/given-entries.ts';
import { deflateNow, givenEntries, givenWindow } from '../support/given-window.ts';

const templates = makeFrameTemplates();
const built = givenWindow(givenEntries(60, 200));
const now = givenInstant('2026-11-22T00:00:00Z');

function fromWindow(format: 'rss' | 'atom' | 'json'): Selection {
  const found = selectFromWindow(built.window, everything, now) ?? { entries: [], more: true };
  return { ...found, fragments: async () => built.fragments(format, found.entries) };
}

describe.each(['rss', 'atom', 'json'] as const)('the entity tag of %s', (format) => {
  const head = givenHead(format);
  const document = (changed: Partial<FeedHead> = {}, selection = fromWindow(format)) =>
    draftFeed(templates, format, { ...head, ...changed }, selection);

  it.each<[string, Partial<FeedHead>]>([
    ['title', { title: 'Other' }],
    ['description', { description: 'Other' }],
    ['language', { language: 'fr', entryLanguage: 'fr' }],
    ['address', { selfUrl: head.siteUrl }],
    ['id', { id: 'urn:other' }],
    ['date', { updated: now }],
    ['next page', { nextUrl: head.siteUrl }],
    ['hubs', { hubs: [head.siteUrl] }],
    ['place in the archives', { isArchive: true }],
  ])('differs with the %s', (_, changed) => {
    expect(document(changed).etag).not.toBe(document().etag);
  });

  it('differs when an entry changes, leaves or moves', () => {
    const whole = fromWindow(format);
    const [first, second, ...rest] = whole.entries;
    if (first === undefined || second === undefined) throw new Error('no entries');
    const tags = [
      whole.entries,
      [{ ...first, digest: 'other' }, second, ...rest],
      [second, ...rest],
      [second, first, ...rest],
    ].map((entries) => document({}, { ...whole, entries }).etag);
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('comes with bytes that begin, go on and end as the format wants', async () => {
    const text = gunzipSync((await document().join()) ?? Buffer.alloc(0)).toString();
    const entries: unknown = format === 'json' ? JSON.parse(text).items : text.match(/<(?:item|entry)[ >]/g);
    expect(entries).toHaveLength(50);
  });
});

describe('a document', () => {
  it('has the same bytes whether its frame is short and stored, or long and compressed', async () => {
    const selection = { entries: [], fragments: async () => ['eins', 'zwei'].map(deflateNow), more: false };
    for (const length of [10, 4096, 5000, 200_000]) {
      const frame = { prefix: 'ä'.repeat(length), separator: ', ', suffix: '!' };
      const gzip = (await assemble(frame, selection, now).join()) ?? Buffer.alloc(0);
      expect(gunzipSync(gzip).toString()).toBe(`${frame.prefix}eins, zwei!`);
      expect(gzip.length).toBeLessThan(length > 4096 ? length / 4 : 2 * length + 100);
    }
  });

  it('is not there when a fragment is not', async () => {
    const selection = { entries: [], fragments: async () => undefined, more: false };
    expect(await assemble({ prefix: '', separator: '', suffix: '' }, selection, now).join()).toBeUndefined();
  });
});
