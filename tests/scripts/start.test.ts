/**
 * `npm start` as a person meets it: quiet, true, and one sentence for each reason not to run.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { buildProduct } from '../../scripts/product/product.ts';
import { describeBuildFailure } from '../../scripts/start/build-failure.ts';
import { readDevVars } from '../../scripts/start/dev-vars.ts';
import { createEventPrinter, describeEvent, renderWait } from '../../scripts/start/event-lines.ts';
import { describeLeftOut } from '../../scripts/start/left-out.ts';
import { readOptions } from '../../scripts/start/options.ts';
import { startOutbound } from '../../scripts/start/outbound.ts';
import { lockState } from '../../scripts/start/state-lock.ts';
import { outboundHeaders } from '../../src/platform/retrieve/outbound-fetch.ts';
import { givenInstant } from '../support/given.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tributary-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

function start(...args: readonly string[]): Started {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, [resolve(root, 'scripts/start.ts'), ...args], { cwd: root, stdio: [...stdio] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => {
      text += part.toString();
    });
  }
  return { child, said: () => text, ended: new Promise((done) => child.once('exit', done)) };
}

async function waitFor(what: string, isThere: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; !isThere(); await delay(50)) {
    if (Date.now() > deadline) throw new Error(`${what} did not come`);
  }
}

async function listen(answer: string): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createServer((_, response) => void response.end(answer)).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** The runtimes that a process has started. */
function runtimesOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((child) => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'workerd');
}

describe('what a build left out', () => {
  it('is a sentence with the first of them', () => {
    const [one, two] = ['seeds/articles/a.md:1: the file is empty', 'seeds/articles/b.md:2: the file is not UTF-8'];
    expect(describeLeftOut('')).toBeUndefined();
    expect(describeLeftOut(`${one}\n`)).toBe(`Left out: ${one}. seeds/README.md says what a seed looks like.`);
    expect(describeLeftOut(`${one}\n${two}\n`)).toContain(`${one}, and 1 more: npm run seeds:check names them.`);
  });
});

