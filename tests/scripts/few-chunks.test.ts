import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { idleChunks, planChunks, withoutIdleImports } from '../../scripts/few-chunks.ts';

type Import = Metafile['inputs'][string]['imports'][number];

const imports = (...paths: string[]): Import[] => paths.map((path) => ({ path, kind: 'import-statement' as const }));
const onDemand = (...paths: string[]): Import[] => paths.map((path) => ({ path, kind: 'dynamic-import' as const }));

/** A build of these modules, each of so many bytes and with these imports. */
function givenMetafile(modules: Readonly<Record<string, readonly [number, readonly Import[]]>>): Metafile {
  const all = Object.entries(modules);
  return {
    inputs: Object.fromEntries(all.map(([path, [bytes, imports]]) => [path, { bytes, imports: [...imports] }])),
    outputs: {
      'dist/all.js': {
        bytes: 1,
        imports: [],
        exports: [],
        inputs: Object.fromEntries(all.map(([path, [bytesInOutput]]) => [path, { bytesInOutput }])),
      },
    },
  };
}

describe('a plan of chunks', () => {
  const metafile = givenMetafile({
    'src/worker.ts': [10, [...imports('src/start.ts'), ...onDemand('src/view.ts', 'src/page.ts', 'src/parse.ts')]],
    'src/start.ts': [10, imports('src/deep.ts')],
    'src/deep.ts': [10, []],
    'src/view.ts': [10, imports('src/deep.ts', 'src/query.ts')],
    'src/page.ts': [10, imports('src/query.ts', 'src/routes.ts', 'src/style.ts')],
    'src/parse.ts': [10, imports('src/routes.ts')],
    'src/query.ts': [10, imports('src/fold.ts')],
    'src/fold.ts': [10, []],
    'src/style.ts': [10, []],
    'src/routes.ts': [10, imports('node_modules/router/index.js')],
    'node_modules/router/index.js': [20_000, []],
  });
  const plan = planChunks(metafile, 'src/worker.ts');

  it('puts together what is loaded at the start, however deep', () => {
    expect(plan.atStart).toEqual(['src/start.ts', 'src/deep.ts']);
  });

  it('puts together the small pieces that several on-demand modules share, and says who loads them', () => {
    expect(plan.onDemand).toEqual(['src/view.ts', 'src/page.ts', 'src/parse.ts']);
    expect(plan.shared).toEqual(['src/query.ts', 'src/fold.ts']);
    expect(plan.sharers).toEqual(['src/view.ts', 'src/page.ts']);
  });

  it('leaves large pieces to those who need them, with what brings them along', () => {
    expect(plan.shared).not.toContain('node_modules/router/index.js');
    expect(plan.shared).not.toContain('src/routes.ts');
  });
});

describe('idle chunks', () => {
  const output = { bytes: 1, imports: [], exports: [], inputs: {} };
  const { outputs } = {
    outputs: {
      'dist/helpers.js': { ...output, exports: ['a'] },
      'dist/empty.js': { ...output, inputs: { 'chunk:virtual:at-start': { bytesInOutput: 0 } } },
      'dist/entry.js': { ...output, entryPoint: 'src/entry.ts' },
      'dist/code.js': { ...output, inputs: { 'src/code.ts': { bytesInOutput: 7 } } },
    },
  };
  const idle = idleChunks({ inputs: {}, outputs });

  it('are those without code of ours; the empty ones need not be written', () => {
    expect([...idle.all]).toEqual(['helpers.js', 'empty.js']);
    expect([...idle.empty]).toEqual(['empty.js']);
  });

  it('are not loaded by whoever takes nothing from them, and no column moves', () => {
    const code = 'import{a}from"./helpers.js";import"./helpers.js";import"./code.js";import"./empty.js";a();';
    const left = withoutIdleImports(code, idle);
    expect(left.replace(/ +/g, ' ')).toBe('import{a}from"./helpers.js"; import"./code.js"; a();');
    expect(left.indexOf('a();')).toBe(code.indexOf('a();'));
  });
});
