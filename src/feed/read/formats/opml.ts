/**
 * Reads a subscription list (OPML 1.0 and 2.0) as its feeds, with the folders that hold them as categories.
 *
 * It reads the exports of other readers, broken markup included. A line that cannot be a subscription is reported with
 * its number and never stops the rest. Included or linked lists are ignored: they would have to be fetched.
 * @see http://opml.org/spec2.opml
 */
import type { Document } from '../../../domain/document.ts';
import type { ReadFailure } from '../../../domain/failure.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { opmlNameOf, type PageSelectors, pageFields, tidySelectors } from '../../../domain/page-selectors.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { readFlags } from '../../../domain/source-flags.ts';
import { decodeDocument } from '../charset/decode.ts';
import { createDefects } from '../defects.ts';
import { checkSelectors } from '../page-list/check-selectors.ts';
import { maxDepth, maxDocumentBytes } from '../reading-limits.ts';
import { resolveUrl } from '../resolve-url.ts';
import { readProlog } from '../xml/prolog.ts';
import { decodeReferences } from '../xml/references.ts';
import { scanXml } from '../xml/scan.ts';

/** One feed of a list. `line` is 1-based. */
export interface OpmlOutline {
  readonly title: string;
  readonly url: HttpUrl;
  readonly siteUrl?: HttpUrl;
  /** Folders from the outside in, then the parts of the `category` attribute, each once. */
  readonly categories: readonly string[];
  /** A page without a feed (type `page`), as our own export writes it; its selectors as written. */
  readonly isPage?: true;
  readonly page?: PageSelectors;
  /** The owner's settings, as our own export writes them. */
  readonly flags: ReturnType<typeof readFlags>;
  readonly line: number;
}

/** A line that could not be read as a feed. */
export interface OpmlRejection {
  readonly line: number;
  readonly reason: string;
}

/** A subscription list. A feed that stands in several folders is one outline with all their categories. */
export interface OpmlList {
  readonly title: string;
  readonly outlines: readonly OpmlOutline[];
  readonly rejected: readonly OpmlRejection[];
}

/** Names of the folders of a feed, and the parts of its `category` attributes. */
interface Places {
  readonly above: Set<string>;
  readonly own: Set<string>;
}

/** Most lines with `xmlUrl` that are read: longer lists are not made by people. */
const maxOutlines = 20_000;

/** Types by which FreshRSS and others name pages that a reader is to make a feed of itself. */
const scraped = /^(?:html|xml|json)\+|^json(?:dotpath|path)$|xpath/i;

