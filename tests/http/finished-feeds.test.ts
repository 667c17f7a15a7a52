/**
 * Default feeds that were finished when the window was published are sent as they are, and only while they are right.
 */
import { describe, expect, it } from 'vitest';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { everything } from '../../src/query/language/query.ts';
import { compress } from '../../src/window/compress.ts';
import { everywhere, type ViewPlace } from '../../src/window/view-address.ts';
import { givenInstant } from '../support/given.ts';
import { givenRiver } from '../support/given-river.ts';
import { givenSources } from '../support/given-sources.ts';

const origin = 'https://tributary.example';
const now = givenInstant('2026-11-22T10:30:00Z');
const sources = givenSources({ entries: givenRiver(60, now), now, settings: { SITE_URL: origin } });
const { siteTitle, siteDescription, siteLanguage, hubUrl } = sources.config;
const site = { siteTitle, siteDescription, siteLanguage, origin, ...(hubUrl === undefined ? {} : { hubUrl }) };
const finishedBody = 'finished';
const gzip = await compress(new TextEncoder().encode(finishedBody));

/** The sources with finished feeds that can be told from assembled ones. */
function givenFinished(finishedFor: typeof site): typeof sources {
  const feed = {
    gzip,
    etag: '"1-0123456789abcdef"',
    lastModified: now,
    links: '<https://tributary.example/>; rel="alternate"',
  };
  const defaultFeed = async () => ({ name: 'any', site: finishedFor, feed });
  return {
    ...givenSources({ entries: givenRiver(60, now), now, settings: { SITE_URL: origin } }),
    window: { ...sources.window, defaultFeed },
  };
}

async function ask(given: typeof sources, place: ViewPlace, path: string, headers = {}): Promise<Response> {
  return await createFeeds(given).answer(new Request(`${origin}${path}`, { headers }), place, 'rss');
}

describe('a finished feed', () => {
  it('is sent as it is, with its own validators and links', async () => {
    const given = givenFinished(site);
    const response = await ask(given, everywhere, '/rss.xml');
    expect(await response.text()).toBe(finishedBody);
    expect(response.headers.get('ETag')).toBe('"1-0123456789abcdef"');
    expect(response.headers.get('Link')).toBe('<https://tributary.example/>; rel="alternate"');
    const again = await ask(given, everywhere, '/rss.xml', { 'If-None-Match': '"1-0123456789abcdef"' });
    expect(again.status).toBe(304);
  });

  it('is sent as the gzip it is to whoever takes it, with a tag of its own', async () => {
    const response = await ask(givenFinished(site), everywhere, '/rss.xml', { 'Accept-Encoding': 'gzip, br' });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(gzip);
    expect(response.headers.get('Content-Encoding')).toBe('gzip');
    expect(response.headers.get('ETag')).toBe('"1-0123456789abcdef-gz"');
  });

  it('gives way when a setting that it shows is another one', async () => {
    for (const changed of [
      { siteTitle: 'x' },
      { siteDescription: 'x' },
      { siteLanguage: 'x' },
      { origin: 'https://x' },
    ]) {
      const response = await ask(givenFinished({ ...site, ...changed }), everywhere, '/rss.xml');
      expect(await response.text()).toContain('</rss>');
    }
  });

  it('is not that of a filter, a tag, or a saved view of everything', async () => {
    const given = givenFinished(site);
    const view: ViewPlace = { kind: 'view', name: 'all', title: 'All of it', query: everything, isPrivate: false };
    expect(await (await ask(given, everywhere, '/rss.xml?limit=3')).text()).toContain('</rss>');
    expect(await (await ask(given, view, '/views/all/rss.xml')).text()).toContain('All of it');
  });

  it('is followed by deltas made of its entries', async () => {
    const delta = await ask(givenFinished(site), everywhere, '/rss.xml', {
      'A-IM': 'feed',
      'If-None-Match': '"1-aaaaaaaaaaaaaaaa"',
    });
    expect(delta.status).toBe(226);
    expect(await delta.text()).toContain('<item>');
  });
});
