/**
 * Proposes selectors for a page from its own structure: repeated elements, each with a link of its own, best with dates.
 *
 * Groups are made by what selectors can express: tag and classes of an element and of its ancestors. Each group is tried
 * as the item, read like any source, and judged by the result.
 */
import type { Document } from '../../../domain/document.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { HtmlElement } from '../page/dom.ts';
import type { RawEntry } from '../raw-feed.ts';
import { lineOf } from './item-values.ts';
import { readItems, selectItems } from './items.ts';
import { decodeText, type ListPage, parseListPage } from './list-page.ts';
import { fieldSelectors } from './propose-fields.ts';
import { type Proposal, proposePaths } from './propose-paths.ts';

/** Elements that a list of entries is seldom in. */
const asides =
  'nav, footer, aside, form, body > header, .sidebar, #sidebar, [role="navigation"], [role="contentinfo"], [role="banner"]';

/** Groups that are tried; each is read in whole. */
const maxTried = 24;

/** Proposals that are returned. */
const maxProposals = 3;

/** Parents of an element that may help to name it. */
const maxAncestors = 8;

/** The likeliest selectors of a document first, paths where it is JSON; empty when nothing in it looks like a list of entries. */
export function proposeForDocument(document: Document, now: Instant): readonly Proposal[] {
  const text = decodeText(document);
  const isJson = /^[\s\uFEFF]*[{[]/.test(text);
  const page = parseListPage(isJson ? '<html></html>' : text, document, now);
  if (!page.ok) return [];
  return isJson ? proposePaths(text, page.value) : proposeSelectors(page.value);
}

/** The likeliest selectors first; empty when nothing on the page looks like a list of entries. */
function proposeSelectors(page: ListPage): readonly Proposal[] {
  const judged: { readonly proposal: Proposal; readonly score: number }[] = [];
  for (const { selector } of groupsOf(page).slice(0, maxTried)) {
    const items = selectItems(page, selector);
    const selectors = { item: selector, ...fieldSelectors(page, items) };
    const read = readItems(page, selectors);
    if (!read.ok) continue;
    const entries = read.value.filter(({ links, texts }) => links.length > 0 && texts.length > 0);
    const score = judge(entries, items.length, items.filter(isInAside).length / items.length);
    if (score > 0) judged.push({ proposal: { page: selectors, entries }, score });
  }
  const seen = new Set<string>();
  return judged
    .toSorted((left, right) => right.score - left.score)
    .map(({ proposal }) => proposal)
    .filter(({ entries }) => {
      // Of several selectors for the same entries the best is enough.
      const name = entries.map(({ links }) => links[0]?.href).join(' ');
      return !seen.has(name) && seen.add(name).size > 0;
    })
    .slice(0, maxProposals);
}

interface Group {
  readonly selector: string;
  readonly weight: number;
}

/** Repeated elements with links, the most promising first. */
function groupsOf(page: ListPage): readonly Group[] {
  const counts = new Map<string, { members: number; links: Set<string>; words: number }>();
  // Where entries are places of the page itself, their elements have ids.
  for (const anchor of page.document.querySelectorAll(
    'a[href], section[id], article[id], div[id], li[id], h2[id], h3[id]',
  )) {
    const href = anchor.getAttribute('href') ?? `#${anchor.getAttribute('id')}`;
    const words = lineOf(anchor).length;
    let element: HtmlElement | null = anchor;
    for (
      let level = 0;
      level < (anchor.localName === 'a' ? 6 : 1) && element !== null && element.localName !== 'body';
      level += 1
    ) {
      for (const selector of namesOf(element)) {
        const held = counts.get(selector) ?? { members: 0, links: new Set<string>(), words: 0 };
        held.members += 1;
        held.links.add(href);
        held.words = Math.max(held.words, words);
        counts.set(selector, held);
      }
      element = element.parentElement;
    }
  }
  return [...counts]
    .filter(([, { links, words }]) => links.size > 1 && words > 3)
    .map(([selector, { links }]) => ({ selector, weight: weigh(selector, links.size) }))
    .toSorted((left, right) => right.weight - left.weight);
}

const tellingTags = /(?:^|[\s>])(?:article|h[1-4]|li|tr|dt|dd)(?:\.[^\s>]+)?$/;
const tellingNames = /post|article|entry|item|card|story|news|teaser|blog|list|row|release|episode|note/i;

function weigh(selector: string, links: number): number {
  const last = selector.split(/\s*>\s*|\s+/).at(-1) ?? '';
  return (
    Math.min(links, 40) +
    (tellingTags.test(selector) ? 15 : 0) +
    (tellingNames.test(last) ? 15 : 0) -
    selector.length / 20
  );
}

/** The selectors of an element: by its class, by its tag, by either below an ancestor. */
function namesOf(element: HtmlElement): readonly string[] {
  const tag = element.localName;
  if (!/^[a-z][a-z0-9-]*$/.test(tag) || tag === 'span' || tag === 'b' || tag === 'strong' || tag === 'em') return [];
  const [own] = classesOf(element);
  const names = own === undefined ? [] : [`${tag}.${own}`];
  let around = element.parentElement;
  let path = own === undefined ? tag : `${tag}.${own}`;
  for (let level = 0; level < maxAncestors && around !== null && around.localName !== 'html'; level += 1) {
    const name = nameOf(around);
    if (name !== undefined) {
      names.push(`${name}${level === 0 ? ' > ' : ' '}${own === undefined ? tag : `${tag}.${own}`}`);
      // Elements without names are identified by their place.
      if (level > 0 && own === undefined) names.push(`${name} > ${path}`);
      break;
    }
    path = `${around.localName} > ${path}`;
    around = around.parentElement;
  }
  if (own === undefined && tag !== 'a' && tag !== 'div' && tag !== 'p') names.push(tag);
  return names;
}

function nameOf(element: HtmlElement): string | undefined {
  const id = element.getAttribute('id');
  if (id !== null && isPlainName(id)) return `#${id}`;
  const [own] = classesOf(element);
  if (own !== undefined) return `.${own}`;
  return ['main', 'article', 'section', 'body'].includes(element.localName) ? element.localName : undefined;
}

/** Class names that people chose; names with digits or of tools change with the next build. */
function classesOf(element: HtmlElement): readonly string[] {
  return (element.getAttribute('class') ?? '').split(/\s+/).filter((name) => isPlainName(name) && !isUtility(name));
}

function isPlainName(name: string): boolean {
  return /^[a-z_][a-z0-9_-]{1,40}$/i.test(name) && !/\d{3,}|\d$|[a-f0-9]{6,}$|^(?:css|sc|jsx|svelte)-/i.test(name);
}

/** Class names about looks: `mt-4`, `flex`, `col-md-6`, `odd`. */
function isUtility(name: string): boolean {
  return (
    /^(?:[mp][trblxy]?|w|h|gap|text|bg|border|rounded|grid|flex|col|row|justify|items|font|leading|shadow|space|max|min)-/.test(
      name,
    ) ||
    /^(?:flex|grid|block|hidden|container|clearfix|odd|even|first|last|active|row|col|left|right|wrap|inner)$/.test(
      name,
    )
  );
}

function isInAside(element: HtmlElement): boolean {
  return element.closest(asides) !== null;
}

/** How much the items look like entries: many, with words in titles, with dates, each with its own address. */
function judge(entries: readonly RawEntry[], items: number, asideShare: number): number {
  const addresses = new Set(entries.map(({ links }) => links[0]?.href));
  const titles = entries.flatMap(({ texts }) => texts.filter(({ from }) => from === 'title').map(({ text }) => text));
  if (addresses.size < 2 || items === 0) return 0;
  const share = (count: number): number => count / items;
  const dates = entries.filter(({ values }) => values.some(({ from }) => from === 'page:date')).length;
  const distinctDates = new Set(
    entries.flatMap(({ values }) => values.find(({ from }) => from === 'page:date')?.text ?? []),
  );
  const long = titles.filter((title) => visualLength(title) >= 12).length;
  const texts = entries.filter(({ texts: all }) => all.some(({ from }) => from === 'description')).length;
  const siteLinks = [...addresses].filter((href) =>
    /\/(?:tag|tags|category|author|page|search)\b|\?page=/i.test(href ?? ''),
  ).length;
  return (
    Math.min(addresses.size, 20) * 2 * share(addresses.size) * share(entries.length) +
    40 * share(long) +
    40 * share(dates) * (distinctDates.size > 1 ? 1 : 0.3) +
    15 * share(texts) -
    50 * share(siteLinks) -
    60 * asideShare -
    (new Set(titles).size < titles.length / 2 ? 60 : 0) -
    (long < entries.length / 2 ? 30 : 0)
  );
}

/** Characters of Chinese, Japanese and Korean count as two letters. */
function visualLength(text: string): number {
  return text.length + (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
}
