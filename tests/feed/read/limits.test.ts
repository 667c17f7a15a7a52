import { describe, expect, it } from 'vitest';
import { toSourceId } from '../../../src/domain/source.ts';
import { normalizeFeed } from '../../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../../src/feed/read/read-feed.ts';
import {
  maxAttributes,
  maxDocumentBytes,
  maxElements,
  maxEntityExpansions,
  maxEntries,
  maxLineLength,
  maxTextLength,
  maxValues,
} from '../../../src/feed/read/reading-limits.ts';
import { expectFailure, expectOk, givenUrl } from '../../support/given.ts';

const url = givenUrl('https://example.org/feed.xml');

function read(text: string) {
  const document = { bytes: new TextEncoder().encode(text), url };
  const { raw, defects } = expectOk(readFeed(document));
  const normalized = normalizeFeed(raw, { sourceId: toSourceId(url), document });
  return { ...normalized.feed, kinds: [...defects, ...normalized.defects].map(({ kind }) => kind), defects };
}

const channel = (items: string): string => `<rss version="2.0"><channel>${items}</channel></rss>`;

const items = (count: number): string =>
  Array.from({ length: count }, (_, i) => `<item><guid>${i}</guid></item>`).join('');

describe('limits', () => {
  it('turn a document away only when it is too large', () => {
    const bytes = new Uint8Array(maxDocumentBytes + 1);
    expect(expectFailure(readFeed({ bytes, url }))).toEqual({ kind: 'too-large', limitBytes: maxDocumentBytes });
  });

  it('keep the first entries of too many and say so', () => {
    const full = read(channel(items(maxEntries)));
    expect([full.entries.length, full.kinds]).toEqual([maxEntries, []]);
    const over = read(channel(items(maxEntries + 1)));
    expect(over.entries).toHaveLength(maxEntries);
    expect(over.entries.at(-1)?.guid).toBe(String(maxEntries - 1));
    expect(over.kinds).toContain('too-many-entries');
  });

  it('keep what stands before too many elements', () => {
    const over = read(
      channel(`<item><title>first</title></item><x>${'<y/>'.repeat(maxElements)}</x><item><title>last</title></item>`),
    );
    expect(over.entries.map(({ title }) => title)).toEqual(['first']);
    expect(over.kinds).toContain('too-many-elements');
  });

  it('cut a text that would not fit a row, and nothing shorter', () => {
    const fits = read(channel(`<item><description>${'a'.repeat(maxTextLength)}</description></item>`));
    expect([fits.entries[0]?.content?.markup.length, fits.kinds]).toEqual([maxTextLength, []]);
    const over = read(channel(`<item><description>${'a'.repeat(maxTextLength + 1)}</description></item>`));
    expect(over.entries[0]?.content?.markup).toHaveLength(maxTextLength);
    expect(over.kinds).toContain('text-too-long');
  });

  it('cut a title to a line without splitting a character', () => {
    const { entries } = read(channel(`<item><title>${'😀'.repeat(maxLineLength)}</title></item>`));
    const title = entries[0]?.title ?? '';
    expect(title.length).toBeLessThanOrEqual(maxLineLength);
    expect(title.isWellFormed()).toBe(true);
    expect(title.endsWith('…')).toBe(true);
  });

  it('keep a guid of any length apart from every other', () => {
    const long = 'x'.repeat(maxLineLength + 1);
    const { entries } = read(channel(`<item><guid>${long}a</guid></item><item><guid>${long}b</guid></item>`));
    expect(new Set(entries.map(({ guid }) => guid)).size).toBe(2);
    expect(entries[0]?.guid).toMatch(/^urn:sha256:/);
  });

  it('keep the first of too many categories', () => {
    const { entries } = read(
      channel(`<item>${Array.from({ length: maxValues + 5 }, (_, i) => `<category>c${i}</category>`).join('')}</item>`),
    );
    expect(entries[0]?.categories).toHaveLength(maxValues);
  });

  it('look for what an end tag ends only where something of its name is open', () => {
    const before = process.cpuUsage();
    read(channel(`<item>${'<b>'.repeat(240)}${'</stray>'.repeat(40_000)}`));
    const { user, system } = process.cpuUsage(before);
    // A search through all that is open took eight seconds.
    expect((user + system) / 1000).toBeLessThan(1_500);
  });

  it('expand the entities of a document so often and no more', () => {
    const declared = '<!DOCTYPE rss [<!ENTITY x "(x)"><!ENTITY y "&x;&x;">]>';
    const text = `&y;${'&x;'.repeat(maxEntityExpansions + 10)}`;
    const feed = read(
      `${declared}${channel(`<item><guid>1</guid><title>T</title><description>${text}</description></item>`)}`,
    );
    // The first one stands for two.
    expect(JSON.stringify(feed.entries[0]).split('(x)')).toHaveLength(1 + maxEntityExpansions + 1);
    expect(feed.kinds).toContain('too-many-entities');
  });

  it('ignore attributes beyond the limit', () => {
    const many = Array.from({ length: maxAttributes }, (_, i) => `a${i}="x"`).join(' ');
    const { entries } = read(
      channel(`<item><enclosure ${many} url="https://example.org/a"/><enclosure url="https://example.org/b"/></item>`),
    );
    expect(entries[0]?.enclosures.map((enclosure) => enclosure.url)).toEqual(['https://example.org/b']);
  });

  it('report a kind of defect a few times and count the rest', () => {
    const { defects } = read(channel(`<item><title>${'a & b '.repeat(50)}</title></item>`));
    const ampersands = defects.filter(({ kind }) => kind === 'bare-ampersand');
    expect(ampersands.map(({ detail }) => detail).at(-1)).toBe('and 47 more of this kind');
    expect(ampersands).toHaveLength(4);
    expect(ampersands[0]?.line).toBe(1);
  });

  it('let a document grow to three times what came in, however many addresses are resolved under a long base', () => {
    const base = `https://example.org/${'d/'.repeat(900)}`;
    const numbers = Array.from({ length: 200 }, (_, at) => at);
    const entries = numbers
      .map(
        (at) => `<item><guid>${at}</guid>${numbers.map((file) => `<enclosure url="${at}-${file}"/>`).join('')}</item>`,
      )
      .join('');
    const text = `<rss version="2.0" xml:base="${base}"><channel>${entries}</channel></rss>`;
    const feed = read(text);
    expect(feed.entries).toHaveLength(200);
    expect(JSON.stringify(feed.entries).length).toBeLessThan(4 * text.length + 100_000);
    expect(feed.kinds).toContain('document-too-long');
    // The first ones have their files.
    expect(feed.entries[0]?.enclosures).toHaveLength(200);
  });

  it('let a document grow to three times what came in, however many names each entry inherits', () => {
    const people = Array.from({ length: 200 }, (_, at) => `<author><name>${'n'.repeat(250)}${at}</name></author>`);
    const entries = Array.from({ length: 3_000 }, (_, at) => `<entry><id>urn:x:${at}</id></entry>`).join('');
    const text = `<feed xmlns="http://www.w3.org/2005/Atom">${people.join('')}${entries}</feed>`;
    const feed = read(text);
    expect(feed.entries).toHaveLength(3_000);
    const names = feed.entries.reduce((sum, { authors }) => sum + authors.length * 250, 0);
    expect(names).toBeLessThan(3 * text.length + 100_000);
  });

  it('let permalinks go when a document of nothing but relative links is longer than that', () => {
    const base = `https://example.org/${'d/'.repeat(1_000)}`;
    const entries = Array.from({ length: 4_000 }, (_, at) => `<item><link>${at}</link></item>`).join('');
    const text = `<rss version="2.0" xml:base="${base}"><channel>${entries}</channel></rss>`;
    const feed = read(text);
    expect(feed.entries).toHaveLength(4_000);
    expect(new Set(feed.entries.map(({ id }) => id)).size).toBe(4_000);
    expect(JSON.stringify(feed.entries).length).toBeLessThan(7 * text.length + 4_000 * 150);
  });
});
