import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RetrieveRequest } from '../../../src/pipeline/retrieval.ts';
import type { FetchUpstream } from '../../../src/platform/retrieve/hop.ts';
import { createRetriever, type RetrieverOptions } from '../../../src/platform/retrieve/retrieve-upstream.ts';
import { toPublicUrl, toUserAgent } from '../../../src/platform/user-agent.ts';
import { freePlaces } from '../../support/free-places.ts';
import { expectFailure, expectOk, givenInstant, givenUrl } from '../../support/given.ts';
import { startUpstream, type Upstream } from '../../support/upstream.ts';
import { createUpstreamFeed, givenUpstreamEntries } from '../../support/upstream-feed.ts';

let upstream: Upstream;
let other: Upstream;

beforeAll(async () => {
  upstream = await startUpstream();
  other = await startUpstream();
});

beforeEach(() => {
  upstream.requests.length = 0;
  other.requests.length = 0;
});

afterAll(async () => {
  await upstream.close();
  await other.close();
});

function retrieve(
  request: Partial<RetrieveRequest> & Pick<RetrieveRequest, 'url'>,
  options: Partial<RetrieverOptions> = {},
) {
  return createRetriever({
    places: freePlaces,
    fetch: globalThis.fetch,
    now: () => givenInstant(Date.now()),
    userAgent: 'Tributary/1.0 (+https://feeds.example.org/bot; 7 subscribers)',
    timeoutMs: 2000,
    maxBodyBytes: 100_000,
    privateHosts: [upstream.host, other.host],
    ownHosts: [],
    ...options,
  })({ validators: {}, accept: 'feed', ...request });
}

const feed = createUpstreamFeed({
  title: 'A feed',
  site: 'https://site.example',
  format: 'atom',
  entries: givenUpstreamEntries(2, 'https://site.example'),
  headers: { 'cache-control': 'max-age=60', 'content-language': 'de', 'content-location': '/canonical.atom' },
});

function redirect(path: string, location: string, status = 302, headers: Record<string, string> = {}) {
  return upstream.serve(path, ({ response }) => void response.writeHead(status, { location, ...headers }).end());
}

const deafFetch: FetchUpstream = () => new Promise(() => undefined);
const failingFetch: FetchUpstream = () => Promise.reject(new Error('was called'));

describe('the request', () => {
  it('says who asks and prefers feeds, with HTML behind them', async () => {
    await retrieve({ url: upstream.serve('/feed', feed.handler) });
    const [request] = upstream.requests;
    expect(request?.headers['user-agent']).toBe('Tributary/1.0 (+https://feeds.example.org/bot; 7 subscribers)');
    expect(request?.headers.accept).toMatch(/^application\/atom\+xml, application\/rss\+xml, .*text\/html/);
    expect(request?.headers['accept-encoding']).toBe('gzip, br');
    expect(request?.method).toBe('GET');
  });

  it('never puts HTML first, not even for a page', async () => {
    await retrieve({ url: upstream.serve('/feed', feed.handler), accept: 'page' });
    expect(upstream.requests[0]?.headers.accept).toMatch(/^application\/xhtml\+xml;q=0\.9, text\/html,/);
  });

  it('has no cookie and no referrer, also after a redirect that set one', async () => {
    const url = upstream.serve('/cookies', ({ response }) => {
      response.writeHead(302, { location: '/feed', 'set-cookie': 'a=b; Path=/' }).end();
    });
    await retrieve({ url });
    expect(upstream.requests).toHaveLength(2);
    for (const { headers } of upstream.requests) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.referer).toBeUndefined();
      expect(headers.authorization).toBeUndefined();
    }
  });

  it('does not send the fragment of a URL', async () => {
    const { url } = expectOk(await retrieve({ url: givenUrl(`${upstream.serve('/feed', feed.handler)}#part`) }));
    expect(upstream.requests[0]?.path).toBe('/feed');
    expect(url).toBe(upstream.url('/feed'));
  });
});

