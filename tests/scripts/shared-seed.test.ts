import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { givenInstant } from '../support/given.ts';
import { readBundle } from '../support/read-bundle.ts';

// Third-party material that stays outside the repository: read where it is, when it is there.
const shared = resolve(import.meta.dirname, '../../../shared/seed-documents');

describe.runIf(existsSync(shared))('the real archived article', async () => {
  if (!existsSync(shared)) return;
  const seedsDir = await mkdtemp(join(tmpdir(), 'seeds-'));
  const [name = ''] = (await readdir(shared)).sort();
  await mkdir(join(seedsDir, 'articles/world/china'), { recursive: true });
  await cp(join(shared, name), join(seedsDir, 'articles/world/china', name));
  const bundle = await readBundle({ seedsDir });
  await rm(seedsDir, { recursive: true, force: true });
  const seed = bundle.entries[0];
  const content = seed?.entry.content ?? '';

  it('is one entry without a complaint', () => {
    expect(bundle.reports).toEqual([]);
    expect(bundle.entries).toHaveLength(1);
  });

  it('has permalink, dates and language', () => {
    expect(seed?.entry.url).toMatch(/^https:\/\/www\.dw\.com\/zh\/.*%20.*\/a-64577045$/);
    expect(seed?.entry.title).toHaveLength(17);
    expect(seed?.entry.published).toBe(givenInstant('2023-02-01T12:13:26.020Z'));
    expect(seed?.entry.updated).toBe(givenInstant('2023-02-01T12:17:05.000Z'));
    expect(seed?.entry.language).toBe('zh');
  });

  it('has two figures with captions and their own images', () => {
    expect(
      content.match(
        /<figure><img src="https:\/\/static\.dw\.com\/image\/\d+_303\.jpg"[^>]*><figcaption>[^<]{10,}<\/figcaption><\/figure>/g,
      ),
    ).toHaveLength(2);
    expect(content.match(/<img/g)).toHaveLength(2);
    expect(seed?.entry.image).toBe('https://static.dw.com/image/63127953_303.jpg');
  });

  it('has no date block, no empty paragraph and no link into the API', () => {
    expect(content).not.toContain('2023-02-01T12:13');
    expect(content).not.toMatch(/<(p|div)>(\s|&nbsp;|<br ?\/?>)*<\/\1>/);
    expect(content).not.toMatch(/api\.dw\.com|ArticleRef|weserv/);
    expect(content.match(/href="https:\/\/www\.dw\.com\/a-\d+"/g)).toHaveLength(3);
  });

  it('has its copyright line as rights and in the text', () => {
    expect(seed?.entry.rights).toMatch(/^© 2023/);
    expect(content).toContain(seed?.entry.rights);
  });

  it('has its first sentences as summary', () => {
    expect(seed?.entry.summary.length).toBeGreaterThan(60);
    expect(seed?.entry.summary.length).toBeLessThanOrEqual(280);
    expect(seed?.entry.summary).toMatch(/^（[^）]+）.*。$/);
    expect(content.replaceAll(/<[^>]+>/g, '')).toContain(seed?.entry.summary);
  });

  it('is tagged by folders, site and language', () => {
    expect(seed?.tags.map((tag) => tag.slug)).toEqual(['china', 'dw.com', 'world', 'zh']);
  });
});
