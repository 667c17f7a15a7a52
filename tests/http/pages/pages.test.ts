import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HtmlDocument } from '../../../src/feed/read/page/dom.ts';
import { givenInstant } from '../../support/given.ts';
import { givenKinds } from '../../support/given-kinds.ts';
import { createBrowser, site } from '../../support/given-pages.ts';
import { givenRiver } from '../../support/given-river.ts';
import { type FakedSources, givenSources } from '../../support/given-sources.ts';

const now = givenInstant('2026-11-22T10:30:00Z');
const entries = givenRiver(120, now);
const [first, second, third, fourth] = entries;
let sources: FakedSources;
let browser: ReturnType<typeof createBrowser>;

beforeEach(() => {
  sources = givenSources({ entries, now, settings: { SITE_TITLE: 'Our <River>' } });
  browser = createBrowser(sources);
});

async function policyOf(path: string): Promise<string> {
  return (await browser.open(path)).response.headers.get('Content-Security-Policy') ?? '';
}

function announced(document: HtmlDocument): (string | null)[] {
  return [...document.querySelectorAll('link[rel=alternate]')].map((link) => link.getAttribute('href'));
}

describe('a river page', () => {
  it('shows the newest fifty entries as cards, newest first', async () => {
    const { response, document } = await browser.open('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const links = [...document.querySelectorAll('.card h2 a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(entries.slice(0, 50).map((entry) => `/entries/${entry.id}`));
  });

  it('leads to older entries until there are none', async () => {
    const seen: (string | null)[] = [];
    let path: string | null = '/';
    while (path !== null) {
      const { document } = await browser.open(path);
      seen.push(...[...document.querySelectorAll('.card h2 a')].map((link) => link.getAttribute('href')));
      path = document.querySelector('a[rel=next]')?.getAttribute('href') ?? null;
    }
    expect(seen).toEqual(entries.map((entry) => `/entries/${entry.id}`));
  });

  it.each([
    ['/', ''],
    ['/tags/rivers', '/tags/rivers'],
    ['/tags/%E6%B0%B4%E6%96%87', '/tags/%E6%B0%B4%E6%96%87'],
    [`/sources/${first?.origin.sourceId}`, `/sources/${first?.origin.sourceId}`],
  ])('%s announces its three feeds and offers them to copy', async (path, base) => {
    const { document } = await browser.open(path);
    const feeds = ['rss.xml', 'atom.xml', 'feed.json'].map((file) => `${site}${base}/${file}`);
    expect(announced(document)).toEqual(feeds);
    expect([...document.querySelectorAll('.subscribe input')].map((input) => input.getAttribute('value'))).toEqual(
      feeds,
    );
  });

  it('narrows by a query and says so', async () => {
    const { document } = await browser.open('/?tag=water,rivers&tag=-floods');
    expect(announced(document)[0]).toBe(`${site}/rss.xml?tag=rivers,water&tag=-floods`);
    expect(document.querySelector('main')?.textContent).toContain(
      '60 entries: only tagged Rivers or Water, not tagged Floods.',
    );
    expect(document.querySelectorAll('.card')).toHaveLength(50);
  });

  it('does not wake the archive for what is published', async () => {
    for (const path of [
      '/',
      '/tags',
      '/tags/rivers',
      '/sources',
      `/entries/${first?.id}`,
      '/search?tag=water',
      '/bot',
    ]) {
      await browser.open(path);
    }
    expect(sources.asked).toEqual([]);
  });

  it('asks the archive before anything is published', async () => {
    browser = createBrowser(givenSources({ entries, now, isUnpublished: true }));
    for (const path of ['/', '/tags', '/sources', '/tags/rivers', `/entries/${first?.id}`]) {
      const { response, document } = await browser.open(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(document.querySelector('h1')?.textContent).not.toBe('');
    }
  });

  it('is sent again as unchanged, and anew once something is published', async () => {
    const etag = (await browser.open('/')).response.headers.get('ETag') ?? '';
    const again = await browser.open('/', { 'If-None-Match': etag });
    expect(again.response.status).toBe(304);
    expect(again.text).toBe('');
    expect(again.response.headers.get('ETag')).toBe(etag);
    expect(again.response.headers.get('Cache-Control')).toContain('max-age=');
    sources.publish(entries.slice(1));
    const changed = await browser.open('/', { 'If-None-Match': etag });
    expect(changed.response.status).toBe(200);
    expect(changed.response.headers.get('ETag')).not.toBe(etag);
  });

  it('answers HEAD like GET, without the page', async () => {
    const head = await browser.app.request(`${site}/`, { method: 'HEAD' });
    const { response } = await browser.open('/');
    expect(await head.text()).toBe('');
    expect(head.headers.get('ETag')).toBe(response.headers.get('ETag'));
  });

  it('is under 25 KB compressed with fifty entries, style included', async () => {
    const { text, document } = await browser.open('/');
    expect(document.querySelectorAll('.card')).toHaveLength(50);
    expect(gzipSync(text).length).toBeLessThan(25_000);
  });

  it('says what to do when there is nothing', async () => {
    const empty = createBrowser(givenSources({ entries: [], now }));
    for (const path of ['/', '/tags', '/sources', '/search']) {
      const { response, document } = await empty.open(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(document.querySelector('main')?.textContent).toMatch(/nothing|no tags|no sources/i);
    }
  });
});

describe('every page', () => {
  it.each(['/', '/tags', '/sources', '/search?q=river', '/bot', '/nowhere', '/tags/unknown', '/search?since=x'])(
    '%s keeps what comes with it harmless',
    async (path) => {
      const { headers } = (await browser.open(path)).response;
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'sha256-[\w+/]+=*';/);
      expect(policy).toContain("base-uri 'none'; frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    },
  );

  it.each(['/', '/tags', '/sources', '/search', '/bot', `/entries/${third?.id}`])(
    '%s has a title, one heading of the first rank, landmarks and a way past the navigation',
    async (path) => {
      const { document } = await browser.open(path);
      expect(document.title).toContain('Our <River>');
      expect(document.querySelectorAll('h1')).toHaveLength(1);
      const landmarks = ['header', 'nav', 'main', 'footer'];
      expect(landmarks.filter((landmark) => document.querySelector(landmark) === null)).toEqual([]);
      expect(document.querySelector('a.skip')?.getAttribute('href')).toBe('#main');
      expect(document.querySelectorAll('[style], [onclick]')).toHaveLength(0);
    },
  );

  it('loads no script, style or picture from elsewhere', async () => {
    const { document } = await browser.open('/tags');
    const loaded = [...document.querySelectorAll('script[src], link[rel=stylesheet], link[rel=icon], img')];
    expect(loaded.map((element) => element.getAttribute('src') ?? element.getAttribute('href'))).toEqual([
      '/favicon.svg',
      expect.stringMatching(/^\/assets\/page-[0-9a-v]{12}\.js$/),
    ]);
  });

  it('names a script that is there for ever, and serves it to pages of former days too', async () => {
    const { document } = await browser.open('/');
    const path = document.querySelector('script')?.getAttribute('src') ?? '';
    const script = await browser.app.request(path);
    expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('Cache-Control')).toContain('immutable');
    const former = await browser.app.request('/assets/page-000000000000.js');
    expect(former.status).toBe(200);
    expect(former.headers.get('Cache-Control')).toBe('public, max-age=300');
    expect((await browser.app.request('/assets/other.js')).status).toBe(404);
  });
});

describe("a feed's address in a browser tab", () => {
  it('shows the page of the view with the address to copy first', async () => {
    const { response, document } = await browser.open('/tags/rivers/atom.xml?lang=en');
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('private, max-age=60');
    expect(response.headers.get('Vary')).toContain('Sec-Fetch-Dest');
    expect(document.querySelector('.subscribe')?.getAttributeNames()).toContain('open');
    expect(document.querySelector('.subscribe input')?.getAttribute('value')).toBe(
      `${site}/tags/rivers/atom.xml?lang=en`,
    );
  });

  it("shows a month of everything at an archive document's address, and the feed of it to copy", async () => {
    const { response, document } = await browser.open('/archive/2026-11/atom.xml');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const links = [...document.querySelectorAll('.card h2 a')].map((link) => link.getAttribute('href'));
    const inNovember = entries.filter((entry) => entry.sortAt >= Date.UTC(2026, 10, 1));
    expect(links).toEqual(inNovember.slice(0, 50).map((entry) => `/entries/${entry.id}`));
    expect(announced(document)[1]).toBe(`${site}/atom.xml?since=2026-11-01&until=2026-11-30`);
    const { document: october } = await browser.open('/archive/2026-10/atom.xml');
    expect(october.querySelector('.card h2 a')?.getAttribute('href')).toBe(
      `/entries/${entries[inNovember.length]?.id}`,
    );
  });

  it('is a feed for everyone else, whatever they accept', async () => {
    const { response } = await browser.open('/atom.xml', { Accept: 'text/html' });
    expect(response.headers.get('Content-Type')).toContain('application/atom+xml');
    const broken = await browser.open('/atom.xml?since=x', { Accept: 'text/html' });
    expect(broken.response.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it('explains what is wrong with the address', async () => {
    const { response, document } = await browser.open('/rss.xml?since=yesterday&x=1');
    expect(response.status).toBe(400);
    expect(document.querySelector('main')?.textContent).toContain('since: Give an ISO 8601 date');
  });
});

describe('a problem', () => {
  it.each([
    ['/nowhere', 404],
    ['/tags/rivrs', 404],
    ['/sources/000000000000', 404],
    ['/entries/00000000000000000000', 404],
    ['/entries/nothing', 404],
    ['/tags?page=9', 404],
    ['/?since=x', 400],
  ])('%s is a page for a browser and problem+json for a program', async (path, status) => {
    const page = await browser.open(path);
    expect(page.response.status).toBe(status);
    expect(page.response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(page.document.querySelector('main a[href="/search"]')).not.toBeNull();
    const program = await browser.open(path, {});
    expect(program.response.status).toBe(status);
    expect(program.response.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it('offers near tags for an unknown one', async () => {
    const { document } = await browser.open('/tags/rivrs');
    expect(document.querySelector('main .tags a')?.getAttribute('href')).toBe('/tags/rivers');
  });

  it('of our own is a page that says so', async () => {
    const broken = createBrowser({
      ...sources,
      window: {
        ...sources.window,
        index: () => Promise.reject(new Error('broken')),
      },
    });
    const { response, document } = await broken.open('/');
    expect(response.status).toBe(500);
    expect(document.querySelector('h1')?.textContent).toBe('Internal error');
    expect(document.querySelector('main')?.textContent).not.toContain('KV');
  });
});

describe("an entry's page", () => {
  it('alone may frame players, and those of the short list only', async () => {
    expect(await policyOf(`/entries/${first?.id}`)).toMatch(/; frame-src https:\/\/www\.youtube\.com [^;*]*$/);
    expect(await policyOf('/')).not.toMatch(/frame-src|media-src/);
  });

  it('shows the whole text with where it came from', async () => {
    const { document } = await browser.open(`/entries/${first?.id}`);
    expect(document.querySelector('h1')?.textContent).toBe(first?.title);
    expect(document.querySelector('.prose figcaption')?.textContent).toContain('gravel bank');
    expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(first?.url);
    expect(document.querySelector('meta[name=description]')?.getAttribute('content')).toBe(first?.summary);
    expect(document.querySelector('.links a')?.getAttribute('href')).toBe(first?.url);
    expect([...document.querySelectorAll('.meta a, .meta bdi')].map((each) => each.textContent)).toContain('سارة مثال');
    expect([...document.querySelectorAll('footer .tags a')].map((each) => each.getAttribute('href'))).toEqual([
      '/tags/water',
      '/tags/rivers',
      '/tags/ecology',
    ]);
    expect(announced(document)[0]).toBe(`${site}/sources/${first?.origin.sourceId}/rss.xml`);
  });

  it.each([
    ['ar', 'rtl', third],
    ['zh', 'ltr', second],
  ])('sets %s as it is written', async (language, direction, entry) => {
    const { document } = await browser.open(`/entries/${entry?.id}`);
    expect(document.querySelector('.prose')?.getAttribute('lang')).toBe(language);
    expect(document.querySelector('.prose')?.getAttribute('dir')).toBe(direction);
  });

  it('plays recordings and leads to the discussion', async () => {
    const { document } = await browser.open(`/entries/${fourth?.id}`);
    expect(document.querySelector('audio[controls]')?.getAttribute('src')).toBe(fourth?.enclosures[0]?.url);
    expect(document.querySelector('.files')?.textContent).toContain('24:31, 12 MB, audio/mpeg');
    expect(document.querySelector('.links')?.textContent).toContain('Comments');
  });

  it('lists the chapters of a recording, which lead into it, and its transcript', async () => {
    const kinds = givenKinds(now, 'https://kinds.example');
    const podcast = kinds.find(({ origin }) => origin.title === 'Podcast Works');
    const { document } = await createBrowser(givenSources({ entries: kinds, now })).open(`/entries/${podcast?.id}`);
    const links = [...document.querySelectorAll('.chapters a')].map((link) => [
      link.textContent,
      link.getAttribute('href'),
    ]);
    expect(links).toEqual([
      ['0:00', 'https://kinds.example/gauges.mp3#t=0'],
      ['1:04:10', 'https://kinds.example/gauges.mp3#t=3850.5'],
      ['The <flood>', 'https://kinds.example/flood'],
      ['Transcript (en)', 'https://kinds.example/gauges.vtt'],
    ]);
  });

  it('is the same whether the window or the archive had it', async () => {
    const small = givenSources({ entries, now, windowSize: 2 });
    const archived = await createBrowser(small).open(`/entries/${fourth?.id}`);
    const published = await createBrowser(givenSources({ entries, now })).open(`/entries/${fourth?.id}`);
    expect(small.asked).toContain('entry');
    const rest = published.text.replace(/<nav class="neighbours".*?<\/nav>/s, '');
    expect(rest).not.toBe(published.text);
    expect(archived.text).toBe(rest);
  });
});

describe('lists', () => {
  it('show every tag with its count and its numbers', async () => {
    const { document } = await browser.open('/tags');
    expect([...document.querySelectorAll('.all-tags li')].map((each) => each.textContent)).toContain('水文15');
    expect(document.querySelectorAll('svg.spark[role=img][aria-label]').length).toBeGreaterThan(5);
    const cells = [...document.querySelectorAll('.figures tbody tr')].map((row) =>
      Number(row.querySelector('td')?.textContent),
    );
    expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(45);
  });

  it('show every source with its feeds', async () => {
    const { document } = await browser.open('/sources');
    expect(document.querySelectorAll('tbody .formats')).toHaveLength(6);
    expect(document.querySelectorAll('.figures thead th')).toHaveLength(7);
    expect(document.querySelector('tbody a[href$="/atom.xml"]')?.getAttribute('aria-label')).toMatch(/^Atom feed of /);
  });

  it('tell robots what is endless', async () => {
    const { text } = await browser.open('/robots.txt');
    expect(text).toContain('Disallow: /search');
  });

  it('tell the sites we ask how we ask, from the settings', async () => {
    const polite = createBrowser(givenSources({ entries: [], now, settings: { POLL_MINUTES: '180' } }));
    expect((await polite.open('/bot')).document.querySelector('main')?.textContent).toContain(
      'at most once every 3 hours',
    );
    expect((await browser.open('/bot')).document.querySelector('main')?.textContent).toContain(
      'at most once every hour',
    );
  });
});

describe('a filtered page and its feed', () => {
  it.each([
    ['/?tag=water&tag=-floods', '/rss.xml?tag=water&tag=-floods', 'Tagged Water, not tagged Floods · Our <River>'],
    ['/tags/rivers?lang=de', '/tags/rivers/rss.xml?lang=de', 'Rivers, in German · Our <River>'],
  ])('%s say what they are', async (path, feed, title) => {
    const { document } = await browser.open(path);
    expect(document.querySelector('title')?.textContent).toBe(title);
    const { text } = await browser.open(feed, {});
    // Readers take titles of RSS for HTML, so markup characters are escaped twice there.
    expect(text).toContain(`<title>${title.replace('<', '&#x26;lt;').replace('>', '&#x26;gt;')}</title>`);
  });

  it('has a chart of what it selects alone', async () => {
    for (const [path, words] of [
      ['/', ': 120 entries'],
      ['/?tag=floods', ': 15 entries'],
    ] as const) {
      const { document } = await browser.open(path);
      expect(document.querySelector('svg.chart')?.getAttribute('aria-label')).toContain(words);
    }
  });
});

describe('the icon of a source', () => {
  it('is a letter on a colour of its own, and unknown sources have none', async () => {
    const { response, text } = await browser.open(`/sources/${first?.origin.sourceId}/icon`);
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(text).toContain('>R</text>');
    expect((await browser.open('/sources/nope/icon')).response.status).toBe(404);
  });
});
