/**
 * What the documents claim holds: commands and files that they name exist, links lead somewhere, numbers are those of the tools.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const adrs = readdirSync(join(root, 'docs/adr')).map((name) => `docs/adr/${name}`);
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...adrs,
];

describe.each(documents)('%s', (path) => {
  const text = read(path);

  it('links to files that are there', () => {
    const targets = [...text.matchAll(/(?:\]\(|src=")([^)"#\s]+)/g)].map(([, target]) => target ?? '');
    const local = targets.filter((target) => !/^(?:https?:|mailto:)/.test(target));
    expect(local.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });

  it('names commands of package.json', () => {
    const scripts: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts;
    const named = [...text.matchAll(/\bnpm run ([a-z:]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('names files that are there', () => {
    const named = [...text.matchAll(/`((?:src|tests|scripts|docs)\/[\w./-]+)`/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });
});

describe.each(adrs)('%s', (path) => {
  it('has a date, a context, a decision and consequences', () => {
    const text = read(path);
    expect(text).toMatch(/^Status: .*\b\d{4}-\d\d-\d\d\b/m);
    expect(text.match(/^## .*$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
  });
});

describe('README.md', () => {
  const text = read('README.md');

  it('and CONTRIBUTING.md name every command', () => {
    const both = text + read('CONTRIBUTING.md');
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const inner = ['build', 'types', 'typecheck', 'lint', 'format', 'format:write', 'start', 'test'];
    expect(scripts.filter((name) => !inner.includes(name) && !both.includes(`npm run ${name}`))).toEqual([]);
  });

  it.each([
    ['a hundred hourly sources of which a tenth have news', ['--sources', '100', '--change-rate', '0.1']],
    ['A thousand hourly sources of which a twentieth have news', ['--sources', '1000', '--change-rate', '0.05']],
  ])('says what npm run budget says of %s', (claim, args) => {
    const told = text.replaceAll('\n', ' ').split(claim)[1]?.split('. ')[0] ?? '';
    const output = execFileSync(process.execPath, [join(root, 'scripts/budget.ts'), ...args], { encoding: 'utf8' });
    const shares = [...told.matchAll(/(\d+) % of the (Queue operations|KV writes|(?:Durable Object's )?rows)/g)];
    expect(shares.length).toBeGreaterThan(0);
    for (const [, share, what = ''] of shares) {
      const row = what.endsWith('rows') ? 'Durable Object rows written' : what;
      expect(output).toMatch(new RegExp(`${row} .* ${share} % `));
    }
  });
});
