import { describe, expect, it } from 'vitest';
import { type Entry, toEntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { completeFromPages, type FullTextPorts, maxPages } from '../../src/pipeline/full-text.ts';
import type { RetrieveRequest } from '../../src/pipeline/retrieval.ts';
import { givenUrl } from '../support/given.ts';

const source = { url: givenUrl('https://a.test/feed') };

const article =
  'The river rises at night, when nobody looks, and falls again before the first boat leaves the harbour. ';

function entry(number: number, change: Partial<Entry<SafeHtml>> = {}): Entry<SafeHtml> {
  const url = givenUrl(`https://a.test/${number}`);
  return {
    id: toEntryId(toSourceId(url), url),
    guid: url,
    url,
    title: `Entry ${number}`,
    summary: 'Only a teaser.',
    authors: [],
    categories: [],
    enclosures: [],
    ...change,
  };
}

interface Given {
  readonly ports: FullTextPorts;
  readonly events: string[];
}

function given(
  pageOf: (request: RetrieveRequest) => string | undefined,
  secondsPerPage = 1,
  waitMs: number | undefined = 0,
): Given {
  const events: string[] = [];
  let now = 0;
  return {
    events,
    ports: {
      config: { hostPauseMs: 700 },
      archive: {
        enterHost: async (host) => {
          events.push(`enter ${host}`);
          return waitMs;
        },
        leaveHost: async (host, pauses) => void events.push(`leave ${host} ${JSON.stringify(pauses)}`),
      },
      now: () => now,
      pause: async (ms) => void events.push(`pause ${ms}`),
      retrieve: async (request) => {
        events.push(`${request.accept} ${request.url}`);
        now += secondsPerPage * 1000;
        const body = pageOf(request);
        if (body === undefined) return fail({ kind: 'gone' });
        return ok({
          kind: 'document',
          document: { bytes: new TextEncoder().encode(body), url: request.url, contentType: 'text/html' },
          bytesDigest: 'd',
          url: request.url,
          validators: {},
          freshness: {},
          redirects: {},
          pauses: [],
          conditional: false,
        });
      },
    },
  };
}

const page = (text: string): string =>
  `<html><head><title>T</title></head><body><nav><a href="/">Home</a></nav><article><h1>T</h1>${text}</article></body></html>`;
const longPage = page(`<p onclick="x()">${article}</p>`.repeat(8));

describe('full text', () => {
  it('is read out of the page, made safe, after a pause', async () => {
    const { ports, events } = given(() => longPage);
    const [complete] = await completeFromPages(ports, [entry(1)], source);
    expect(events).toEqual(['pause 700', 'page https://a.test/1']);
    expect(complete?.content).toContain('The river rises');
    expect(complete?.content).not.toContain('onclick');
    expect(complete?.summary).toBe('Only a teaser.');
  });

  it('is not asked for where the feed carries the article, or there is no page', async () => {
    const { ports, events } = given(() => longPage);
    const whole = entry(1, { content: `<p>${article.repeat(20)}</p>` as SafeHtml });
    const { url: _, ...pageless } = entry(2);
    expect(await completeFromPages(ports, [whole, pageless], source)).toEqual([whole, pageless]);
    expect(events).toEqual([]);
  });

  it('is read of a few entries in one refresh; the others keep what the feed says, in their order', async () => {
    const { ports, events } = given(() => longPage);
    const entries = Array.from({ length: maxPages + 3 }, (__, number) => entry(number));
    const complete = await completeFromPages(ports, entries, source);
    expect(events.filter((event) => event.startsWith('page'))).toHaveLength(maxPages);
    expect(complete.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    expect(complete.slice(maxPages)).toEqual(entries.slice(maxPages));
  });

  it('ends in time when pages are slow', async () => {
    const { ports, events } = given(() => longPage, 40);
    await completeFromPages(ports, [entry(1), entry(2), entry(3), entry(4)], source);
    expect(events.filter((event) => event.startsWith('page'))).toHaveLength(2);
  });

  it('is a visit where the page is at another host', async () => {
    const elsewhere = entry(1, { url: givenUrl('https://b.test/1') });
    const { ports, events } = given(() => longPage, 1, 400);
    const [complete] = await completeFromPages(ports, [elsewhere], source);
    expect(events).toEqual(['enter b.test', 'pause 400', 'page https://b.test/1', 'leave b.test []']);
    expect(complete?.content).toContain('The river rises');
  });

  it('is asked for with the login of the source', async () => {
    const request = { origin: 'https://a.test', basicAuth: { user: 'me', password: 'of mine' } };
    const asked: unknown[] = [];
    const { ports } = given(({ own }) => {
      asked.push(own);
      return longPage;
    });
    await completeFromPages(ports, [entry(1)], { ...source, request });
    await completeFromPages(ports, [entry(2)], source);
    expect(asked).toEqual([request, undefined]);
  });

  it.each([
    ['is gone', undefined],
    ['holds no article', '<html><body><form><input></form></body></html>'],
    ['says less than the feed', page(`<p>${article.repeat(2)}</p>`)],
  ])('of the feed stays when the page %s', async (_, body) => {
    const { ports } = given(() => body);
    const held = entry(1, { content: `<p>${article.repeat(5)}</p>` as SafeHtml });
    expect(await completeFromPages(ports, [held], source)).toEqual([held]);
  });
});
