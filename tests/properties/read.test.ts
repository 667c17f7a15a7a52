import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/domain/document.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { loadFixtures } from '../feed/read/fixture-file.ts';
import { expectOk, givenUrl } from '../support/given.ts';

const url = givenUrl('https://example.org/feed.xml');
const encoder = new TextEncoder();

function readAll(document: Document) {
  const read = readFeed(document);
  if (!read.ok) return { failure: read.failure };
  return normalizeFeed(read.value.raw, { sourceId: toSourceId(document.url), document });
}

function entriesOf(text: string) {
  const document = { bytes: encoder.encode(text), url };
  const { raw } = expectOk(readFeed(document));
  return normalizeFeed(raw, { sourceId: toSourceId(url), document }).feed.entries;
}

/** Text that any XML document may hold, as its author means it. */
const xmlText = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => text.replace(/[\p{Cc}\ufffe\uffff]/gu, '').trim());
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const itemOf = (guid: string, words: string): string =>
  `<item><guid>${guid}</guid><title>${escapeXml(words)}</title></item>`;

const documents = loadFixtures().map(({ document }) => document);
const markup = fc.constantFrom(
  '<',
  '>',
  '</item>',
  '<item>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '&',
  '&lt;',
  '&#0;',
  '"',
  '<a ',
  '=',
  '<!DOCTYPE [',
  '{"items":[',
  '\0',
);

describe('reading', () => {
  it('never throws on any bytes', () => {
    expect(() =>
      fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readAll({ bytes, url }))),
    ).not.toThrow();
  });

  it('never throws on any row of markup', () => {
    expect(() =>
      fc.assert(
        fc.property(
          fc.array(fc.oneof(markup, fc.string()), { maxLength: 60 }),
          (parts) => void readAll({ bytes: encoder.encode(`<rss>${parts.join('')}`), url }),
        ),
      ),
    ).not.toThrow();
  });

  it('never throws on a fixture with a piece replaced', () => {
    const damage = fc.tuple(fc.constantFrom(...documents), fc.nat(), fc.nat(200), markup);
    expect(() =>
      fc.assert(
        fc.property(damage, ([document, at, length, piece]) => {
          const start = at % (document.bytes.length + 1);
          const text = new TextDecoder('latin1').decode(document.bytes);
          void readAll({
            ...document,
            bytes: encoder.encode(text.slice(0, start) + piece + text.slice(start + length)),
          });
        }),
        { numRuns: 500 },
      ),
    ).not.toThrow();
  });

  it('never throws on any JSON', () => {
    expect(() =>
      fc.assert(
        fc.property(
          fc.json(),
          (json) =>
            void readAll({
              bytes: encoder.encode(
                `{"version":"https://jsonfeed.org/version/1.1","items":[${json},{"id":${json}}],"authors":${json}}`,
              ),
              url,
            }),
        ),
      ),
    ).not.toThrow();
  });

  it('gives the same entries for the same bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documents), (document) => {
        expect(readAll(document)).toEqual(readAll(document));
      }),
    );
  });

  it('gives every entry of a document an id of its own', () => {
    const items = fc.array(
      fc.record({
        guid: fc.constantFrom('a', 'b', ''),
        link: fc.constantFrom('/1', '/2', ''),
        title: fc.constantFrom('x', 'y', ''),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(items, (list) => {
        const text = list
          .map(
            ({ guid, link, title }) =>
              `<item><guid isPermaLink="false">${guid}</guid><link>${link}</link><title>${title}</title></item>`,
          )
          .join('');
        const ids = entriesOf(`<rss><channel>${text}</channel></rss>`).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('keeps an id when an entry moves in the document and its title is edited', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 6 }),
        xmlText,
        (guids, title) => {
          const before = entriesOf(
            `<rss><channel>${guids.map((guid) => itemOf(guid, 'old')).join('')}</channel></rss>`,
          );
          const after = entriesOf(
            `<rss><channel>${guids
              .toReversed()
              .map((guid) => itemOf(guid, title))
              .join('')}</channel></rss>`,
          );
          expect(after.map(({ id }) => id).toReversed()).toEqual(before.map(({ id }) => id));
        },
      ),
    );
  });

  it('gives plain Atom text back as it was meant', () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        const [entry] = entriesOf(
          `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title type="text">${escapeXml(text)}</title></entry></feed>`,
        );
        // References that were left over are the one thing that is read, not taken as it stands.
        fc.pre(!/&#/.test(text));
        expect(entry?.title).toBe(
          text.replace(/[\s\u2028\u2029]+/g, (space) => (/[ \u2028\u2029]/.test(space) ? ' ' : space)).trim(),
        );
      }),
    );
  });

  it('reads a document of any depth in time and without losing its text', () => {
    const deep = 50_000;
    const [entry] = entriesOf(
      `<rss><channel><item><description>${'<b>'.repeat(deep)}deep${'</b>'.repeat(deep)}</description><title>after</title></item></channel></rss>`,
    );
    expect(entry?.content?.markup).toContain('deep');
    expect(entry?.title).toBe('after');
  });

  it('does not multiply entities', () => {
    const entities = Array.from(
      { length: 60 },
      (_, i) => `<!ENTITY e${i} "${i === 0 ? 'x'.repeat(200) : `&e${i - 1};`.repeat(10)}">`,
    ).join('');
    const [entry] = entriesOf(
      `<!DOCTYPE rss [${entities}]><rss><channel><item><title>${'&e59;'.repeat(100)}</title><description>${'&e0;'.repeat(20_000)}</description></item></channel></rss>`,
    );
    expect(entry?.title.length).toBeLessThanOrEqual(4_096);
    expect(entry?.content?.markup.length).toBeLessThan(1_100_000);
  });
});
