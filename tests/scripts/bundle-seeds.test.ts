import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bundleSeeds } from '../../scripts/bundle-seeds.ts';
import { isSameButPictures } from '../../src/domain/content-hash.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { givenUrl } from '../support/given.ts';
import { type ReadBundle, readBundle } from '../support/read-bundle.ts';

const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((directory) => rm(directory, { recursive: true })));
});

async function givenSeeds(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'seeds-'));
  made.push(directory);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  return directory;
}

async function bundle(files: Readonly<Record<string, string | Uint8Array>>): Promise<ReadBundle> {
  return readBundle({ seedsDir: await givenSeeds(files), warn: () => undefined });
}

function seed(url: string, body = '<p>Some words stand here.</p>', stamp = 1_714_644_000_000): string {
  return `<!--${stamp}-->\n[Title](${url})\n------\n\n${body}\n`;
}

function link(id: string): string {
  return `<p>A <a href="https://api.a.example/article/${id}" rel="ArticleRef">b</a>.</p>`;
}

/** 700 articles, of which one, or none, has other words. */
function articles(changed: number): Record<string, string> {
  const body = (at: number): string => (at === changed ? '<p>Changed.</p>' : '<p>Words.</p>');
  return Object.fromEntries(
    Array.from({ length: 700 }, (_, at) => [
      `articles/${at}.md`,
      seed(`https://a.example/a-${1000 + at}`, body(at), 1_714_644_000_000 + at),
    ]),
  );
}

