/**
 * The Workers that are compared: the product as it is built, and the limits it is measured against.
 */
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BuiltWindow } from '../../src/window/build.ts';
import type { BenchWorker } from './workerd.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * The built product with the window in a KV of its own; resolve `others` beside it.
 * @param siteUrl its address; empty: it is wherever it is asked
 */
export function productWorker(
  built: BuiltWindow,
  siteUrl = 'http://bench.example',
): {
  readonly served: BenchWorker;
  readonly others: readonly BenchWorker[];
} {
  const dist = resolve(root, 'dist');
  const files = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const ordered = ['worker.js', ...files.filter((name) => name !== 'worker.js')];
  return {
    served: {
      name: 'product',
      modules: ordered.map((name) => ({ name, path: join(dist, name) })),
      bindings: [
        '(name = "WINDOW", kvNamespace = "kv")',
        '(name = "ARCHIVE", durableObjectNamespace = "Archive")',
        '(name = "JOBS", queue = "queue")',
        ...(siteUrl === '' ? [] : [`(name = "SITE_URL", text = "${siteUrl}")`]),
      ].join(', '),
      extra:
        'durableObjectNamespaces = [(className = "Archive", uniqueKey = "archive", enableSql = true)], ' +
        'durableObjectStorage = (localDisk = "disk")',
    },
    others: [
      kvWorker(built),
      { name: 'queue', modules: [script('queue', 'export default { fetch: () => new Response() };')] },
    ],
  };
}

/** Returns the same bytes to every request, and a constant 304 to conditional ones: the limit. */
export function constantWorker(body: Uint8Array): BenchWorker {
  const code = `
import body from 'body';
const headers = {
  'Content-Type': 'application/rss+xml; charset=utf-8', ETag: '"constant"',
  'Cache-Control': 'public, max-age=300',
};
export default {
  fetch(request) {
    if (request.headers.get('If-None-Match') !== null) return new Response(null, { status: 304, headers });
    return new Response(body, { headers });
  },
};`;
  return {
    name: 'constant',
    modules: [script('constant', code), { name: 'body', path: file('body', body), type: 'data' }],
  };
}

/** Does nothing: what start-up is measured against. */
export function emptyWorker(): BenchWorker {
  return { name: 'empty', modules: [script('empty', "export default { fetch: () => new Response('ok') };")] };
}

/** Answers the KV protocol from memory. */
function kvWorker(built: BuiltWindow): BenchWorker {
  const { version } = built.window;
  const { seedDigest } = built.window;
  const current = JSON.stringify({ version, publishedAt: 0, seedDigest, older: [] });
  const values: readonly (readonly [string, Uint8Array])[] = [
    ['window/current', new TextEncoder().encode(current)],
    ...Object.entries(built.fronts).map(([format, bytes]) => [`window/${version}/front/${format}`, bytes] as const),
    [`window/${version}/index`, new TextEncoder().encode(built.index)],
    ...Object.entries(built.blobs).map(([format, bytes]) => [`window/${version}/${format}`, bytes] as const),
  ];
  const code = `
${values.map((_, position) => `import value${position} from 'value${position}';`).join('\n')}
const values = { ${values.map(([key], position) => `${JSON.stringify(key)}: value${position}`).join(', ')} };
export default {
  fetch(request) {
    const value = values[decodeURIComponent(new URL(request.url).pathname.slice(1))];
    return value === undefined ? new Response(null, { status: 404 }) : new Response(value);
  },
};`;
  return {
    name: 'kv',
    modules: [
      script('kv', code),
      ...values.map(([, bytes], position) => ({
        name: `value${position}`,
        path: file(`value${position}`, bytes),
        type: 'data' as const,
      })),
    ],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-parts-'));

function script(name: string, code: string): BenchWorker['modules'][number] {
  return { name: `${name}.js`, path: file(`${name}.js`, new TextEncoder().encode(code)) };
}

function file(name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
