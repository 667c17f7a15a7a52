import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadOptions, type LoadReport, loadArticles } from '../../scripts/load/load-articles.ts';
import { renderProgress } from '../../scripts/load/progress-bar.ts';
import type { BatchOutcome } from '../../scripts/load/send-batch.ts';
import { lookAt, watchArticles } from '../../scripts/load/watch-articles.ts';

/** A server that takes articles the way the admin API does, or answers what a test wants. */
interface FakeApi {
  readonly to: URL;
  /** Names of the files of each request. */
  readonly batches: string[][];
  readonly stored: Set<string>;
  /** Called before a batch is taken: a status refuses it. */
  refuse: (names: readonly string[], request: number) => number | undefined;
}

let api: FakeApi;
let server: Server;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-load-'));
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const type = request.headers['content-type'] ?? '';
      const form = await new Response(Buffer.concat(chunks), { headers: { 'Content-Type': type } }).formData();
      const names = [...form.values()].map((part) => (part instanceof File ? part.name : ''));
      api.batches.push(names);
      const status = request.headers.authorization === 'Bearer secret' ? api.refuse(names, api.batches.length) : 401;
      if (status !== undefined) {
        response.writeHead(status, { 'Content-Type': 'application/problem+json' });
        response.end('{"detail":"not now"}');
        return;
      }
      const bad = names.filter((name) => name.includes('bad'));
      const good = names.filter((name) => !name.includes('bad'));
      const fresh = good.filter((name) => !api.stored.has(name));
      for (const name of fresh) api.stored.add(name);
      const rejected = bad.map((file) => ({ file, line: 2, reason: 'no title' }));
      response.end(JSON.stringify({ recorded: fresh.length, unchanged: good.length - fresh.length, rejected }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const to = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  api = { to, batches: [], stored: new Set(), refuse: () => undefined };
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function write(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), `text of ${path}`);
  }
}

function load(change: Partial<LoadOptions> = {}): Promise<LoadReport> {
  return loadArticles({
    directory,
    to: api.to,
    token: 'secret',
    batch: 4,
    concurrency: 2,
    startOver: false,
    output: { write: () => undefined },
    wait: async () => undefined,
    ...change,
  });
}

const many = Array.from({ length: 30 }, (_, number) => `world/a${String(number).padStart(2, '0')}.md`);

describe('loading a directory', () => {
  it('sends every file once with its folders, and says what became of them', async () => {
    await write(...many, 'culture/bad.md', 'notes.pdf', '.hidden/x.md');
    const report = await load();
    expect(report).toMatchObject({ files: 31, recorded: 30, unchanged: 0, before: 0 });
    expect(report.rejected).toEqual([{ file: 'culture/bad.md', line: 2, reason: 'no title' }]);
    expect(api.batches.flat().sort()).toEqual(['culture/bad.md', ...many]);
    expect(await readdir(directory)).not.toContain('.tributary-load.json');
  });

  it('records nothing twice', async () => {
    await write(...many);
    await load();
    expect(await load()).toMatchObject({ recorded: 0, unchanged: 30 });
  });

  it('goes on where it was interrupted, for the same installation only', async () => {
    await write(...many);
    api.refuse = (_, request) => (request > 3 ? 403 : undefined);
    const first = await load({ concurrency: 1 });
    expect(first).toMatchObject({ recorded: 12, aborted: 'the server answered 403: not now' });
    api.refuse = () => undefined;
    api.batches.length = 0;
    expect(await load()).toMatchObject({ before: 12, recorded: 18 });
    expect(api.batches.flat()).toHaveLength(18);
  });

  it('starts over when told to', async () => {
    await write(...many);
    api.refuse = (_, request) => (request > 3 ? 401 : undefined);
    await load({ concurrency: 1 });
    api.refuse = () => undefined;
    expect(await load({ startOver: true })).toMatchObject({ before: 0, recorded: 18, unchanged: 12 });
  });
});

