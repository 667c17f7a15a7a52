import { describe, expect, it } from 'vitest';
import { makeFrameTemplates } from '../../src/feed/render/xml-frame-template.ts';
import { everything } from '../../src/query/language/query.ts';
import { buildWindow } from '../../src/window/build.ts';
import { finishFeed } from '../../src/window/finished-feed.ts';
import { decodeFront } from '../../src/window/front.ts';
import { renderForWindow } from '../../src/window/rendered-entry.ts';
import { selectFromWindow, sliceFragments } from '../../src/window/select.ts';
import { everywhere } from '../../src/window/view-address.ts';
import { toViewHead } from '../../src/window/view-head.ts';
import { givenInstant } from '../support/given.ts';
import { benchSite, givenEntries, givenWindow } from '../support/given-window.ts';

const now = givenInstant('2026-11-22T00:00:00Z');

describe('a front of a window', () => {
  it.each([[0], [1], [50], [51], [120]])('of %d entries answers the default view as the window does', (count) => {
    const built = givenWindow(givenEntries(count, 300));
    const found = selectFromWindow(built.window, everything, now) ?? { positions: [], more: true };
    for (const format of ['rss', 'atom', 'json'] as const) {
      const whole = sliceFragments(built.window, format, built.blobs[format], found);
      const selection = decodeFront(built.fronts[format], built.window.version)?.selection;
      expect(selection?.entries.map((entry) => entry.digest)).toEqual(whole.entries.map((entry) => entry.digest));
      expect(selection?.more).toBe(whole.more);
      expect(selection?.fragments).toEqual(whole.fragments);
    }
  });

  it.each([[0], [1], [51]])('of %d entries has the finished feed of its site', (count) => {
    const built = givenWindow(givenEntries(count, 300));
    const found = selectFromWindow(built.window, everything, now) ?? { positions: [], more: true };
    for (const format of ['rss', 'atom', 'json'] as const) {
      const selection = sliceFragments(built.window, format, built.blobs[format], found);
      const { totals } = built.window;
      const head = toViewHead(benchSite, benchSite.origin, everywhere, everything, format, selection, totals);
      const { finished } = decodeFront(built.fronts[format], built.window.version) ?? {};
      expect(finished?.site).toEqual(benchSite);
      expect(finished?.feed).toEqual(finishFeed(makeFrameTemplates(), format, head, selection));
    }
  });

  it('is another version when the site says something else of itself', () => {
    const entries = givenEntries(3, 300).map(renderForWindow);
    const facts = { totals: givenWindow(givenEntries(3, 300)).window.totals, seedDigest: 'seeds' };
    const sites = [undefined, benchSite, { ...benchSite, siteTitle: 'Other' }];
    const versions = sites.map((site) => buildWindow(entries, { ...facts, ...(site && { site }) }).window.version);
    expect(new Set(versions).size).toBe(3);
  });

  it('is nothing when it is of another version, torn, or not a front', () => {
    const {
      fronts: { atom: front },
      window,
    } = givenWindow(givenEntries(3, 300));
    expect(decodeFront(front, 'another')).toBeUndefined();
    expect(decodeFront(front.subarray(0, front.length - 1), window.version)).toBeUndefined();
    expect(decodeFront(front.subarray(0, 3), window.version)).toBeUndefined();
    expect(decodeFront(new Uint8Array([255, 255, 255, 255, 0]), window.version)).toBeUndefined();
  });
});
