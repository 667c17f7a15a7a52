/**
 * Generated feeds: the same number gives the same bytes, in four formats.
 */

/** The formats of generated feeds. */
export type FeedKind = 'rss' | 'atom' | 'json' | 'rdf';

/** A generated entry. */
export interface MadeEntry {
  readonly guid: string;
  readonly title: string;
  readonly link: string;
  /** ISO 8601, whole seconds. */
  readonly published: string;
  readonly html: string;
}

/** The media type of each format. */
export const mediaTypes: Readonly<Record<FeedKind, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  rdf: 'application/rdf+xml',
};

/** Dates of generated entries begin here, an hour apart. */
const firstAt = Date.parse('2026-11-10T00:00:00Z');

const words = 'river delta tide gauge lock barge current reed heron mill weir ferry pilot chart flood spring'.split(
  ' ',
);

/** Entry `place` (1 is the oldest) of feed `number`; at `at` (epoch milliseconds) instead of its usual date. */
export function makeEntry(number: number, place: number, at?: number): MadeEntry {
  const link = `https://site-${number}.example.org/entries/${place}`;
  const usual = firstAt + place * 3_600_000 + (number % 3600) * 1000;
  const date = at === undefined ? usual : Math.floor(at / 1000) * 1000;
  const text = Array.from({ length: 120 }, (_, step) => words[(number * 7 + place * 13 + step * step) % words.length]);
  return {
    guid: `${link}#guid`,
    title: `Entry ${place} of feed ${number}`,
    link,
    published: new Date(date).toISOString(),
    html: `<p>${text.slice(0, 60).join(' ')}, with an <em>accent</em> &amp; a <a href="/more">link</a>.</p><p>${text.slice(60).join(' ')}.</p>`,
  };
}

/** The document of a feed. */
export function renderMade(kind: FeedKind, number: number, entries: readonly MadeEntry[]): string {
  const title = `Feed ${number}`;
  const site = `https://site-${number}.example.org/`;
  const head = '<?xml version="1.0" encoding="utf-8"?>\n';
  switch (kind) {
    case 'rss':
      return `${head}<rss version="2.0"><channel><title>${title}</title><link>${site}</link><description>${title}</description>${entries.map(renderRss).join('\n')}</channel></rss>`;
    case 'atom':
      return `${head}<feed xmlns="http://www.w3.org/2005/Atom"><id>${site}</id><title>${title}</title><link href="${site}"/><updated>${entries[0]?.published}</updated><author><name>${title}</name></author>${entries.map(renderAtom).join('\n')}</feed>`;
    case 'rdf':
      return `${head}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="${site}"><title>${title}</title><link>${site}</link><description>${title}</description></channel>${entries.map(renderRdf).join('\n')}</rdf:RDF>`;
    case 'json':
      return JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title,
        home_page_url: site,
        items: entries.map(({ guid, link, title, html, published }) => ({
          id: guid,
          url: link,
          title,
          content_html: html,
          date_published: published,
        })),
      });
  }
}

function renderRss({ guid, title, link, published, html }: MadeEntry): string {
  return `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>${link}</link><pubDate>${new Date(published).toUTCString()}</pubDate><description>${escape(html)}</description></item>`;
}

function renderAtom({ guid, title, link, published, html }: MadeEntry): string {
  return `<entry><id>${guid}</id><title>${title}</title><link href="${link}"/><published>${published}</published><updated>${published}</updated><content type="html">${escape(html)}</content></entry>`;
}

function renderRdf({ title, link, published, html }: MadeEntry): string {
  return `<item rdf:about="${link}"><title>${title}</title><link>${link}</link><dc:date>${published}</dc:date><description>${escape(html)}</description></item>`;
}

function escape(html: string): string {
  return html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
