/**
 * Keeps the Worker in few modules.
 *
 * esbuild writes a chunk for every set of on-demand modules that share code: more than fifty for the Worker. Each costs a start
 * a twentieth of a millisecond by lying there, and six times as much when it is loaded. Code that all the same modules reach is
 * one chunk; so what is loaded at the start is made to be reached alike, and so are all the small pieces that on-demand modules
 * share. Large pieces stay apart: they are loaded by those who need them only.
 */
import { readFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** Which files go together. Paths relative to the root; packages and virtual modules come with those that import them. */
export interface ChunkPlan {
  /** Loaded with the Worker. */
  readonly atStart: readonly string[];
  /** Small, and reached by several on-demand modules. */
  readonly shared: readonly string[];
  /** Loaded on demand. */
  readonly onDemand: readonly string[];
  /** Those of them that reach anything in `shared`. */
  readonly sharers: readonly string[];
}

/** Code that the same on-demand modules share is a piece; one of more bytes than this stays a chunk of its own. */
const largePiece = 10_000;

/** Reads off a first build what goes together in a second. */
export function planChunks({ inputs, outputs }: Metafile, entryPoint: string): ChunkPlan {
  const importsOf = (path: string): readonly string[] =>
    (inputs[path]?.imports ?? [])
      .filter(({ kind, external }) => kind !== 'dynamic-import' && external !== true)
      .map((imported) => imported.path);
  const atStart = reach(entryPoint, importsOf);
  const all = Object.values(inputs).flatMap((input) => input.imports);
  const onDemand = [...new Set(all.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path))];

  const reachedBy = new Map<string, string[]>();
  for (const target of onDemand) {
    for (const path of reach(target, importsOf)) {
      if (!atStart.has(path)) reachedBy.set(path, [...(reachedBy.get(path) ?? []), target]);
    }
  }
  const bytes = bytesOf(outputs);
  const pieces = Map.groupBy(reachedBy.keys(), (path) => (reachedBy.get(path) ?? []).join('\n'));
  const small = new Set<string>();
  for (const paths of pieces.values()) {
    const size = paths.reduce((sum, path) => sum + (bytes.get(path) ?? 0), 0);
    const isShared = (reachedBy.get(paths[0] ?? '') ?? []).length > 1;
    if (isShared && size < largePiece) for (const path of paths) small.add(path);
  }
  // What needs a large piece would bring it to everybody.
  const shared = [...small].filter((path) =>
    [...reach(path, importsOf)].every((other) => small.has(other) || atStart.has(other)),
  );
  const sharers = onDemand.filter((target) => shared.some((path) => reachedBy.get(path)?.includes(target)));
  return { atStart: [...atStart].filter((path) => path !== entryPoint), shared, onDemand, sharers };
}

/** Makes esbuild put together what the plan says. `root` is what paths are relative to. */
export function fewChunks(root: string, { atStart, shared, onDemand, sharers }: ChunkPlan): Plugin {
  const groups: Readonly<Record<string, readonly string[]>> = { 'virtual:at-start': atStart, 'virtual:shared': shared };
  return {
    name: 'few-chunks',
    setup(setup) {
      setup.onResolve({ filter: /^virtual:(?:at-start|shared)$/ }, ({ path }) => ({ path, namespace: 'chunk' }));
      setup.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => {
        const files = (groups[path] ?? []).filter((file) => file.startsWith('src/'));
        return {
          contents: files.map((file) => `import ${JSON.stringify(`./${file}`)};`).join('\n'),
          resolveDir: root,
        };
      });
      setup.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        const name = relative(root, path).replaceAll('\\', '/');
        if (!onDemand.includes(name)) return undefined;
        const loaded = ['virtual:at-start', ...(sharers.includes(name) ? ['virtual:shared'] : [])];
        const imports = loaded.map((group) => `import '${group}';`).join('');
        return { contents: `${imports}${await readFile(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

/** Chunks that nothing happens in, by file name. */
export interface IdleChunks {
  /** Without any code. */
  readonly empty: ReadonlySet<string>;
  /** These, and esbuild's own helpers: whoever imports none of their names need not load them. */
  readonly all: ReadonlySet<string>;
}

/** Finds them among the outputs. */
export function idleChunks({ outputs }: Metafile): IdleChunks {
  const codeless = Object.entries(outputs).filter(
    ([path, { inputs, entryPoint }]) =>
      path.endsWith('.js') &&
      entryPoint === undefined &&
      Object.values(inputs).every(({ bytesInOutput }) => bytesInOutput === 0),
  );
  const names = (some: typeof codeless): ReadonlySet<string> => new Set(some.map(([path]) => basename(path)));
  return { empty: names(codeless.filter(([, { exports }]) => exports.length === 0)), all: names(codeless) };
}

/** The code of an output without loading what it needs nothing of. Blank in their place: source maps go by columns. */
export function withoutIdleImports(code: string, { all }: IdleChunks): string {
  return code.replace(/import"\.\/([\w-]+\.js)";/g, (statement, name: string) =>
    all.has(name) ? ' '.repeat(statement.length) : statement,
  );
}

/** A module and all that it imports, and what that imports. */
function reach(start: string, importsOf: (path: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const path of reached) for (const imported of importsOf(path)) reached.add(imported);
  return reached;
}

/** Bytes that each input has in the outputs. */
function bytesOf(outputs: Metafile['outputs']): ReadonlyMap<string, number> {
  return new Map(
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const),
    ),
  );
}
