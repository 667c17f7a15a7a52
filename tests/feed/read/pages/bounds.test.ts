/**
 * What hostile pages and selectors cost: bounded like every other reading of a page.
 */
import { assert, constantFrom, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageSelectors } from '../../../../src/domain/page-selectors.ts';
import { checkSelectors } from '../../../../src/feed/read/page-list/check-selectors.ts';
import { proposeForDocument } from '../../../../src/feed/read/page-list/propose-selectors.ts';
import { readPageList } from '../../../../src/feed/read/page-list/read-page-list.ts';
import { expectOk, givenInstant, givenUrl } from '../../../support/given.ts';
import { leastProcessorMs } from '../../../support/processor-time.ts';

const now = givenInstant('2026-11-27T12:00:00Z');

function documentOf(body: string) {
  const text = `<!doctype html><html><head><title>T</title></head><body>${body}</body></html>`;
  return { bytes: new TextEncoder().encode(text), url: givenUrl('https://places.example/') };
}

const pages: Readonly<Record<string, string>> = {
  'many siblings': '<p class="a"><a href="/x">some words here</a></p>'.repeat(7_000),
  'deep nesting': `${'<div class="a">'.repeat(290)}<a href="/x">words</a>${'</div>'.repeat(290)}`.repeat(45),
  'many links': Array.from({ length: 9_000 }, (_, at) => `<a href="/${at}">link number ${at}</a>`).join(' '),
  unclosed: '<div class="a"><a href="/x">'.repeat(7_000),
  'long lines': `<p class="a">${'words '.repeat(200_000)}<a href="/x">x</a></p>`.repeat(2),
  'eight megabytes': `<p class="a">${'x'.repeat(1_000_000)}</p>`.repeat(8),
  'many classes': Array.from(
    { length: 3_000 },
    (_, at) => `<div class="c${at} d${at} e${at}"><a href="/${at}">words ${at}</a></div>`,
  ).join(''),
  'many dates': '<li class="a"><a href="/x">1 2 3 4</a><span>2026-01-01 | 2026-01-02 - x</span></li>'.repeat(4_000),
};

const selectors: readonly PageSelectors[] = [
  { item: '.a' },
  { item: '* * * * * * * * *', title: '* * * *' },
  { item: 'p:nth-child(2n+1)', date: 'p ~ p' },
  { item: 'p ~ p ~ p ~ p ~ p' },
  { item: 'div:has(a)', title: ':not(:has(b))' },
  { item: '[class*="a"] [class^="a"], .a .a .a, div div div div p, body > * > *' },
];

// The dearest took 0.6 s: what a page is parsed in, and once more.
const maxReadMs = 1_500;
const maxProposeMs = 1_500;

describe('costs of reading pages', () => {
  it.each(Object.keys(pages))('are bounded on a page of %s', { timeout: 60_000 }, (name) => {
    const document = documentOf(pages[name] ?? '');
    for (const page of selectors) {
      expect(checkSelectors(page)).toEqual([]);
      const ms = leastProcessorMs(() => readPageList(document, page, now), maxReadMs);
      expect(ms, `${name}: ${page.item}`).toBeLessThan(maxReadMs);
    }
    const ms = leastProcessorMs(() => proposeForDocument(document, now), maxProposeMs);
    expect(ms, `${name}: proposing`).toBeLessThan(maxProposeMs);
  });

  it('end with the first 500 items', () => {
    const items = Array.from({ length: 700 }, (_, at) => `<p class="a"><a href="/${at}">words of item ${at}</a></p>`);
    const listed = readPageList(documentOf(items.join('')), { item: '.a' }, now);
    expect(expectOk(listed).raw.entries).toHaveLength(500);
  });

  it('say that a selector is too costly instead of paying for it', () => {
    const read = readPageList(documentOf(pages['many siblings'] ?? ''), { item: 'p ~ p ~ p' }, now);
    expect(read).toEqual({
      ok: false,
      failure: { kind: 'no-items', detail: expect.stringContaining('is too costly on a page of this size') },
    });
  });

  it('end without throwing, whatever page and selectors are', () => {
    const part = constantFrom(
      'div',
      '.a',
      '#b',
      ' ',
      ' > ',
      '+',
      '~',
      ',',
      ':not(',
      ')',
      '[href]',
      '[a="',
      ':nth-child(2)',
      '*',
      '@',
      '$',
      ':has(',
      '\\',
    );
    const selector = string({ unit: part, maxLength: 12 });
    assert(
      property(
        record({ item: selector, title: selector, link: selector, date: selector }),
        string({
          unit: constantFrom(
            '<div class="a">',
            '<a href="/1">',
            'x',
            '</a>',
            '<p id="b">',
            '</div>',
            '&',
            '<',
            '2 days ago',
            '<time datetime="2026">',
          ),
          maxLength: 40,
        }),
        (page, body) => {
          if (checkSelectors(page).length === 0) readPageList(documentOf(body), page, now);
          proposeForDocument(documentOf(body), now);
          readPageList(documentOf(body), undefined, now);
        },
      ),
      { numRuns: 400 },
    );
  });
});
