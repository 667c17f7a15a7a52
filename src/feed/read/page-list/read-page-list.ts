/**
 * Reads the list of entries on a page without a feed: by the selectors of its source, else by the page's markup for
 * machines.
 *
 * It makes a raw feed as feeds do, so all later steps are the same for both.
 */
import type { Document } from '../../../domain/document.ts';
import type { ReadFailure } from '../../../domain/failure.ts';
import type { Instant } from '../../../domain/instant.ts';
import { isJsonSelectors, type PageSelectors } from '../../../domain/page-selectors.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { createDefects } from '../defects.ts';
import { createRawNode, type RawEntry, type RawFeed, type RawFormat } from '../raw-feed.ts';
import type { RawDocument } from '../read-feed.ts';
import { maxDocumentBytes } from '../reading-limits.ts';
import { readItems } from './items.ts';
import { readJsonItems } from './json-items.ts';
import { readJsonLdItems } from './json-ld-items.ts';
import { decodeText, type ListPage, parseListPage } from './list-page.ts';
import { readMarkedItems } from './marked-items.ts';

/** Reads a page. Fails with `no-items` when not one entry with an address is found. @param now when it was asked */
export function readPageList(
  document: Document,
  selectors: PageSelectors | undefined,
  now: Instant,
): Result<RawDocument, ReadFailure> {
  if (document.bytes.byteLength > maxDocumentBytes) return fail({ kind: 'too-large', limitBytes: maxDocumentBytes });
  const text = decodeText(document);
  if (text.trim() === '') return fail({ kind: 'empty-document' });
  const isJson = /^[\s\uFEFF]*[{[]/.test(text);
  const parsed = parseListPage(isJson ? '<html></html>' : text, document, now);
  if (!parsed.ok) return parsed;
  const page = parsed.value;
  const found = isJson ? readJson(text, selectors, page) : readHtml(selectors, page);
  if (!found.ok) return fail({ kind: 'no-items', detail: found.failure });
  const entries = distinct(found.value.entries);
  if (entries.length === 0) return fail({ kind: 'no-items', detail: whyNone(selectors, found.value.entries.length) });
  const defects = createDefects();
  const lost = found.value.entries.length - entries.length;
  if (lost > 0) defects.add('items-left-out', `${lost} items had no address of their own, or that of another one.`);
  const raw: RawFeed = { ...readHead(page, isJson), format: found.value.format, entries: [...entries] };
  return ok({ format: raw.format, charset: 'utf-8', raw, defects: defects.list() });
}

interface FoundItems {
  readonly format: RawFormat;
  readonly entries: readonly RawEntry[];
}

function readHtml(selectors: PageSelectors | undefined, page: ListPage): Result<FoundItems, string> {
  if (selectors !== undefined) {
    if (isJsonSelectors(selectors)) return fail('its selectors are paths into JSON, and it is a web page');
    const read = readItems(page, selectors);
    return read.ok ? ok({ format: 'page', entries: read.value }) : read;
  }
  const described = readJsonLdItems(page);
  if (distinct(described).length > 1) return ok({ format: 'page-json-ld', entries: described });
  const marked = readMarkedItems(page);
  if (distinct(marked.entries).length > 1) return ok(marked);
  return ok({ format: 'page-json-ld', entries: described.length > 0 && isList(page) ? described : [] });
}

/** A page about one article describes that article; a list of one says that it is a list. */
function isList({ document }: ListPage): boolean {
  return [...document.querySelectorAll('script[type="application/ld+json"]')].some((script) =>
    /"(?:blogPosts?|itemListElement)"/.test(script.textContent ?? ''),
  );
}

function readJson(text: string, selectors: PageSelectors | undefined, page: ListPage): Result<FoundItems, string> {
  if (selectors === undefined) return fail('it is JSON without a known structure: give paths');
  if (!isJsonSelectors(selectors))
    return fail('its selectors are for a web page, and it is JSON: give paths such as $.items[*]');
  try {
    return ok({
      format: 'page-paths',
      entries: readJsonItems(JSON.parse(text.replace(/^\uFEFF/, '')), selectors, page),
    });
  } catch (error) {
    return fail(`it begins like JSON but is not (${String(error).slice(0, 100)})`);
  }
}

/** The items that have an address; of several with one address the first. */
function distinct(entries: readonly RawEntry[]): readonly RawEntry[] {
  const byAddress = new Map<string, RawEntry>();
  for (const entry of entries) {
    const href = entry.links[0]?.href;
    if (href !== undefined && !byAddress.has(href)) byAddress.set(href, entry);
  }
  return [...byAddress.values()];
}

function whyNone(selectors: PageSelectors | undefined, items: number): string {
  if (selectors === undefined) return 'it says nothing for machines (JSON-LD, microdata, h-entry); give selectors';
  return items === 0
    ? `nothing matches "${selectors.item.slice(0, 100)}" any more`
    : `${items} elements match "${selectors.item.slice(0, 100)}", and none of them has a link`;
}

/** The page's own title and description. */
function readHead({ document, url }: ListPage, isJson: boolean): Omit<RawFeed, 'format' | 'entries'> {
  const node = createRawNode();
  node.links.push({ from: 'link', href: url, rel: 'alternate' });
  if (isJson) return node;
  const meta = (selector: string): string => document.querySelector(selector)?.getAttribute('content')?.trim() ?? '';
  const title = meta('meta[property="og:site_name"]') || document.title.replace(/\s+/g, ' ').trim();
  if (title !== '') node.texts.push({ from: 'title', text: title, kind: 'text' });
  const description = meta('meta[name="description"]') || meta('meta[property="og:description"]');
  if (description !== '') node.texts.push({ from: 'description', text: description, kind: 'text' });
  const language = document.documentElement.getAttribute('lang')?.trim() ?? '';
  if (language !== '') node.values.push({ from: 'language', text: language });
  const icon = document.querySelector('link[rel~="icon"][href]')?.getAttribute('href');
  if (icon != null) node.values.push({ from: 'favicon', text: icon });
  return node;
}