describe('a server in trouble', () => {
  it.each([429, 500, 503])('is waited for when it answers %i', async (status) => {
    await write(...many);
    const waits: number[] = [];
    api.refuse = (_, request) => (request === 1 ? status : undefined);
    const report = await load({ concurrency: 1, wait: async (ms) => void waits.push(ms) });
    expect(report).toMatchObject({ recorded: 30, rejected: [] });
    expect(waits).toEqual([500]);
  });

  it('gets smaller batches when it cannot take large ones', async () => {
    await write(...many);
    api.refuse = (names) => (names.length > 1 ? 503 : undefined);
    expect(await load()).toMatchObject({ recorded: 30, rejected: [] });
  });

  it('loses one file at most to what it can never take', async () => {
    await write(...many);
    api.refuse = (names) => (names.includes('world/a07.md') ? 500 : undefined);
    const report = await load();
    expect(report.recorded).toBe(29);
    expect(report.rejected).toEqual([{ file: 'world/a07.md', line: 1, reason: 'the server answered 500: not now' }]);
  });

  it('ends the load when it is not there, with what would help', async () => {
    await write('a.md');
    server.close();
    const report = await load();
    expect(report.rejected[0]?.reason).toMatch(/^no answer: .*ECONNREFUSED/);
  });

  it('ends the load at once when the token is wrong', async () => {
    await write(...many);
    expect(await load({ token: 'wrong', concurrency: 1 })).toMatchObject({
      recorded: 0,
      aborted: expect.stringContaining('401'),
    });
    expect(api.batches).toHaveLength(1);
  });
});

describe('the progress bar', () => {
  it('shows counts, pace and the time left', () => {
    expect(renderProgress(50, 200, 2, 10)).toBe('[========                      ] 50/200, 2 bad, 10/s, 0:15 left');
    expect(renderProgress(0, 0, 0, 0)).toBe('[                              ] 0/0, 0/s');
    expect(renderProgress(200, 200, 0, 10)).toBe('[==============================] 200/200, 10/s');
  });
});

/** Watches until so many files are stored. */
async function watch(wanted: number, act: () => Promise<void>, sent = new Map<string, string>()): Promise<string[]> {
  const stop = new AbortController();
  const rejected: string[] = [];
  const report = (outcome: BatchOutcome): void => void rejected.push(...outcome.rejected.map(({ file }) => file));
  const settings = { directory, to: api.to, token: 'secret', batch: 2, everyMs: 20, wait: async () => undefined };
  const watching = watchArticles({ ...settings, signal: stop.signal, report }, sent);
  await act();
  for (let turn = 0; api.stored.size < wanted && turn < 300; turn += 1) await delay(20);
  stop.abort();
  expect(await watching).toBeUndefined();
  return rejected;
}

describe('a watch', () => {
  it('sends files as they are written, and what was sent before only when it changes', async () => {
    await write('world/old.md', 'world/changed.md');
    const sent = new Map(await lookAt(directory));
    await watch(
      3,
      async () => {
        await write('world/new.md', 'world/china/newer.md');
        await writeFile(join(directory, 'world/changed.md'), 'other words');
      },
      sent,
    );
    expect([...api.stored].sort()).toEqual(['world/changed.md', 'world/china/newer.md', 'world/new.md']);
    expect(api.batches.flat()).toHaveLength(3);
  });

  it('tries again what the server could not take, and names a bad file once', async () => {
    api.refuse = (_, request) => (request <= 6 ? 503 : undefined);
    const rejected = await watch(1, () => write('a.md', 'bad.md'));
    expect([...api.stored]).toEqual(['a.md']);
    expect(rejected.filter((file) => file === 'bad.md').length).toBeGreaterThan(0);
  });

  it('ends when the token is wrong', async () => {
    await write('a.md');
    const { signal } = new AbortController();
    const settings = { directory, to: api.to, token: 'wrong', batch: 2, everyMs: 20, signal, report: () => undefined };
    expect(await watchArticles(settings, new Map())).toContain('401');
  });
});
