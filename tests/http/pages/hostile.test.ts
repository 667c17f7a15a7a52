import { assert, asyncProperty, constantFrom, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSourceId } from '../../../src/domain/source.ts';
import { givenUrl } from '../../support/given.ts';
import { givenEntry } from '../../support/given-entries.ts';
import { createBrowser } from '../../support/given-pages.ts';
import { givenSources } from '../../support/given-sources.ts';

/** Breaks out of where a page could put it, if anything does. */
const breakers = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  '</title></style></textarea><script>alert(1)</script>',
  "'-alert(1)-'",
  '" onfocus=alert(1) autofocus="',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '--><script>alert(1)</script><!--',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  'javascript:alert(1)',
  '\u202e\u2066<b>\u0000',
];

/** Elements that our own templates use; nothing else may be in a page without content of an entry. */
const ours = new Set(
  (
    'a article aside audio b bdi body button circle code datalist dd details dialog div dl dt fieldset figure footer form g h1 h2 head ' +
    'header html img input kbd label legend li link main meta nav option output p path rect script section select span strong style ' +
    'summary svg table tbody td th thead time title tr ul'
  ).split(' '),
);

/** What of a page could do harm, in words. */
async function harmOf(browser: ReturnType<typeof createBrowser>, path: string): Promise<readonly string[]> {
  const harm: string[] = [];
  const { document, response } = await browser.open(path);
  if (response.headers.get('Content-Type') !== 'text/html; charset=utf-8') harm.push(`${path}: not a page`);
  const scripts = [...document.querySelectorAll('script')];
  const isOurs = /^\/assets\/page-[0-9a-v]{12}\.js$/.test(scripts[0]?.getAttribute('src') ?? '');
  if (scripts.length !== 1 || !isOurs || scripts[0]?.textContent !== '') harm.push(`${path}: scripts`);
  for (const element of document.querySelectorAll('*')) {
    if (!ours.has(element.localName)) harm.push(`${path}: <${element.localName}>`);
    for (const name of element.getAttributeNames()) {
      if (/^on|^style$|^srcdoc$|^autofocus$/.test(name)) harm.push(`${path}: ${element.localName} ${name}`);
      const value = element.getAttribute(name) ?? '';
      if (/^(?:href|src|action)$/.test(name) && !/^(?:https?:|feed:https?:|\/(?!\/)|#|\?)/.test(value)) {
        harm.push(`${path}: ${name}=${value}`);
      }
    }
  }
  return harm;
}

function givenHostile(text: string) {
  const url = givenUrl('https://example.org/feed');
  const sourceId = toSourceId(url);
  return givenEntry({
    title: text,
    summary: text,
    content: undefined as never,
    authors: [{ name: text }],
    rights: text,
    tags: [{ slug: 'hostile', label: text }],
    language: text,
    enclosures: [{ url: givenUrl('https://example.org/a.mp3'), type: 'audio/mpeg', title: text }],
    via: { title: text, url: givenUrl('https://example.org/via') },
    origin: { sourceId, title: text, feedUrl: url, siteUrl: url },
  });
}

describe('a hostile publisher', () => {
  it.each(breakers)('cannot run %j by any field', async (text) => {
    const entry = givenHostile(text);
    const settings = { SITE_TITLE: text, SITE_DESCRIPTION: text };
    const browser = createBrowser(givenSources({ entries: [entry], settings }));
    const { sourceId } = entry.origin;
    const paths = [
      '/',
      '/tags',
      '/tags/hostile',
      '/sources',
      `/sources/${sourceId}`,
      `/entries/${entry.id}`,
      '/search',
    ];
    for (const path of [...paths, '/rss.xml', '/nowhere', '/bot', '/search?tag=hostile', `/?source=${sourceId}`]) {
      expect(await harmOf(browser, path)).toEqual([]);
    }
  });

  it('cannot run anything by any text', async () => {
    await assert(
      asyncProperty(string({ unit: 'binary', maxLength: 60 }), constantFrom(...breakers), async (noise, breaker) => {
        const entry = givenHostile(`${noise}${breaker}${noise}`);
        const browser = createBrowser(givenSources({ entries: [entry] }));
        for (const path of ['/', `/entries/${entry.id}`, '/tags', '/sources'])
          expect(await harmOf(browser, path)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  }, 30_000);
});

describe('a hostile address', () => {
  const browser = createBrowser(givenSources({ entries: [givenHostile('plain')] }));

  it.each(breakers)('cannot run %j', async (text) => {
    const value = encodeURIComponent(text);
    const names = ['q', 'tag', 'author', 'lang', 'source', 'since', 'until', 'limit', 'content', 'before', value];
    for (const name of names) {
      for (const path of ['/', '/search', '/rss.xml', '/tags/hostile'])
        expect(await harmOf(browser, `${path}?${name}=${value}`)).toEqual([]);
    }
    for (const path of ['/tags/', '/sources/', '/entries/', '/'])
      expect(await harmOf(browser, `${path}${value}`)).toEqual([]);
  });

  it('cannot run anything in any parameter', async () => {
    const names = constantFrom('q', 'tag', 'author', 'lang', 'since', 'all', 'none', 'x');
    await assert(
      asyncProperty(
        record({ name: names, noise: string({ maxLength: 40 }) }),
        constantFrom(...breakers),
        async ({ name, noise }, breaker) => {
          const given = await browser.open(`/search?${new URLSearchParams([[name, noise + breaker]]).toString()}`);
          const location = given.response.headers.get('Location');
          expect(location ?? '/search').toMatch(/^\/search(?:\?[\w%=&+*.-]*)?$/);
          expect(
            await harmOf(browser, location ?? `/search?${new URLSearchParams([[name, noise + breaker]]).toString()}`),
          ).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);
});