describe('an answer', () => {
  it('brings the document and what the server said about it', async () => {
    const url = upstream.serve('/feed', feed.handler);
    const retrieved = expectOk(await retrieve({ url }));
    expect(retrieved).toMatchObject({
      kind: 'document',
      url,
      conditional: false,
      redirects: {},
      pauses: [],
      validators: { etag: expect.stringMatching(/^"[0-9a-f]{16}"$/), lastModified: 'Fri, 20 Nov 2026 12:00:00 GMT' },
      freshness: { cacheControl: 'max-age=60', date: expect.stringContaining('GMT') },
      document: { url, contentType: 'application/atom+xml', contentLanguage: 'de', contentLocation: '/canonical.atom' },
      bytesDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    const text = retrieved.kind === 'document' ? new TextDecoder().decode(retrieved.document.bytes) : '';
    expect(text).toBe(feed.document());
  });

  it('is "not modified" when the validators come back, and repeats them', async () => {
    const url = upstream.serve('/feed', feed.handler);
    const { validators } = expectOk(await retrieve({ url }));
    const second = expectOk(await retrieve({ url, validators }));
    expect(second).toMatchObject({ kind: 'not-modified', conditional: true, validators, url });
    expect(upstream.requests[1]?.rawHeaders.join('\n')).toContain(validators.etag);
  });

  it('is the whole document again when an entry was added', async () => {
    const growing = createUpstreamFeed({ title: 'B', site: 'https://b.example', format: 'rss' });
    const url = upstream.serve('/growing', growing.handler);
    const { validators } = expectOk(await retrieve({ url }));
    growing.entries.push(...givenUpstreamEntries(1, 'https://b.example'));
    expect(expectOk(await retrieve({ url, validators })).kind).toBe('document');
  });

  it('of 304 to a question without validators is a failure', async () => {
    const url = upstream.serve('/304', ({ response }) => void response.writeHead(304).end());
    expect(expectFailure(await retrieve({ url }))).toEqual({ kind: 'http-status', status: 304 });
  });

  it('leaves out validators that no header can carry', async () => {
    const url = upstream.serve('/feed', feed.handler);
    const retrieved = expectOk(await retrieve({ url, validators: { etag: 'a\nb', lastModified: '\u{1f600}' } }));
    expect(retrieved.conditional).toBe(false);
    expect(upstream.requests[0]?.headers).not.toHaveProperty('if-none-match');
    expect(upstream.requests[0]?.headers).not.toHaveProperty('if-modified-since');
  });

  it('names the host that asks for patience, not the one that led there', async () => {
    other.serve('/busy', ({ response }) => void response.writeHead(429, { 'retry-after': '90' }).end());
    const url = upstream.serve('/to-busy', ({ response }) => {
      response.writeHead(302, { location: other.url('/busy') }).end();
    });
    expect(expectFailure(await retrieve({ url }))).toEqual({
      kind: 'http-status',
      status: 429,
      retryAfterMs: 90_000,
      host: other.host,
    });
  });
});

describe('a redirect', () => {
  it('is permanent up to the first hop that is not', async () => {
    other.serve('/feed', feed.handler);
    redirect('/c', other.url('/feed'), 302);
    redirect('/b', '/c', 308);
    expect(expectOk(await retrieve({ url: redirect('/a', '/b', 301) }))).toMatchObject({
      url: other.url('/feed'),
      redirects: { permanentTo: upstream.url('/c') },
    });
  });

  it.each([[302], [303], [307]])('of %d changes nothing, though a permanent one follows', async (status) => {
    upstream.serve('/feed', feed.handler);
    redirect('/b', '/feed', 301);
    expect(expectOk(await retrieve({ url: redirect('/a', '/b', status) })).redirects).toEqual({});
  });

  it('keeps the pause that it asks for', async () => {
    upstream.serve('/feed', feed.handler);
    const retrieved = expectOk(await retrieve({ url: redirect('/a', '/feed', 302, { 'retry-after': '30' }) }));
    expect(retrieved.pauses).toEqual([{ host: upstream.host, ms: 30_000 }]);
  });

  it('does not carry the validators of the first URL to another', async () => {
    other.serve('/feed', feed.handler);
    const url = redirect('/a', other.url('/feed'));
    const retrieved = expectOk(await retrieve({ url, validators: { etag: '"a"' }, validatorsFrom: url }));
    expect(retrieved.conditional).toBe(false);
    expect(upstream.requests[0]?.headers['if-none-match']).toBe('"a"');
    expect(other.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('is conditional at its end when the validators are from there', async () => {
    const end = other.serve('/feed', feed.handler);
    const url = redirect('/a', end);
    const first = expectOk(await retrieve({ url }));
    const second = expectOk(await retrieve({ url, validators: first.validators, validatorsFrom: first.url }));
    expect(second).toMatchObject({ kind: 'not-modified', url: end, conditional: true });
    expect(other.requests[1]?.headers['if-none-match']).toBe(first.validators.etag);
  });

  it('carries no validators to a third URL', async () => {
    const third = other.serve('/third', feed.handler);
    const url = redirect('/a', third);
    await retrieve({ url, validators: { etag: '"b"' }, validatorsFrom: other.url('/second') });
    expect(other.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('to a private host is not asked', async () => {
    other.serve('/feed', feed.handler);
    const url = redirect('/a', other.url('/feed'));
    const failure = expectFailure(await retrieve({ url }, { privateHosts: [upstream.host] }));
    expect(failure).toEqual({ kind: 'refused-address', detail: '127.0.0.1 is a loopback address' });
    expect(other.requests).toHaveLength(0);
  });
});

describe('time', () => {
  it('is bounded over all hops together', async () => {
    upstream.serve('/slow', async ({ request, response }) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      const step = Number(new URL(request.url ?? '', upstream.origin).searchParams.get('n'));
      response.writeHead(302, { location: `/slow?n=${step + 1}` }).end();
    });
    const startedAt = Date.now();
    const failure = expectFailure(await retrieve({ url: upstream.url('/slow') }, { timeoutMs: 200 }));
    expect(failure).toMatchObject({ kind: 'timeout', phase: 'headers' });
    expect(Date.now() - startedAt).toBeLessThan(600);
  });

  it('up ends the connection', async () => {
    upstream.serve('/stall', ({ response }) => void response.writeHead(200).write('<rss>'));
    await retrieve({ url: upstream.url('/stall') }, { timeoutMs: 100 });
    await expect.poll(() => upstream.requests.at(-1)?.endedAt).toBeDefined();
  });

  it('up counts though fetch does not listen to its signal', async () => {
    const failure = expectFailure(await retrieve({ url: upstream.url('/') }, { fetch: deafFetch, timeoutMs: 50 }));
    expect(failure).toEqual({ kind: 'timeout', phase: 'headers', limitMs: 50 });
  });
});

describe('fetch itself', () => {
  const url = givenUrl('https://example.org/feed.xml');

  it.each<[string, FetchUpstream, string]>([
    [
      'rejects',
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
      'fetch failed: ECONNREFUSED',
    ],
    ['rejects with no error', () => Promise.reject('odd'), 'odd'],
    [
      'throws',
      () => {
        throw new Error('Illegal invocation');
      },
      'Illegal invocation',
    ],
    ['hides a redirect', () => Promise.resolve(Response.error()), 'an answer with status 0'],
  ])('%s: that is a failure with its words', async (_what, fetch, detail) => {
    const failure = expectFailure(await retrieve({ url }, { fetch }));
    expect(failure).toEqual({ kind: 'network', phase: 'headers', detail });
  });

  it('is not called for an address that is refused', async () => {
    expect(expectFailure(await retrieve({ url: givenUrl('http://10.0.0.1/') }, { fetch: failingFetch })).kind).toBe(
      'refused-address',
    );
  });

  it('is called as a function, never as a method: Workers refuse that', async () => {
    const receivers: unknown[] = [];
    function fetch(this: unknown) {
      receivers.push(this);
      return Promise.resolve(new Response('<rss/>'));
    }
    await retrieve({ url }, { fetch });
    expect(receivers).toEqual([undefined]);
  });

  it('may give a body that breaks: that is a failure', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('lost'));
      },
    });
    const failure = expectFailure(await retrieve({ url }, { fetch: async () => new Response(broken) }));
    expect(failure).toEqual({
      kind: 'network',
      phase: 'body',
      detail: 'the document broke off after 0 bytes (Error: lost)',
    });
  });

  it.each([[301], [404], [304], [500], [200]])('gets the body of a %d back, read or cancelled', async (status) => {
    let isOpen = true;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(60_000));
      },
      cancel() {
        isOpen = false;
      },
    });
    const response = new Response(status === 304 ? null : body, { status, headers: { location: '/x' } });
    if (status === 304) isOpen = false;
    const answers = [response];
    await retrieve({ url }, { fetch: async () => answers.shift() ?? new Response('<rss/>') });
    expect(isOpen).toBe(false);
  });
});

describe('the User-Agent', () => {
  it('names the product, its version and the page about it', () => {
    const publicUrl = toPublicUrl(givenUrl('https://feeds.example.org'), []);
    expect(toUserAgent('1.2.3', publicUrl)).toBe('Tributary/1.2.3 (+https://feeds.example.org/bot)');
  });

  it('names the host that the owner uses where no setting says one', () => {
    expect(toPublicUrl(undefined, ['127.0.0.1:8787', 'feeds.example.org'])).toBe('https://feeds.example.org/bot');
  });

  it.each(['localhost:8787', '127.0.0.1', '[::1]:80', 'app.localhost', 'laptop.local', 'laptop'])(
    'never names %s',
    (host) => {
      expect(toUserAgent('1.2.3', toPublicUrl(undefined, [host]))).toBe('Tributary/1.2.3');
    },
  );
});
