/**
 * Well-behaved feeds for the test server: every format, every kind of validators, and entries that can be added while
 * it runs.
 */
import { createHash } from 'node:crypto';
import type { UpstreamHandler } from './upstream.ts';

/** The formats a generated feed can have. */
export const upstreamFormats = ['rss', 'atom', 'json', 'rdf'] as const;

/** One of them. */
export type UpstreamFormat = (typeof upstreamFormats)[number];

/** Which validators a generated feed gives. */
export const upstreamValidators = ['both', 'etag', 'last-modified', 'none'] as const;

/** An entry of a generated feed. Text must be plain: it is escaped where the format needs it. */
export interface UpstreamEntry {
  readonly guid: string;
  readonly title: string;
  readonly link: string;
  /** ISO 8601. */
  readonly published: string;
  readonly html: string;
}

/** A feed of the test server. */
export interface UpstreamFeed {
  readonly handler: UpstreamHandler;
  /** The entries, newest first; change them as you like. */
  readonly entries: UpstreamEntry[];
  /** The document as it would be served now. */
  readonly document: () => string;
}

/** What a generated feed is like. */
export interface UpstreamFeedOptions {
  readonly title: string;
  /** Origin of the entries' links. */
  readonly site: string;
  readonly format: UpstreamFormat;
  readonly validators?: (typeof upstreamValidators)[number];
  readonly entries?: readonly UpstreamEntry[];
  /** More header fields, e.g. `cache-control`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const mediaTypes: Readonly<Record<UpstreamFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  rdf: 'application/rdf+xml',
};

/** Creates a feed; serve its handler at a path. Answers 304 as RFC 9110 section 13 wants it. */
export function createUpstreamFeed(options: UpstreamFeedOptions): UpstreamFeed {
  const entries = [...(options.entries ?? [])];
  const document = (): string => renderUpstreamFeed({ ...options, entries });
  const { validators = 'both' } = options;
  const handler: UpstreamHandler = ({ request, response }) => {
    const body = document();
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    const newest = entries.map((entry) => Date.parse(entry.published)).toSorted((a, b) => b - a)[0] ?? 0;
    const lastModified = new Date(newest).toUTCString();
    const hasEtag = validators === 'both' || validators === 'etag';
    const hasDate = validators === 'both' || validators === 'last-modified';
    if (hasEtag) response.setHeader('etag', etag);
    if (hasDate) response.setHeader('last-modified', lastModified);
    for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
    const asked = request.headers['if-none-match'];
    const isSame =
      asked === undefined ? hasDate && request.headers['if-modified-since'] === lastModified : asked === etag;
    if (isSame && (hasEtag || hasDate)) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': mediaTypes[options.format] }).end(body);
  };
  return { handler, entries, document };
}

/** `count` plain entries, one an hour, the newest first and published at `newest`. */
export function givenUpstreamEntries(count: number, site: string, newest = '2026-11-20T12:00:00Z'): UpstreamEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const number = count - index;
    return {
      guid: `${site}/guid/${number}`,
      title: `Entry ${number} of ${site}`,
      link: `${site}/entries/${number}`,
      published: new Date(Date.parse(newest) - index * 3_600_000).toISOString(),
      html: `<p>The text of entry ${number}, with an <em>accent</em> &amp; an ampersand.</p>`,
    };
  });
}

/** The text of a feed document. */
export function renderUpstreamFeed(
  options: UpstreamFeedOptions & { readonly entries: readonly UpstreamEntry[] },
): string {
  const { title, site, entries } = options;
  switch (options.format) {
    case 'rss':
      return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${escape(title)}</title><link>${site}/</link><description>${escape(title)}</description>
${entries.map(renderRssItem).join('\n')}
</channel></rss>`;
    case 'atom':
      return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${site}/</id><title>${escape(title)}</title><link href="${site}/"/>
<updated>${entries[0]?.published ?? '2026-01-01T00:00:00Z'}</updated><author><name>${escape(title)}</name></author>
${entries.map(renderAtomEntry).join('\n')}
</feed>`;
    case 'rdf':
      return `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${site}/"><title>${escape(title)}</title><link>${site}/</link><description>${escape(title)}</description></channel>
${entries.map(renderRdfItem).join('\n')}
</rdf:RDF>`;
    case 'json':
      return JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title,
        home_page_url: `${site}/`,
        items: entries.map((entry) => ({
          id: entry.guid,
          url: entry.link,
          title: entry.title,
          content_html: entry.html,
          date_published: entry.published,
        })),
      });
  }
}

function renderRssItem(entry: UpstreamEntry): string {
  const date = new Date(entry.published).toUTCString();
  return `<item><guid isPermaLink="false">${escape(entry.guid)}</guid><title>${escape(entry.title)}</title><link>${escape(entry.link)}</link><pubDate>${date}</pubDate><description>${escape(entry.html)}</description></item>`;
}

function renderAtomEntry(entry: UpstreamEntry): string {
  return `<entry><id>${escape(entry.guid)}</id><title>${escape(entry.title)}</title><link href="${escape(entry.link)}"/><updated>${entry.published}</updated><published>${entry.published}</published><content type="html">${escape(entry.html)}</content></entry>`;
}

function renderRdfItem(entry: UpstreamEntry): string {
  return `<item rdf:about="${escape(entry.guid)}"><title>${escape(entry.title)}</title><link>${escape(entry.link)}</link><dc:date>${entry.published}</dc:date><description>${escape(entry.html)}</description></item>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
