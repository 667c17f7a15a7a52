import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSeeds } from '../../scripts/check-seeds.ts';
import { readBundle } from '../support/read-bundle.ts';

const seedsDir = resolve(import.meta.dirname, '../../seeds');
const bundle = await readBundle({ seedsDir });
const contents = bundle.entries.map((seed) => seed.entry.content ?? '');

function holding(pattern: RegExp): number {
  return contents.filter((content) => pattern.test(content)).length;
}

describe('our own seeds', () => {
  it('have nothing wrong and nothing forgiven', async () => {
    const { problems, notes } = await checkSeeds(seedsDir);
    expect([...problems, ...notes]).toEqual([]);
  });

  it('are at least 24 articles in at least seven languages and five scripts', () => {
    const languages = new Set(bundle.entries.map((seed) => seed.entry.language?.split('-')[0]));
    expect(bundle.entries.length).toBeGreaterThanOrEqual(24);
    expect(languages.size).toBeGreaterThanOrEqual(7);
    expect([...languages]).toEqual(expect.arrayContaining(['zh', 'ar', 'de', 'en', 'ja', 'ru', 'he', 'hi', 'ko']));
  });

  it('show what the format can', () => {
    for (const pattern of [/<figcaption>/, /<blockquote>/, /<[ou]l>/, /<pre>/, /<table>/, /<h2>/, /<dl>/]) {
      expect(holding(pattern)).toBeGreaterThan(0);
    }
    expect(holding(/href="https:\/\/[^"]+\/a-\d+"/)).toBeGreaterThan(20);
    expect(holding(/weserv|ArticleRef|https:\/\/api\./)).toBe(0);
  });

  it('are whole: title, summary, image, rights, language, dates', () => {
    for (const { entry, archivedAt } of bundle.entries) {
      expect(entry.title).not.toBe('');
      expect(entry.summary.length).toBeGreaterThan(20);
      expect(entry.summary.length).toBeLessThanOrEqual(280);
      expect(entry.image).toMatch(/^https:\/\/pictures\.tributary\.example\/[\w-]+\.svg$/);
      expect(existsSync(join(seedsDir, 'media', new URL(entry.image ?? '').pathname))).toBe(true);
      expect(entry.rights).toContain('© 2026');
      expect(entry.language).toBeDefined();
      expect(entry.published).toBeLessThanOrEqual(archivedAt);
      expect(entry.content).not.toMatch(/<p>\s*<\/p>|\d{4}-\d\d-\d\dT[\d:.]+Z<\/i>/);
    }
  });

  it('stand only on reserved names, where nobody is asked for them', () => {
    for (const site of bundle.sources.filter((source) => source.kind === 'site')) {
      expect(new URL(site.url).hostname).toMatch(/\.example$/);
    }
    for (const { entry } of bundle.entries) expect(entry.url).toMatch(/^https:\/\/[\w.-]+\.example\//);
  });

  it('declare ten feeds or more, tagged', () => {
    const feeds = bundle.sources.filter((source) => source.kind === 'feed');
    expect(feeds.length).toBeGreaterThanOrEqual(10);
    for (const feed of feeds) expect(feed.tags).not.toEqual([]);
  });
});
