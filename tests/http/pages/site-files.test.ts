import { describe, expect, it } from 'vitest';
import { parseHtmlDocument } from '../../../src/feed/read/page/dom.ts';
import { givenInstant } from '../../support/given.ts';
import { createBrowser, site } from '../../support/given-pages.ts';
import { givenRiver } from '../../support/given-river.ts';
import { givenSources } from '../../support/given-sources.ts';

const now = givenInstant('2026-11-22T10:30:00Z');
const entries = givenRiver(60, now);
const browser = createBrowser(givenSources({ entries, now, settings: { SITE_TITLE: 'Our <River>' } }));

describe('the files of the site', () => {
  it('has a manifest whose icons are there', async () => {
    const { document } = await browser.open('/');
    const address = document.querySelector('link[rel=manifest]')?.getAttribute('href') ?? '';
    const manifest = JSON.parse((await browser.open(address)).text) as {
      name: string;
      share_target: object;
      icons: { src: string; type: string }[];
    };
    expect(manifest.name).toBe('Our <River>');
    expect(manifest.share_target).toMatchObject({ action: '/admin/add', method: 'GET', params: { url: 'url' } });
    for (const { src, type } of manifest.icons) {
      expect((await browser.open(src)).response.headers.get('Content-Type')).toBe(type);
    }
    const touch = document.querySelector('link[rel=apple-touch-icon]')?.getAttribute('href') ?? '';
    const picture = await browser.app.request(`${site}${touch}`);
    expect(new Uint8Array(await picture.arrayBuffer()).slice(1, 4)).toEqual(new TextEncoder().encode('PNG'));
  });

  it('lists public pages in the sitemap, which robots are told of', async () => {
    const { text } = await browser.open('/sitemap.xml');
    expect(text).toContain(`<loc>${site}/tags/rivers</loc><lastmod>2026-`);
    expect(text).toContain(`<loc>${site}/sources/${entries[0]?.origin.sourceId}</loc>`);
    expect(text).not.toMatch(/\/(?:entries|views|search|admin)/);
    expect((await browser.open('/robots.txt')).text).toContain(`Sitemap: ${site}/sitemap.xml`);
  });

  it('draws QR codes of our own addresses alone', async () => {
    const { response, text } = await browser.open(`/qr.svg?of=${encodeURIComponent('/rss.xml?tag=water')}`);
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(text).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    expect((await browser.open('/qr.svg?of=https://other.example/')).response.status).toBe(404);
  });
});

describe('the archive', () => {
  it('lists the months that have entries, and each has its page', async () => {
    const { document } = await browser.open('/archive');
    const link = document.querySelector('.year a');
    expect(link?.textContent).toBe('November');
    const month = await browser.open(link?.getAttribute('href') ?? '');
    expect(month.document.querySelectorAll('.card').length).toBe(50);
    expect((await browser.open('/archive/2026-13')).response.status).toBe(404);
  });
});

function property(html: string, name: string): string | null | undefined {
  return parseHtmlDocument(html).querySelector(`meta[property="og:${name}"]`)?.getAttribute('content');
}

describe('a preview of a page', () => {
  it('says what it is, elsewhere too', async () => {
    const { text } = await browser.open(`/entries/${entries[0]?.id}`);
    expect(property(text, 'type')).toBe('article');
    expect(property(text, 'title')).toContain('A dam comes down');
    expect(property(text, 'image')).toBe('https://images.example/0.svg');
    expect(property((await browser.open('/tags')).text, 'site_name')).toBe('Our <River>');
  });
});

describe('the box to subscribe from', () => {
  it('opens readers at the RSS address, and offers it to a phone', async () => {
    const { document } = await browser.open('/tags/rivers');
    const links = [...document.querySelectorAll('.readers a')].map((link) => link.getAttribute('href') ?? '');
    expect(links[0]).toBe(`feed:${site}/tags/rivers/rss.xml`);
    expect(links.slice(1).every((link) => decodeURIComponent(link).includes(`${site}/tags/rivers/rss.xml`))).toBe(true);
    expect(document.querySelector('.phone img')?.getAttribute('src')).toBe('/qr.svg?of=%2Ftags%2Frivers%2Frss.xml');
  });
});
