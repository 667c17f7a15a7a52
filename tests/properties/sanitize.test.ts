import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/feed/sanitize/detect-language.ts';
import { toPlainText, toSummary } from '../../src/feed/sanitize/plain-text.ts';
import { sanitizeHtml } from '../../src/feed/sanitize/sanitize-html.ts';
import { arbitraryMarkup } from '../support/arbitrary-markup.ts';
import { givenUrl } from '../support/given.ts';
import { parseStrictXml, type XmlElement } from '../support/strict-xml.ts';

const base = givenUrl('https://example.org/posts/1');

/** The policy once more, from the issue and not from the code: what may never be there, and what addresses may be. */
const forbidden =
  /^(?:script|style|link|meta|base|object|embed|applet|form|input|button|select|textarea|svg|maction|annotation|annotation-xml|mglyph|semantics|template|frame|frameset|noscript|canvas|marquee|portal|dropped)$/;
const forbiddenAttribute =
  /^(?:on|style$|class$|id$|name$|ping$|background$|srcdoc$|action$|formaction$|autoplay$|target$|data-)/;

function faultsOf(element: XmlElement): string[] {
  const faults = forbidden.test(element.name) ? [`<${element.name}>`] : [];
  for (const [attribute, value] of element.attributes) {
    if (forbiddenAttribute.test(attribute)) faults.push(`${element.name} ${attribute}`);
    const addresses = attribute === 'srcset' ? value.split(/,\s/).map((each) => each.split(' ')[0] ?? '') : [value];
    if (!['href', 'src', 'poster', 'cite', 'srcset'].includes(attribute)) continue;
    for (const address of addresses) {
      const isLink = element.name === 'a' && address.startsWith('mailto:');
      if (!isLink && !/^https?:\/\/[^/]/.test(address)) faults.push(`${attribute}=${address}`);
    }
  }
  if (element.name === 'iframe' && !element.attributes.has('sandbox')) faults.push('iframe without sandbox');
  return [...faults, ...element.children.flatMap(faultsOf)];
}

const parse = (html: string) => parseStrictXml(`<?xml version="1.0" encoding="utf-8"?>\n<div>${html}</div>`);

describe('laws of the sanitizer', () => {
  it('sanitizing twice is sanitizing once', () => {
    fc.assert(
      fc.property(arbitraryMarkup, (given) => {
        const once = sanitizeHtml({ markup: given, base });
        expect(sanitizeHtml({ markup: once })).toBe(once);
        expect(sanitizeHtml({ markup: once, base: givenUrl('https://other.example/') })).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('what comes out is well-formed, and holds nothing the policy forbids', () => {
    fc.assert(
      fc.property(arbitraryMarkup, (given) => {
        expect(faultsOf(parse(sanitizeHtml({ markup: given, base })))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('text comes out as it went in', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 80 })
      .map((text) => text.replace(/[\p{Cc}\p{Cn}\s]+/gu, ' '));
    fc.assert(
      fc.property(words, (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        expect(parse(sanitizeHtml({ markup: `<p>${escaped}</p>` })).children[0]?.text).toBe(text);
      }),
    );
  });
});

describe('laws of text and language', () => {
  it('a summary is short, whole and a beginning', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 600 }),
        fc.integer({ min: 20, max: 300 }),
        (text, maxLength) => {
          const summary = toSummary(text, maxLength);
          const folded = text.replace(/\s+/g, ' ').trim();
          expect(summary.length).toBeLessThanOrEqual(maxLength);
          expect(summary.isWellFormed()).toBe(folded.isWellFormed());
          expect(folded.startsWith(summary.replace(/…$/, '')) || folded === summary).toBe(true);
        },
      ),
    );
  });

  it('plain text and language take any markup without throwing', () => {
    fc.assert(
      fc.property(arbitraryMarkup, (given) => {
        const text = toPlainText(sanitizeHtml({ markup: given }));
        expect(text).not.toMatch(/\n\n|^\s|\s$/);
        const language = detectLanguage(text);
        expect(language === undefined || /^[a-z]{2,3}$/.test(language)).toBe(true);
      }),
    );
  });
});
