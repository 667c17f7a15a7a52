/**
 * Entity tags: equal for equal documents, different wherever a byte or an entry's state differs.
 */
import { describe, expect, it } from 'vitest';
import type { FeedHead } from '../../src/domain/view.ts';
import { makeFrameTemplates } from '../../src/feed/render/xml-frame-template.ts';
import { everything } from '../../src/query/language/query.ts';
import { assembleFeed } from '../../src/window/assemble.ts';
import { decodeFront } from '../../src/window/front.ts';
import { selectFromWindow, sliceFragments } from '../../src/window/select.ts';
import type { Selection } from '../../src/window/selection.ts';
import { givenInstant } from '../support/given.ts';
import { givenHead } from '../support/given-entries.ts';
import { givenEntries, givenWindow } from '../support/given-window.ts';

const templates = makeFrameTemplates();
const built = givenWindow(givenEntries(60, 200));
const now = givenInstant('2026-11-22T00:00:00Z');

function fromWindow(format: 'rss' | 'atom' | 'json'): Selection {
  const found = selectFromWindow(built.window, everything, now) ?? { positions: [], more: true };
  return sliceFragments(built.window, format, built.blobs[format], found);
}

describe.each(['rss', 'atom', 'json'] as const)('the entity tag of %s', (format) => {
  const head = givenHead(format);
  const document = (changed: Partial<FeedHead> = {}, selection = fromWindow(format)) =>
    assembleFeed(templates, format, { ...head, ...changed }, selection);

  it('is the same whether the front or the whole window was at hand', () => {
    const front = decodeFront(built.fronts[format], built.window.version)?.selection;
    expect(front?.digest).toBeDefined();
    expect(front && document({}, front)).toEqual(document());
  });

  it.each<[string, Partial<FeedHead>]>([
    ['title', { title: 'Other' }],
    ['description', { description: 'Other' }],
    ['language', { language: 'fr' }],
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
});
