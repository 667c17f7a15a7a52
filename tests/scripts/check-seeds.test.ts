import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { checkSeeds } from '../../scripts/check-seeds.ts';

const root = resolve(import.meta.dirname, '../..');
const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((directory) => rm(directory, { recursive: true })));
});

async function givenSeeds(articles: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'seeds-'));
  made.push(directory);
  await mkdir(join(directory, 'articles'));
  for (const [name, text] of Object.entries(articles)) await writeFile(join(directory, 'articles', name), text);
  return directory;
}

async function runCheck(directory: string): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const script = join(root, 'scripts/check-seeds.ts');
    return { code: 0, ...(await promisify(execFile)(process.execPath, [script, directory])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const good = '<!--1714644000000-->\n[T](https://a.example/en/1)\n---\n\n<p>Words.</p>\n';

describe('seeds:check', () => {
  it('passes over good seeds and prints the totals', async () => {
    const { code, stdout, stderr } = await runCheck(await givenSeeds({ 'a.md': good }));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      '1 article, 1 site, 1 language, 0 rules, 0 sources, 0 problems',
      'files      1',
      'sites      1: a.example 1',
      'dates      0 from the text, 1 from the archive stamp, 0 from a shifted zone',
      'images     0 articles with pictures, 0 with one of their own',
      'captions   0',
      'languages  1: unknown 1',
    ]);
  }, 30_000);

  it('exits with 1 and names every bad seed by file, line and reason', async () => {
    const directory = await givenSeeds({ 'a.md': good, 'b.md': good, 'c.md': 'x' });
    const { code, stdout, stderr } = await runCheck(directory);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^seeds\/articles\/b\.md:1: its permalink is also that of articles\/a\.md/),
      expect.stringMatching(/^seeds\/articles\/c\.md:1: there is no archive stamp/),
    ]);
    expect(stdout).toContain('2 problems');
  }, 30_000);

  it('notes what was forgiven without calling it a problem', async () => {
    const late = good.replace('<p>', '<div><i>2030-01-01</i></div><p>');
    const { problems, notes } = await checkSeeds(await givenSeeds({ 'a.md': late }));
    expect(problems).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^seeds\/articles\/a\.md: note: .*published-after-archived/)]);
  });
});
