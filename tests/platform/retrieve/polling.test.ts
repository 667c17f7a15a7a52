/**
 * The retriever and the polling rules together, over days of simulated time against a real server.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpUrl } from '../../../src/domain/http-url.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { type SourceState, toInitialState } from '../../../src/domain/source-state.ts';
import { adoptedUrl } from '../../../src/pipeline/polling/carry.ts';
import type { CheckResult } from '../../../src/pipeline/polling/check-result.ts';
import { nextState } from '../../../src/pipeline/polling/polling.ts';
import { isConditional, nextRequest } from '../../../src/pipeline/polling/request.ts';
import { createRetriever } from '../../../src/platform/retrieve/retrieve-upstream.ts';
import { freePlaces } from '../../support/free-places.ts';
import { givenInstant } from '../../support/given.ts';
import { interval, now } from '../../support/given-check.ts';
import { startUpstream, type Upstream, type UpstreamRequest } from '../../support/upstream.ts';
import { createUpstreamFeed, givenUpstreamEntries, type UpstreamFeedOptions } from '../../support/upstream-feed.ts';

const hourMs = 3_600_000;
const site = 'https://site.example';

let upstream: Upstream;

beforeAll(async () => {
  upstream = await startUpstream();
});

beforeEach(() => {
  upstream.requests.length = 0;
});

afterAll(async () => upstream.close());

/** One check as the refresh makes it, without reading the document. */
async function check(url: HttpUrl, state: SourceState, at: Instant): Promise<CheckResult> {
  const retrieve = createRetriever({
    places: freePlaces,
    fetch: globalThis.fetch,
    now: () => givenInstant(Date.now()),
    userAgent: 'Tributary/test',
    timeoutMs: 2000,
    maxBodyBytes: 1_000_000,
    privateHosts: [upstream.host],
    ownHosts: [],
  });
  const request = nextRequest(url, state, at);
  const result = await retrieve(request);
  if (!result.ok) return { kind: 'failed', failure: result.failure, conditional: isConditional(request.validators) };
  const answer = result.value;
  if (answer.kind === 'not-modified') return { kind: 'not-modified', answer };
  if (answer.bytesDigest === state.bytesDigest) return { kind: 'not-modified', answer, sameBytes: true };
  return { kind: 'updated', answer, bytesDigest: answer.bytesDigest, entryInstants: [], defects: [] };
}

/** Follows a source for `hours`: what was asked, when (hours from the start), and where it ended up. */
async function follow(start: HttpUrl, hours: number) {
  let url = start;
  let state = toInitialState(now);
  const asked: { readonly hour: number; readonly request: UpstreamRequest }[] = [];
  const outcomes: string[] = [];
  while (state.nextCheckAt - now <= hours * hourMs) {
    const at = state.nextCheckAt;
    const before = upstream.requests.length;
    const result = await check(url, state, at);
    for (const request of upstream.requests.slice(before)) asked.push({ hour: (at - now) / hourMs, request });
    url = adoptedUrl(state, result) ?? url;
    state = nextState(state, result, { now: at, jitter: 0, interval });
    outcomes.push(state.lastOutcome);
  }
  return { url, state, asked, outcomes };
}

function serveFeed(path: string, options: Partial<UpstreamFeedOptions> = {}): HttpUrl {
  const entries = givenUpstreamEntries(3, site);
  return upstream.serve(path, createUpstreamFeed({ title: 'F', site, format: 'rss', entries, ...options }).handler);
}

function serveRedirect(path: string, location: string, status: number): HttpUrl {
  return upstream.serve(path, ({ response }) => void response.writeHead(status, { location }).end());
}

function isUnconditional({ headers }: Pick<UpstreamRequest, 'headers'>): boolean {
  return headers['if-none-match'] === undefined && headers['if-modified-since'] === undefined;
}

describe('over days, a source', () => {
  it('with validators is asked hourly, in full only once', async () => {
    const { asked, outcomes } = await follow(serveFeed('/both'), 24);
    expect(asked.map(({ hour }) => hour)).toEqual(Array.from({ length: 25 }, (_, hour) => hour));
    expect(asked.filter(({ request }) => isUnconditional(request))).toHaveLength(1);
    expect(outcomes).toEqual(['updated', ...Array<string>(24).fill('not-modified')]);
  });

  it('without validators is asked hourly, and its bytes are read once', async () => {
    const { asked, outcomes } = await follow(serveFeed('/none', { validators: 'none' }), 24);
    expect(asked.map(({ hour }) => hour)).toEqual(Array.from({ length: 25 }, (_, hour) => hour));
    expect(outcomes).toEqual(['updated', ...Array<string>(24).fill('not-modified')]);
  });

  it('behind a temporary redirect is asked in full once at both URLs, and stays where it is', async () => {
    serveFeed('/there');
    const here = serveRedirect('/here', '/there', 302);
    const { asked, url } = await follow(here, 10);
    expect(url).toBe(here);
    const inFull = asked.filter(({ request }) => isUnconditional(request));
    expect(inFull.map(({ hour, request }) => [hour, request.path])).toEqual([
      [0, '/here'],
      [0, '/there'],
    ]);
  });

  it('that moved for good is asked at its new URL from the third check on', async () => {
    serveFeed('/new');
    const { asked, url, outcomes } = await follow(serveRedirect('/old', '/new', 301), 3);
    expect(url).toBe(upstream.url('/new'));
    expect(asked.map(({ request }) => request.path)).toEqual(['/old', '/new', '/old', '/new', '/new', '/new']);
    expect(outcomes).toEqual(['updated', 'not-modified', 'not-modified', 'not-modified']);
  });

  it('whose old URL answers 304 to the validators of the new one is read in full the day after', async () => {
    let checks = 0;
    serveFeed('/far', { validators: 'etag' });
    const near = upstream.serve('/near', ({ request, response }) => {
      checks += 1;
      if (checks === 1) response.writeHead(302, { location: '/far' }).end();
      else if (isUnconditional(request)) response.end('<rss/>');
      else response.writeHead(304).end();
    });
    const { asked, outcomes } = await follow(near, 24);
    expect(asked.map(({ hour, request }) => [hour, request.path])).toEqual([
      [0, '/near'],
      [0, '/far'],
      [1, '/near'],
      [24, '/near'],
    ]);
    expect(outcomes).toEqual(['updated', 'not-modified', 'updated']);
  });

  it('that is busy is left alone as long as it asks, then asked again', async () => {
    const { handler } = createUpstreamFeed({
      title: 'F',
      site,
      format: 'atom',
      entries: givenUpstreamEntries(1, site),
    });
    let checks = 0;
    const url = upstream.serve('/busy', (exchange) => {
      checks += 1;
      if (checks === 2) exchange.response.writeHead(503, { 'retry-after': '18000' }).end();
      else return handler(exchange);
    });
    const { asked, outcomes } = await follow(url, 8);
    expect(asked.map(({ hour }) => hour)).toEqual([0, 1, 6, 7, 8]);
    expect(outcomes).toEqual(['updated', 'failed', 'not-modified', 'not-modified', 'not-modified']);
  });

  it('that says 410 is never asked again', async () => {
    const url = upstream.serve('/gone', ({ response }) => void response.writeHead(410).end());
    const { state, asked } = await follow(url, 24);
    expect(state.stopped).toBe(true);
    expect(asked).toHaveLength(1);
  });
});
