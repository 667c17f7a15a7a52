import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { givenInstant } from '../../support/given.ts';
import { givenApp, site } from '../../support/given-pages.ts';
import { givenRiver } from '../../support/given-river.ts';
import { type GivenSources, givenSources } from '../../support/given-sources.ts';

const entries = givenRiver(40, givenInstant('2026-11-20T12:00:00Z'));

function given(more: Partial<GivenSources> = {}) {
  const sources = givenSources({ entries, ...more });
  return { sources, app: givenApp(sources) };
}

type App = ReturnType<typeof given>['app'];

async function post(app: App, body: unknown, headers: Record<string, string> = {}, search = '') {
  const response = await app.request(`${site}/mcp${search}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) };
}

const call = (method: string, params?: object, id: number | string = 1) => ({ jsonrpc: '2.0', id, method, params });

async function callTool(app: App, name: string, args: object, search = '') {
  const { json } = await post(app, call('tools/call', { name, arguments: args }), {}, search);
  const { content, structuredContent, isError } = json.result;
  return { text: content[0].text as string, found: structuredContent, isError };
}

describe('the official client', () => {
  it.each([
    ['with a handshake', { mode: 'legacy' }],
    ['of the stateless revision', { pin: '2026-07-28' }],
    ['that finds out', { mode: 'auto' }],
  ])('works %s', async (_, negotiation) => {
    const { app } = given();
    const mode = 'pin' in negotiation ? { pin: negotiation.pin } : (negotiation.mode as 'auto');
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const fetch = async (url: string | URL, init?: RequestInit): Promise<Response> =>
      await app.request(String(url), init);
    await client.connect(new StreamableHTTPClientTransport(new URL(`${site}/mcp`), { fetch }));
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search', 'latest', 'list_tags', 'get_entry']);
    const found = await client.callTool({ name: 'search', arguments: { q: '水文站', limit: 2 } });
    const [first] = (found.structuredContent as { entries: { id: string; language: string }[] }).entries;
    expect(first?.language).toBe('zh');
    const entry = await client.callTool({ name: 'get_entry', arguments: { id: first?.id } });
    expect(JSON.stringify(entry.content)).toContain('刻度已经看不清了');
    await client.close();
  });
});

describe('the tools', () => {
  it('search by the language of feeds', async () => {
    const { app } = given();
    const { found, text } = await callTool(app, 'search', { q: 'salmon', tag: ['water', 'rivers'], limit: 3 });
    expect(found.entries).toHaveLength(3);
    expect(found.entries[0]).toMatchObject({
      title: expect.stringContaining('dam'),
      source: 'River Post',
      language: 'en',
    });
    expect(found.entries[0].markdown).toBeUndefined();
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(found)));
    const further = await callTool(app, 'search', { q: 'salmon', limit: 3, before: found.next });
    expect(further.isError).toBeUndefined();
  });

  it('give whole texts as Markdown', async () => {
    const { found } = await callTool(given().app, 'latest', { limit: 1, content: 'full' });
    expect(found.entries[0].markdown).toContain('| September | 14.2 °C | 31 | 12 | first rain after the drought |');
  });

  it('list tags', async () => {
    const { found } = await callTool(given().app, 'list_tags', { contains: 'WAT', limit: 1 });
    expect(found.tags).toEqual([
      { tag: 'water', label: 'Water', count: expect.any(Number), updated: expect.any(String) },
    ]);
  });

  it.each([
    ['latest', { limit: 500 }, 'limit: Give a whole number from 1 to 200'],
    ['latest', { since: 'yesterday' }, 'since: Give an ISO 8601 date'],
    ['latest', { colour: 'red' }, 'colour: unknown. The arguments of latest are tag, source'],
    ['latest', { tag: { a: 1 } }, 'tag: give a text'],
    ['latest', { view: 'none' }, 'view: there is none'],
    ['search', {}, 'q: give a text'],
    ['get_entry', { id: '../admin' }, 'id: there is no such entry'],
    ['list_tags', { limit: 0 }, 'limit: give a whole number'],
  ])('say what is wrong: %s %j', async (name, args, problem) => {
    const { text, isError } = await callTool(given().app, name, args);
    expect(isError).toBe(true);
    expect(text).toContain(problem);
  });

  it('ask no more than a client may', async () => {
    const sources = { ...givenSources({ entries }), admit: async () => new Response(null, { status: 429 }) };
    const { text, isError } = await callTool(givenApp(sources), 'search', { q: 'water' });
    expect([isError, text]).toEqual([true, 'Too many questions. Wait a minute, then ask again.']);
  });
});

describe('the protocol', () => {
  const stateless = (method: string, params: object = {}, version = '2026-07-28') =>
    call(method, {
      ...params,
      _meta: { 'io.modelcontextprotocol/protocolVersion': version, 'io.modelcontextprotocol/clientCapabilities': {} },
    });

  it('agrees on a revision', async () => {
    const { app } = given();
    for (const [wanted, agreed] of [
      ['2025-11-25', '2025-11-25'],
      ['2025-03-26', '2025-03-26'],
      ['1999-01-01', '2025-11-25'],
    ]) {
      const { json } = await post(app, call('initialize', { protocolVersion: wanted, capabilities: {} }));
      expect(json.result).toMatchObject({ protocolVersion: agreed, serverInfo: { name: 'tributary' } });
    }
    expect((await post(app, call('ping'))).json).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
    expect((await post(app, { jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
  });

  it('answers the stateless revision, whose headers say what the message says', async () => {
    const { app } = given();
    const headers = { 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list' };
    const listed = await post(app, stateless('tools/list'), headers);
    expect(listed.json.result).toMatchObject({ resultType: 'complete', cacheScope: 'public', ttlMs: 3_600_000 });
    const other = await post(app, stateless('tools/list'), { ...headers, 'Mcp-Method': 'tools/call' });
    expect([other.status, other.json.error.code]).toEqual([400, -32_020]);
    const missing = await post(app, stateless('tools/list'));
    expect([missing.status, missing.json.error.code]).toEqual([400, -32_020]);
    const renamed = { ...headers, 'Mcp-Method': 'tools/call', 'Mcp-Name': 'search' };
    expect((await post(app, stateless('tools/call', { name: 'latest' }), renamed)).status).toBe(400);
    const handshake = await post(app, stateless('initialize'), { ...headers, 'Mcp-Method': 'initialize' });
    expect([handshake.status, handshake.json.error.code]).toEqual([404, -32_601]);
    const old = { ...headers, 'MCP-Protocol-Version': '2027-01-01' };
    const unsupported = await post(app, stateless('tools/list', {}, '2027-01-01'), old);
    expect([unsupported.status, unsupported.json.error.code]).toEqual([400, -32_022]);
    expect(unsupported.json.error.data.supported).toContain('2026-07-28');
  });

  it.each([
    ['no JSON', '{', 400, -32_700],
    ['no message', {}, 400, -32_600],
    ['another protocol', { jsonrpc: '1.0', id: 1, method: 'ping' }, 400, -32_600],
    ['no method', { jsonrpc: '2.0', id: 1 }, 400, -32_600],
    ['an id of null', { jsonrpc: '2.0', id: null, method: 'ping' }, 400, -32_600],
    ['params in a list', call('ping', []), 400, -32_602],
    ['an unknown method', call('resources/list'), 200, -32_601],
    ['an unknown tool', call('tools/call', { name: 'delete' }), 200, -32_602],
    ['arguments in a list', call('tools/call', { name: 'latest', arguments: [] }), 200, -32_602],
    ['too much', `"${'a'.repeat(65_000)}"`, 413, -32_600],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await post(given().app, body);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  it('takes batches only where the revision has them', async () => {
    const { app } = given();
    const batch = [
      call('ping', undefined, 'a'),
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      call('x', {}, 'b'),
    ];
    const { json } = await post(app, batch);
    expect(json.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
    expect((await post(app, batch, { 'MCP-Protocol-Version': '2025-06-18' })).status).toBe(400);
    expect((await post(app, [])).status).toBe(400);
    expect(
      (
        await post(
          app,
          Array.from({ length: 17 }, () => call('ping')),
        )
      ).status,
    ).toBe(400);
    expect((await post(app, [batch[1]])).status).toBe(202);
    const [refused] = (await post(app, [call('initialize', { protocolVersion: '2025-03-26' })])).json;
    expect(refused.error.code).toBe(-32_600);
  });

  it('refuses other pages, other methods, other types', async () => {
    const { app } = given();
    expect((await post(app, call('ping'), { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(app, call('ping'), { Origin: 'null' })).status).toBe(403);
    expect((await post(app, call('ping'), { Origin: site })).status).toBe(200);
    expect((await post(app, call('ping'), { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await post(app, call('ping'), { Accept: 'text/event-stream' })).status).toBe(406);
    expect((await post(app, call('ping'), { 'MCP-Protocol-Version': '2020-01-01' })).status).toBe(400);
    for (const method of ['GET', 'DELETE', 'PUT', 'HEAD']) {
      const response = await app.request(`${site}/mcp`, { method });
      expect([method, response.status, response.headers.get('Allow')]).toEqual([method, 405, 'POST, OPTIONS']);
    }
  });
});

describe('texts for programs', () => {
  it('has each entry as Markdown', async () => {
    const { app } = given();
    const id = entries[0]?.id;
    const response = await app.request(`${site}/entries/${id}?format=markdown`);
    expect(response.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
    const text = await response.text();
    expect(text).toMatch(/^# A dam comes down, and the salmon are back within a season\n\n- Source: River Post\n/);
    expect(text).toContain('```\nfor reading in sensor.readings(every="1h"):');
    const etag = response.headers.get('ETag') ?? '';
    const again = await app.request(`${site}/entries/${id}?format=markdown`, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect((await app.request(`${site}/entries/${id}?format=pdf`)).status).toBe(400);
  });

  it('has /llms.txt', async () => {
    const response = await given().app.request(`${site}/llms.txt`);
    expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toContain('max-age=3600');
    const text = await response.text();
    expect(text).toMatch(/^# Tributary\n\n> /);
    expect(text).toContain(`- [Water](${site}/tags/water/feed.json): `);
    expect(text).toContain(`POST ${site}/mcp`);
    // A publisher's markup is no markup here.
    expect(text).toContain('[\\<script>alert(3)\\</script>]');
  });
});