/** Reads a list. Fails with `empty-document`, `too-large` and `not-a-feed`. */
export function readOpml(document: Document): Result<OpmlList, ReadFailure> {
  if (document.bytes.byteLength > maxDocumentBytes) return fail({ kind: 'too-large', limitBytes: maxDocumentBytes });
  const { text: decoded } = decodeDocument(document);
  if (decoded.trim() === '') return fail({ kind: 'empty-document' });
  const defects = createDefects();
  const { text, entities } = readProlog(decoded, defects);
  const lineAt = createLineCounter(text);
  const outlines = new Map<HttpUrl, Omit<OpmlOutline, 'categories'>>();
  const placesOf = new Map<HttpUrl, Places>();
  const rejected: OpmlRejection[] = [];
  /** Names of the folders that are open; `undefined` for an outline that is a feed itself. */
  const folders: (string | undefined)[] = [];
  let root: string | undefined;
  let title = '';
  let inTitle = false;
  let inBody = false;

  const addOutline = (attributes: readonly string[], selfClosing: boolean, at: number): void => {
    const values = new Map<string, string>();
    for (let i = 0; i < attributes.length; i += 2) {
      const value = decodeReferences(attributes[i + 1] ?? '', entities, defects, at);
      values.set((attributes[i] ?? '').toLowerCase(), value.replaceAll(/\s+/g, ' ').trim());
    }
    const label = values.get('title') || values.get('text') || '';
    const address = values.get('xmlurl');
    if (!selfClosing) folders.push(address === undefined ? label : undefined);
    const line = lineAt(at);
    if (address !== undefined) {
      // Some programs call feeds `feed://host`.
      const url = resolveUrl(address.replace(/^feed:\/\//i, 'http://'), 'about:blank');
      const type = values.get('type') ?? '';
      if (scraped.test(type))
        rejected.push({ line, reason: `feeds of the type ${type.slice(0, 40)} are not supported` });
      else if (url === undefined)
        rejected.push({ line, reason: `xmlUrl is not an http(s) URL: ${address.slice(0, 200)}` });
      else if (outlines.size >= maxOutlines) rejected.push({ line, reason: `only ${maxOutlines} feeds are read` });
      else addFeed(url, label, values, line);
    } else if (selfClosing || values.get('type')?.toLowerCase() === 'rss') {
      rejected.push({ line, reason: `"${label.slice(0, 100)}" has no xmlUrl` });
    }
  };

  const addFeed = (url: HttpUrl, label: string, values: ReadonlyMap<string, string>, line: number): void => {
    const isPage = values.get('type')?.toLowerCase() === 'page';
    const page = isPage ? readSelectors(values) : undefined;
    const [problem] = page === undefined ? [] : checkSelectors(page);
    if (problem !== undefined) {
      rejected.push({ line, reason: `page ${problem.field} ${problem.detail}` });
      return;
    }
    const known = outlines.get(url);
    const places = placesOf.get(url) ?? { above: new Set(), own: new Set() };
    placesOf.set(url, places);
    for (const folder of folders.slice(0, maxDepth)) if (folder) places.above.add(folder);
    for (const part of (values.get('category') ?? '').split(/[,/]/))
      if (part.trim() !== '') places.own.add(part.trim());
    const siteUrl = resolveUrl(values.get('htmlurl') ?? '', 'about:blank') ?? known?.siteUrl;
    outlines.set(url, {
      title: known?.title || label,
      url,
      ...(siteUrl === undefined ? {} : { siteUrl }),
      ...(isPage && { isPage: true, ...(page === undefined ? {} : { page }) }),
      flags: known?.flags ?? readFlags(values),
      line: known?.line ?? line,
    });
  };

  // Names of folders come first, those of later outlines too: a label with a comma is a slug in `category`.
  const withCategories = (outline: Omit<OpmlOutline, 'categories'>): OpmlOutline => {
    const { above, own } = placesOf.get(outline.url) ?? { above: [], own: [] };
    return { ...outline, categories: [...new Set([...above, ...own])] };
  };

  scanXml(text, {
    open(written, attributes, selfClosing, at) {
      const name = written.toLowerCase();
      root ??= name;
      inTitle = name === 'title' && !inBody && title === '';
      if (name === 'body') inBody = true;
      if (name === 'outline') addOutline(attributes, selfClosing, at);
      return true;
    },
    close(written) {
      inTitle = false;
      if (written.toLowerCase() === 'outline') folders.pop();
    },
    text(data, at) {
      if (inTitle) title += decodeReferences(data, entities, defects, at);
    },
    cdata(data) {
      if (inTitle) title += data;
    },
    bareLessThan(at) {
      defects.add('bare-less-than', 'A "<" that starts no tag was read as text.', { at });
    },
    unclosed(what, at) {
      defects.add('unclosed-section', `"${what}" never ends; what follows it was read as markup.`, { at });
    },
  });
  if (root !== 'opml' && outlines.size === 0) {
    return fail({ kind: 'not-a-feed', detail: 'it is not a subscription list: it has no <opml> element' });
  }
  return ok({
    title: title.replaceAll(/\s+/g, ' ').trim(),
    outlines: [...outlines.values()].map(withCategories),
    rejected,
  });
}

function readSelectors(values: ReadonlyMap<string, string>): PageSelectors | undefined {
  const of = (field: string): string | undefined => values.get(opmlNameOf(field).toLowerCase());
  const item = of('item') ?? '';
  if (item === '') return undefined;
  return tidySelectors({ item, ...Object.fromEntries(pageFields.map((field) => [field, of(field)])) });
}

/** Counts lines for offsets that only grow. */
function createLineCounter(text: string): (at: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (at) => {
    while (next !== -1 && next < at) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