describe('npm start', () => {
  it('runs with eight lines, lets no second instance in, and ends with exit code 1 when its runtime is killed', async () => {
    const config = await buildProduct(mkdtempSync(join(folder, 'built-')), resolve(root, 'tests/fixtures/seeds-live'));
    const spare = await listen('');
    spare.close();
    const state = join(folder, 'state');
    const product = start(`--config=${config}`, `--port=${spare.port}`, `--persist-to=${state}`);
    await waitFor('the announcement', () => product.said().includes('Ctrl-C'));
    expect(product.said().trim().split('\n').length).toBeLessThanOrEqual(8);
    const link = /http:\S+\/admin\/login\?once=\S+/.exec(product.said())?.[0] ?? '';
    const login = await fetch(link, { redirect: 'manual' });
    expect([login.status, login.headers.has('set-cookie')]).toEqual([303, true]);
    const health = await fetch(`http://127.0.0.1:${spare.port}/health`);
    expect(await health.json()).toMatchObject({ name: 'Tributary' });

    const other = await listen('');
    other.close();
    const second = start(`--config=${config}`, `--port=${other.port}`, `--persist-to=${state}`);
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(
      new RegExp(`^Tributary cannot run: process ${product.child.pid} already runs [^\n]*\n$`),
    );

    for (const pid of runtimesOf(product.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    expect(await product.ended).toBe(1);
    expect(product.said()).toContain('the runtime ended by itself (SIGKILL)');
  }, 90_000);

  it('says in one sentence that a port is taken', async () => {
    const other = await listen('another program');
    const product = start(`--port=${other.port}`, `--persist-to=${join(folder, 'unused')}`);
    expect(await product.ended).toBe(1);
    expect(product.said()).toMatch(/^Tributary cannot run: port \d+ is taken by another program; [^\n]* --port \d+\n$/);
    other.close();
  }, 30_000);
});

describe('settings that cannot be used', () => {
  it('are named, with what would be right, before anything is said to run', async () => {
    const config = await buildProduct(mkdtempSync(join(folder, 'built-')), resolve(root, 'tests/fixtures/seeds-live'));
    const spare = await listen('');
    spare.close();
    const state = `--persist-to=${join(folder, 'state-of-settings')}`;
    const product = start(`--config=${config}`, `--port=${spare.port}`, state, '--var=POLL_MINUTES:often');
    expect(await product.ended).toBe(1);
    expect(product.said()).toMatch(/^Tributary cannot run: some settings [^\n]* POLL_MINUTES [^\n]*\n$/);
  }, 90_000);
});

describe('the arguments', () => {
  it.each([
    [['--port', 'x'], '--port must be a whole number'],
    [['--port', '0'], '--port must be a whole number from 1'],
    [['--config', '/nowhere.toml'], 'there is no file /nowhere.toml'],
    [['--prot', '1'], '--help lists the options'],
    [['--var', 'NAME'], '--var must be NAME:value'],
    [['--prot', '1'], '--prot'],
  ])('%j are refused with words', (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });

  it('keep colons of a setting', () => {
    expect(readOptions(['--var', 'SITE_URL:https://a.example']).vars).toEqual({ SITE_URL: 'https://a.example' });
  });
});

describe('.dev.vars', () => {
  it('gets a token once, and keeps the other lines', () => {
    const config = join(mkdtempSync(join(folder, 'vars-')), 'wrangler.toml');
    writeFileSync(join(config, '../.dev.vars'), 'SITE_TITLE="Mine"\nADMIN_TOKEN=\n');
    const token = readDevVars(config).settings['ADMIN_TOKEN'];
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(readDevVars(config).settings).toEqual({ SITE_TITLE: 'Mine', ADMIN_TOKEN: token });
  });

  it('that cannot be read is one sentence', () => {
    const config = join(mkdtempSync(join(folder, 'vars-')), 'wrangler.toml');
    mkdirSync(join(config, '../.dev.vars'));
    expect(() => readDevVars(config)).toThrow(/\.dev\.vars cannot be read \(EISDIR\)$/);
  });
});

describe('the lock of the state', () => {
  it('of a process that is gone is taken over, and given back', () => {
    const state = mkdtempSync(join(folder, 'lock-'));
    const gone = Number(execFileSync(process.execPath, ['-p', 'process.pid']));
    writeFileSync(join(state, 'tributary.lock'), `${gone}\n`);
    const release = lockState(state);
    expect(readFileSync(join(state, 'tributary.lock'), 'utf8')).toBe(`${process.pid}\n`);
    release();
    expect(() => readFileSync(join(state, 'tributary.lock'))).toThrow('ENOENT');
  });

  it('names the process that holds it, and a folder that cannot be written', () => {
    const state = mkdtempSync(join(folder, 'lock-'));
    writeFileSync(join(state, 'tributary.lock'), `${process.ppid}\n`);
    expect(() => lockState(state)).toThrow(`process ${process.ppid} already runs on the state`);
    writeFileSync(join(state, 'file'), '');
    expect(() => lockState(join(state, 'file', 'state'))).toThrow(/cannot be written \(ENOTDIR\)/);
  });
});

async function failureOf(proxy: string, target: string): Promise<string | null> {
  const response = await fetch(proxy, { headers: { [outboundHeaders.target]: target } });
  return response.headers.get(outboundHeaders.failure);
}

describe('requests of the Worker', () => {
  it('to a name that resolves to a private address are refused, unless PRIVATE_HOSTS names it', async () => {
    const site = await listen('inside');
    const target = `http://localhost:${site.port}/`;
    expect(await failureOf(await startOutbound([]), target)).toMatch(
      /^private: localhost resolves to (?:127\.0\.0\.1|::1)/,
    );
    const allowed = await startOutbound([`localhost:${site.port}`]);
    expect(await (await fetch(allowed, { headers: { [outboundHeaders.target]: target } })).text()).toBe('inside');
    site.close();
  });

  it('carry the header fields of our own that a webhook reads', async () => {
    let seen: unknown;
    const server = createServer(({ headers }, response) => {
      seen = headers;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const headers = { [outboundHeaders.target]: target, 'Tributary-Signature': 'sha256=00' };
    await fetch(await startOutbound(['127.0.0.1']), { method: 'POST', body: 'x', headers });
    server.close();
    expect(seen).toMatchObject({ 'tributary-signature': 'sha256=00' });
    expect(seen).not.toHaveProperty(outboundHeaders.target);
  });

  it('that get no answer are told why in words', async () => {
    const proxy = await startOutbound(['127.0.0.1']);
    expect(await failureOf(proxy, 'http://nowhere.invalid/')).toMatch(/^lookup: the host name/);
    const closed = await listen('');
    closed.close();
    expect(await failureOf(proxy, `http://127.0.0.1:${closed.port}/`)).toBe(
      'refused: the server refused the connection',
    );
  });

  it('survive every answer that a socket can hold, and take no bytes of one answer for the next', async () => {
    const body = '<rss/>';
    const smuggled = `HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`;
    const chunk = `${body}${smuggled}`;
    const answers: Record<string, string> = {
      status0: 'HTTP/1.1 0 X\r\n\r\n',
      status099: 'HTTP/1.1 099 X\r\n\r\n',
      status1000: 'HTTP/1.1 1000 X\r\n\r\n',
      upgrade: 'HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nx',
      reason: `HTTP/1.1 200 O\x01K \x1b\xff\r\n\r\n${body}`,
      controls: `HTTP/1.1 200 OK\r\nX-A: a\x01\x7fb\r\nETag: "good"\r\n\r\n${body}`,
      nul: `HTTP/1.1 200 OK\r\nX-A: a\0b\r\n\r\n${body}`,
      name: `HTTP/1.1 200 OK\r\nX A(b): 1\r\n: 2\r\n\r\n${body}`,
      longer: `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(200_000)}\r\n\r\n${body}`,
      unmodified: `HTTP/1.1 304 X\r\nETag: "good"\r\n\r\n${body}`,
      lengths: `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`,
    };
    const site = createSocketServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (head) =>
        socket.end(Buffer.from(answers[String(head).split(/[ /]+/)[1] ?? ''] ?? '', 'latin1')),
      );
    }).listen(0, '127.0.0.1');
    await new Promise((done) => site.once('listening', done));
    const proxy = await startOutbound(['127.0.0.1']);
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const outcomes: Record<string, string> = {};
    for (const name of Object.keys(answers)) {
      const response = await fetch(proxy, { headers: { [outboundHeaders.target]: `${origin}/${name}` } });
      outcomes[name] = response.headers.get(outboundHeaders.failure) ?? (await response.text());
      // A second question gets its own answer, not what was left of the first one.
      expect(`${name} ${await failureOf(proxy, `${origin}/nothing`)}`).toMatch(/ lost: /);
    }
    site.close();
    expect(outcomes).toEqual({
      status0: 'lost: the answer is no HTTP',
      status099: 'lost: the answer has the status 99, which HTTP does not know',
      status1000: 'lost: the answer is no HTTP',
      upgrade: 'lost: the server wants to speak another protocol than HTTP',
      unmodified: '',
      reason: body,
      controls: body,
      nul: body,
      name: 'lost: the answer is no HTTP',
      longer: 'lost: the header fields of the answer are longer than 128 KB',
      lengths: chunk,
    });
  });

  it('are nobody else’s: without the secret path nothing is asked', async () => {
    const proxy = await startOutbound([]);
    const response = await fetch(new URL('/', proxy), { headers: { [outboundHeaders.target]: 'http://a.example/' } });
    expect(response.status).toBe(404);
  });
});

describe('one line an event', () => {
  const now = givenInstant(Date.UTC(2026, 10, 27, 13, 39));
  const refresh = { event: 'refresh', job: { kind: 'source' }, title: 'BBC World', nextCheckAt: now + 3_600_000 };

  it.each([
    ['BBC World: 3 new, next check in 60 min', { outcome: 'changed', added: 3, revised: 0 }],
    ['BBC World: nothing new, next check in 60 min', { outcome: 'unchanged', added: 0, revised: 0 }],
    [
      'BBC World: failed: the server answered 500. Again in 60 min.',
      { outcome: 'failed', added: 0, revised: 0, said: 'The server answered 500.' },
    ],
    [undefined, { outcome: 'failed', added: 0, revised: 0, job: { kind: 'article' } }],
  ])('%s', (words, fields) => {
    expect(describeEvent({ ...refresh, ...fields }, now)).toBe(words);
  });

  it.each([
    ['at once', 0],
    ['in 84 min', 84],
    ['in 3 h', 180],
    ['in 7 days', 7 * 24 * 60],
  ])('says %s', (words, minutes) => {
    expect(renderWait(minutes * 60_000)).toBe(words);
  });

  it('says offline once, when no source was reached', async () => {
    const lines: string[] = [];
    const print = createEventPrinter((line) => lines.push(line), 10);
    for (let source = 0; source < 13; source += 1) print({ ...refresh, outcome: 'failed', isUnreachable: true });
    await delay(30);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\d\d:\d\d This machine seems to be offline: 13 of 13 sources could not be reached\.$/);
  });

  it('tells each that was not reached when another one was', async () => {
    const lines: string[] = [];
    const print = createEventPrinter((line) => lines.push(line), 10);
    for (let source = 0; source < 3; source += 1) print({ ...refresh, outcome: 'failed', isUnreachable: true });
    print({ ...refresh, outcome: 'changed', added: 1 });
    await delay(30);
    expect(lines).toHaveLength(4);
  });
});

describe('a Worker that cannot be built', () => {
  it('is a sentence with the place', () => {
    const printed =
      '\u2718 [ERROR] Unexpected "="\n\n    src/http/problem.ts:26:21:\n      26 | export const broken: = 1;\n';
    expect(describeBuildFailure(printed)).toBe(
      'the Worker could not be built: src/http/problem.ts:26:21: Unexpected "=" (npm start -- --verbose prints all of it)',
    );
    expect(describeBuildFailure('\n  Error: seeds/ is not there\n at x')).toContain(
      'built: Error: seeds/ is not there (',
    );
  });
});
