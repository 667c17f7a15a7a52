/**
 * The outside world for tests inside workerd: what each URL answers, and who was asked. Replaces the global fetch.
 */
import { vi } from 'vitest';

/** One answer. `etag` makes it conditional. */
export interface GivenAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  readonly etag?: string;
}

/** The world, and every request to it in order: `GET <url>`, with the validator and the login it was sent. */
export interface GivenUpstream {
  readonly answers: Map<string, GivenAnswer>;
  readonly requests: string[];
  /** Where URLs have moved for good. */
  readonly redirects: Map<string, string>;
}

/** Fakes it. Unknown URLs are 404. */
export function givenUpstreamFetch(answers: Readonly<Record<string, GivenAnswer>>): GivenUpstream {
  const upstream: GivenUpstream = {
    answers: new Map(Object.entries(answers)),
    requests: [],
    redirects: new Map(),
  };
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const validator = request.headers.get('If-None-Match');
    const said = [validator, request.headers.get('Authorization')].filter((value) => value !== null);
    upstream.requests.push([request.method, request.url, ...said].join(' '));
    const target = upstream.redirects.get(request.url);
    if (target !== undefined) return new Response(null, { status: 301, headers: { Location: target } });
    const answer = upstream.answers.get(request.url);
    if (answer === undefined) return new Response('nothing here', { status: 404 });
    const { status = 200, type = 'application/rss+xml', body = '', etag } = answer;
    if (etag !== undefined && validator === etag) return new Response(null, { status: 304, headers: { ETag: etag } });
    const headers = { 'Content-Type': type, ...(etag === undefined ? {} : { ETag: etag }) };
    return new Response(body, { status, headers });
  });
  return upstream;
}

/** An RSS feed of entries with these numbers, a day apart, newest last in the list of numbers. */
export function givenRss(title: string, numbers: readonly number[], description = 'A short text'): string {
  const items = numbers.map(
    (number) =>
      `<item><guid isPermaLink="false">${title}-${number}</guid><title>${title} ${number}</title>` +
      `<link>https://up.river.org/${number}</link>` +
      `<pubDate>${new Date(Date.UTC(2026, 0, number)).toUTCString()}</pubDate>` +
      `<description>${description} ${number}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://up.river.org/</link><description>d</description>${items.join('')}</channel></rss>`;
}