describe('bundleSeeds', () => {
  it('gives the pictures of seeds the address of the installation, under a hash that says so', async () => {
    const body = '<p>Words.</p><img src="https://pictures.tributary.example/ferry.svg">';
    const seedsDir = await givenSeeds({
      'articles/a.md': seed('https://a.example/1', body),
      'articles/b.md': seed('https://a.example/2'),
    });
    const read = async (origin?: string) => (await readBundle({ seedsDir, origin, warn: () => undefined })).entries;
    const [plain, placed] = [await read(), await read('http://127.0.0.1:8787')];
    expect(placed.map(({ entry }) => entry.image)).toContain('http://127.0.0.1:8787/media/ferry.svg');
    expect(JSON.stringify(placed)).not.toContain('tributary.example');
    expect(placed.map(({ contentHash }, at) => isSameButPictures(contentHash, plain[at]?.contentHash ?? ''))).toEqual(
      placed.map(({ entry }) => entry.image !== undefined),
    );
  });

  it('makes entries, sites, rules and sources of a directory', async () => {
    const made = await bundle({
      'articles/water/rivers/a.md': seed('https://www.a.example/en/x/a-1001', '<p>The river rose.</p>'),
      'articles/b.txt': seed('https://b.example/ru/2'),
      'tags.json': '[{ "tag": "Floods", "any": ["rose"] }]',
      'sources.opml':
        '<opml><body><outline text="Web"><outline text="C" xmlUrl="https://c.example/feed" category="x/y"/></outline></body></opml>',
    });
    const first = made.entries.find((seed) => seed.entry.url === 'https://www.a.example/en/x/a-1001');
    expect(first?.tags.map((tag) => tag.slug)).toEqual(['a.example', 'en', 'rivers', 'water']);
    expect(first?.entry.content).toBe('<p>The river rose.</p>');
    expect(first?.sourceId).toBe(toSourceId(givenUrl('https://www.a.example/')));
    expect(first?.archivedAt).toBe(1_714_644_000_000);
    expect(made.entries).toHaveLength(2);
    expect(made.rules).toEqual([{ tag: 'Floods', any: ['rose'] }]);
    expect(made.sources.map(({ kind, url, title, declaredBy }) => [kind, url, title, declaredBy])).toEqual([
      ['feed', 'https://c.example/feed', 'C', 'file'],
      ['site', 'https://b.example/', 'b.example', 'seeds'],
      ['site', 'https://www.a.example/', 'a.example', 'seeds'],
    ]);
    expect(made.sources[0]?.tags.map((tag) => tag.slug)).toEqual(['web', 'x', 'y']);
    expect(made.reports).toEqual([]);
  });

  it('tags an entry with a language that was detected', async () => {
    const body = `<p>${'Река течёт на север, и вода в ней холодная, а берега высокие. '.repeat(5)}</p>`;
    const made = await bundle({ 'articles/a.md': seed('https://a.example/x', body) });
    expect(made.entries[0]?.tags.map((tag) => tag.slug)).toEqual(['a.example', 'ru']);
  });

  it('is the same bytes for the same files, whatever the order they were written in', async () => {
    const a = { 'articles/a.md': seed('https://a.example/1'), 'articles/x/b.md': seed('https://a.example/2') };
    const b = Object.fromEntries(Object.entries(a).reverse());
    const first = await bundleSeeds({ seedsDir: await givenSeeds(a) });
    const second = await bundleSeeds({ seedsDir: await givenSeeds(b) });
    expect(second.manifest).toEqual(first.manifest);
    expect(second.packs).toEqual(first.packs);
  });

  it('is another digest for other words, tags or rules', async () => {
    const digests = await Promise.all(
      [
        { 'articles/a.md': seed('https://a.example/1') },
        { 'articles/a.md': seed('https://a.example/1', '<p>Other words.</p>') },
        { 'articles/x/a.md': seed('https://a.example/1') },
        { 'articles/a.md': seed('https://a.example/1'), 'tags.json': '[{ "tag": "t", "any": ["nothing"] }]' },
      ].map(async (files) => (await bundle(files)).manifest.digest),
    );
    expect(new Set(digests).size).toBe(4);
  });

  it('keeps the content hash of an article when only its folder changes', async () => {
    const here = await bundle({ 'articles/x/a.md': seed('https://a.example/1') });
    const there = await bundle({ 'articles/y/a.md': seed('https://a.example/1') });
    expect(there.entries[0]?.contentHash).toBe(here.entries[0]?.contentHash);
    expect(there.entries[0]?.tags).not.toEqual(here.entries[0]?.tags);
  });

  it('resolves links from article to article, whichever comes first', async () => {
    const made = await bundle({
      'articles/1.md': seed('https://a.example/x/a-1001', link('1002')),
      'articles/2.md': seed('https://a.example/y/a-1002', link('1001')),
    });
    const contents = made.entries.map((seed) => seed.entry.content);
    expect(contents).toContainEqual(expect.stringContaining('href="https://a.example/y/a-1002"'));
    expect(contents).toContainEqual(expect.stringContaining('href="https://a.example/x/a-1001"'));
  });

  it('keeps the later archived of two with one permalink and names the other', async () => {
    const made = await bundle({
      'articles/a.md': seed('https://a.example/1', '<p>Newer.</p>', 1_714_644_000_001),
      'articles/b.md': seed('https://a.example/1', '<p>Older.</p>'),
      'articles/c.md': seed('https://a.example/1', '<p>Newest.</p>', 1_714_644_000_002),
      'articles/d.md': seed('https://a.example/1', '<p>As new.</p>', 1_714_644_000_002),
    });
    expect(made.entries.map((seed) => seed.entry.content)).toEqual(['<p>Newest.</p>']);
    expect(made.reports.map((report) => [report.file, report.reason])).toEqual([
      ['articles/a.md', expect.stringContaining('articles/c.md, which was archived later')],
      ['articles/b.md', expect.stringContaining('articles/a.md, which was archived later')],
      ['articles/d.md', expect.stringContaining('articles/c.md, which was archived at the same moment')],
    ]);
  });

  it('names bad files by line, warns, and loads the rest', async () => {
    const warnings: string[] = [];
    const seedsDir = await givenSeeds({
      'articles/good.md': seed('https://a.example/1'),
      'articles/bad.md': '<!--1714644000000-->\n\nNo link\n',
      'articles/latin.md': Uint8Array.from([...new TextEncoder().encode('<!--1-->\n'), 0xe9]),
      'articles/unsafe.md': seed('https://a.example/2', '<form><input name="x"></form>'),
      'tags.json': '[\n  {"tag": "ok", "any": ["x"]},\n  {"tag": "", "any": [], "where": 1}\n]',
      'sources.opml': '<opml><body>\n<outline text="no address"/></body></opml>',
    });
    const bundle = await readBundle({ seedsDir, warn: (message) => warnings.push(message) });
    expect(bundle.entries).toHaveLength(1);
    expect(bundle.rules).toHaveLength(1);
    expect(warnings).toEqual([
      'seeds/articles/bad.md:3: the title line is not a link: expected [Title](URL)',
      'seeds/articles/latin.md:2: the file is not UTF-8',
      'seeds/articles/unsafe.md:1: sanitizing leaves nothing of its body',
      'seeds/sources.opml:2: "no address" has no xmlUrl',
      'seeds/tags.json:3: rule 2: "any" must be a list of keywords, none of them blank',
      'seeds/tags.json:3: rule 2: "tag" must be text with a letter or a number',
      'seeds/tags.json:3: rule 2: "where" is not known; known are action, query, source, tag, any, in',
    ]);
  });

  it('passes over hidden files and files of other kinds', async () => {
    const made = await bundle({
      'articles/.git/a.md': 'x',
      'articles/.a.md': 'x',
      'articles/picture.png': 'x',
      'articles/a.html': seed('https://a.example/1'),
    });
    expect(made.entries).toHaveLength(1);
    expect(made.reports).toEqual([]);
  });

  it('of nothing is an empty bundle', async () => {
    expect(await bundle({})).toMatchObject({ sources: [], rules: [], entries: [], reports: [] });
  });

  it('reads a file again only when it, its sites or its links changed', async () => {
    const seedsDir = await givenSeeds({
      'articles/1.md': seed('https://a.example/x/a-1001', link('1002')),
      'articles/2.md': seed('https://a.example/y/a-1003'),
    });
    const cacheFile = join(seedsDir, 'cache');
    const first = await bundleSeeds({ seedsDir, cacheFile });
    expect(await bundleSeeds({ seedsDir, cacheFile })).toEqual(first);
    // The page behind a link of the first file comes to be known: the file must be read again.
    await writeFile(join(seedsDir, 'articles/3.md'), seed('https://a.example/y/a-1002'));
    expect(await bundleSeeds({ seedsDir, cacheFile })).toEqual(await bundleSeeds({ seedsDir }));
    await writeFile(join(seedsDir, 'tags.json'), '[{ "tag": "Words", "any": ["words"] }]');
    expect(await bundleSeeds({ seedsDir, cacheFile })).toEqual(await bundleSeeds({ seedsDir }));
    await writeFile(cacheFile, 'damaged');
    expect(await bundleSeeds({ seedsDir, cacheFile })).toEqual(await bundleSeeds({ seedsDir }));
  });

  it('names what is wrong with sites.json, and reads by the rest of it', async () => {
    const made = await bundle({
      'articles/a.md': seed('https://www.a.example/1', '<div>2024-05-02 12:00</div><p>Words.</p>'),
      'sites.json': '{\n "a.example": { "zone": "Asia/Tokyo" },\n "b.example": { "zone": "Mars/Base", "x": 1 }\n}',
    });
    expect(made.entries[0]?.entry.published).toBe(Date.parse('2024-05-02T03:00:00Z'));
    expect(made.reports).toEqual([
      { file: 'sites.json', line: 3, reason: expect.stringContaining('"x" is not known') },
      { file: 'sites.json', line: 3, reason: expect.stringContaining('"zone" must be') },
    ]);
  });

  it('changes one pack when one article changes, and names packs newest first', async () => {
    const first = await bundle(articles(-1));
    const second = await bundle(articles(350));
    const names = new Set(first.packs.map(({ name }) => name));
    expect(first.packs.length).toBeGreaterThan(2);
    expect(second.packs).toHaveLength(first.packs.length);
    expect(second.packs.filter(({ name }) => !names.has(name))).toHaveLength(1);
    expect(first.packs[0]?.text).toContain('a-1699');
  }, 30_000);

  it('reads four hundred files in less than ten seconds', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [
        `articles/d${index % 20}/${index}.md`,
        seed(`https://a.example/a-${1000 + index}`, '<p>Words of a paragraph that is long.</p>'.repeat(50)),
      ]),
    );
    const seedsDir = await givenSeeds(files);
    const started = performance.now();
    const bundle = await readBundle({ seedsDir });
    expect(bundle.entries).toHaveLength(400);
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 30_000);
});
