/**
 * Holds up the house: who may import whom, who may know the world, how long a file may get.
 *
 * Reads the sources as text; the rules are those of docs/adr/0001-floors.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, floorProblems, type SourceFile } from './support/floor-rules.ts';

const root = resolve(import.meta.dirname, '../src');

function readFiles(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:tsx?|css|js)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(folder, path), 'utf8') }));
}

describe('the house', () => {
  const sources = readFiles(root);

  it('is read whole', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.map((file) => file.path)).toContain('worker.ts');
  });

  it('keeps its floors, its doors and its lengths', () => {
    expect(floorProblems(sources)).toEqual([]);
  });

  it('has no long script and no circle of scripts', () => {
    const scripts = readFiles(resolve(root, '../scripts'));
    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter(({ text }) => text.split('\n').length > 251).map(({ path }) => path)).toEqual([]);
    expect(circlesOf(scripts)).toEqual([]);
  });

  it('has no import that leads nowhere', () => {
    const known = new Set(sources.map((file) => file.path));
    const missing = sources.flatMap((file) =>
      [...file.text.matchAll(/from '(\.[^']+)'/g)]
        .map(([, target]) => relative(root, resolve(root, dirname(file.path), target ?? '')).replaceAll('\\', '/'))
        .filter((target) => /\.(?:tsx?|css|js)$/.test(target) && !known.has(target))
        .map((target) => `${file.path} -> ${target}`),
    );
    expect(missing).toEqual([]);
  });
});

function broken(path: string, text: string): readonly string[] {
  return floorProblems([{ path, text }]);
}

/** Problems of files of one folder, named a, b, c. */
function brokenTogether(...texts: readonly string[]): readonly string[] {
  return floorProblems(texts.map((text, position) => ({ path: `query/${'abc'.charAt(position)}.ts`, text })));
}

describe('the rules themselves', () => {
  it('find circles of types, of dynamic imports and of longer ways', () => {
    const types = brokenTogether("import type { B } from './b.ts';", "export type { A } from './a.ts';");
    expect(types).toEqual(['query/a.ts -> query/b.ts -> query/a.ts: imports itself']);
    const long = brokenTogether(
      "import './b.ts';",
      "const load = () => import('./c.ts');",
      "import type { A } from './a.ts';",
    );
    expect(long).toEqual(['query/a.ts -> query/b.ts -> query/c.ts -> query/a.ts: imports itself']);
    expect(brokenTogether("import './b.ts'; import './c.ts';", "import './c.ts';", '')).toEqual([]);
  });

  it.each([
    ['an import upward', 'feed/read/formats/rss.ts', "import { x } from '../../../platform/log.ts';"],
    ['sideways between platform and http', 'http/feeds.ts', "import { x } from '../platform/archive.ts';"],
    ['one step of the line importing another', 'feed/read/formats/rss.ts', "import { x } from '../../render/rss.ts';"],
    ['the query language knowing the window', 'query/select.ts', "import { x } from '../window/window.ts';"],
    ['a clock on a pure floor', 'feed/read/dates/date.ts', 'const now = Date.now();'],
    ['randomness on a pure floor', 'pipeline/polling/polling.ts', 'const jitter = Math.random();'],
    ['a platform module on a pure floor', 'window/build.ts', "import { x } from 'cloudflare:workers';"],
    ['a second door to a package', 'feed/read/formats/rss.ts', "import { Parser } from 'htmlparser2';"],
    ['a class', 'feed/read/formats/rss.ts', 'export class Reader {}'],
    ['a name that says nothing', 'feed/read/utils.ts', ''],
    ['a long file', 'feed/read/formats/rss.ts', 'x\n'.repeat(251)],
    ['safe HTML made outside the sanitizer', 'http/feeds.ts', 'restoreSafeHtml(text)'],
  ])('catch %s', (_, path, text) => {
    expect(broken(path, text)).not.toEqual([]);
  });

  it('let an import downward pass', () => {
    expect(broken('pipeline/refresh.ts', "import { x } from '../feed/read/read-feed.ts';")).toEqual([]);
  });
});
