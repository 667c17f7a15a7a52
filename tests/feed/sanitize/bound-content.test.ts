import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Defect } from '../../../src/domain/document.ts';
import { type ReadEntry, toEntryId } from '../../../src/domain/entry.ts';
import { maxContentBytes } from '../../../src/domain/html.ts';
import { toSourceId } from '../../../src/domain/source.ts';
import { boundContent } from '../../../src/feed/sanitize/bound-content.ts';
import { roomOfDocument, sanitizeEntry } from '../../../src/feed/sanitize/sanitize-entry.ts';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';
import { arbitraryMarkup } from '../../support/arbitrary-markup.ts';
import { givenUrl } from '../../support/given.ts';

const page = givenUrl('https://example.org/long?a=1&b=2');
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function given(markup: string): ReadEntry {
  const base = { title: 'Long', summary: 'x', guid: 'g', authors: [], categories: [], enclosures: [] };
  return { ...base, id: toEntryId(toSourceId(page), 'g'), url: page, content: { markup, base: page } };
}

describe('content that is too long', () => {
  it('is cut at the end of a block, links to the original, and is a defect', () => {
    const defects: Defect[] = [];
    const paragraph = `<p>${'水位 & '.repeat(200)}</p>`;
    const { content = '' } = sanitizeEntry(given(`<div>${paragraph.repeat(1_000)}</div>`), (defect) =>
      defects.push(defect),
    );
    expect(bytesOf(content)).toBeLessThan(maxContentBytes + 500);
    expect(bytesOf(content)).toBeGreaterThan(maxContentBytes / 2);
    expect(
      content.endsWith(
        '</p></div><p><a href="https://example.org/long?a=1&amp;b=2" rel="noopener noreferrer">… example.org</a></p>',
      ),
    ).toBe(true);
    expect(defects.map(({ kind }) => kind)).toEqual(['content-too-long']);
  });

  it('is the same when it is sanitized again, wherever it was cut', () => {
    fc.assert(
      fc.property(arbitraryMarkup, fc.integer({ min: 20, max: 400 }), (markup, limit) => {
        const cut = boundContent(sanitizeHtml({ markup, base: page }), limit, page);
        expect(sanitizeHtml({ markup: cut, base: page })).toBe(cut);
      }),
    );
  });

  it('is kept whole up to its limit', () => {
    const defects: Defect[] = [];
    const { content = '' } = sanitizeEntry(given(`<p>${'a'.repeat(900_000)}</p>`), (defect) => defects.push(defect));
    expect([content.length, defects]).toEqual([900_007, []]);
  });
});

describe('what resolving addresses adds', () => {
  it('is at most three times what came in, however long the base', () => {
    const base = givenUrl(`https://example.org/${'d/'.repeat(1_000)}`);
    const markup = '<a href=x>y</a>'.repeat(2_000);
    expect(sanitizeHtml({ markup, base }).length).toBeLessThan(3 * markup.length + 4_000 + 40 * 2_000);
  });

  it('is at most three times what came in for a whole document of short entries, too', () => {
    const base = givenUrl(`https://example.org/${'d/'.repeat(1_000)}`);
    const markup = '<a href=x>y</a>';
    const entry = { ...given(''), content: { markup, base } };
    const room = roomOfDocument(3_000 * markup.length);
    const defects: Defect[] = [];
    const safe = Array.from({ length: 3_000 }, () => sanitizeEntry(entry, (defect) => defects.push(defect), room));
    const made = safe.reduce((sum, { content = '' }) => sum + content.length, 0);
    expect(made).toBeLessThan(3 * 3_000 * markup.length + 110_000);
    expect(safe[0]?.content).toContain('/d/x"');
    expect(defects[0]?.kind).toBe('content-too-long');
  });
});
