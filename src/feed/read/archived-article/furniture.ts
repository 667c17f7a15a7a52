/**
 * Removes page furniture around the article: adverts, share buttons, comments, other articles, the repeated title.
 *
 * Archivers copy it with the text. It is recognised by class or by the addresses of its links, never by its place alone.
 */
import { type HtmlElement, isElement } from '../page/dom.ts';
import { elementsNamed, hasText, textBlocks, toLines, toWords } from './text.ts';

/** A block of this class or id is no part of the article (AddToAny, Jetpack, Drupal, and the words that most themes use). */
const furnitureName =
  /(?:^|\s)(?:addtoany\S*|a2a_kit|sharedaddy|service-links|(?:social-?)?shar(?:e|ing)-?(?:bar|box|buttons?|links?|tools?)|more-?articles?|bottom-?box|(?:jp-)?related(?:-?(?:posts?|articles?|links?))?|comments(?:-area)?|comment-(?:wrapper|respond|form|list|add)|submitted|field-name-author|element-(?:hidden|invisible))(?:\s|$)/i;
/** Pages that share an address on a social network. */
const shareAddress =
  /^https?:\/\/(?:www\.|m\.)?(?:(?:twitter|x)\.com\/(?:share|intent)\b|facebook\.com\/(?:sharer|share\.php|dialog)|addtoany\.com\/|google\.com\/bookmarks\/|linkedin\.com\/share|reddit\.com\/submit|t\.me\/share|api\.whatsapp\.com\/send|service\.weibo\.com\/share|pinterest\.com\/pin\/create|del\.icio\.us\/post)/i;

/**
 * A block with this share of the words is the article, whatever its name is. Comments are often longer than their
 * article.
 */
const mostOfIt = 0.9;

/** Most blocks that are examined: a page has few, and each costs a walk through its nodes. */
const mostPieces = 60;

const links = new Set(['a']);
const containers = new Set('div section aside ul ol li p nav footer header form span h2'.split(' '));
const headings = new Set(['h1', 'h2']);

/** Removes blocks that are furniture by their names, links that share, and a heading that repeats the title. */
export function removeFurniture(body: HtmlElement, title: string): void {
  const words = toWords(body).length;
  const named = elementsNamed(body, containers).filter((element) =>
    furnitureName.test(`${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`),
  );
  for (const element of named.slice(0, mostPieces)) {
    if (toWords(element).length < words * mostOfIt) element.remove();
  }
  const shares = elementsNamed(body, links).filter((link) => shareAddress.test(link.getAttribute('href') ?? ''));
  for (const link of shares.slice(0, mostPieces)) removeLink(link);
  const [heading] = elementsNamed(body, headings);
  if (heading !== undefined && title !== '' && toWords(heading) === title) heading.remove();
}

/**
 * A link in the row below a WordPress post (`© A for B. |Permalink |No comment |Add to del.icio.us`): the whole row goes
 * with it.
 */
function removeLink(link: HtmlElement): void {
  const row = link.parentElement;
  const permalink =
    row === null ? undefined : elementsNamed(row, links).find(({ textContent }) => textContent === 'Permalink');
  let node = permalink?.previousSibling ?? null;
  if (node?.nodeType !== 3 || !/\|\s*$/.test(node.textContent ?? '')) {
    link.remove();
    return;
  }
  node.textContent = (node.textContent ?? '').replace(/\s*\|\s*$/, '');
  for (node = node.nextSibling; node !== null; ) {
    const next = node.nextSibling;
    node.remove();
    node = next;
  }
}

/** Adverts are in the last blocks of a body, and short (UTF-16 units). */
const advertBlocks = 6;
const longestAdvert = 300;

/** Removes short blocks near the end that hold one of these texts, and the rule above them. */
export function removeAdverts(body: HtmlElement, adverts: readonly string[]): void {
  for (const block of textBlocks(body).slice(-advertBlocks)) {
    const words = toWords(block);
    if (words.length > longestAdvert || !adverts.some((advert) => words.includes(advert))) continue;
    let before = block.previousSibling;
    while (before !== null && (isElement(before) ? /^[bh]r$/.test(before.localName) : !hasText(before.textContent))) {
      const next = before.previousSibling;
      before.remove();
      before = next;
    }
    block.remove();
  }
}

const credits = /^(?:记者|記者|作者|撰文)[:：]\s*(\S+)\s+\S*[编編]\S*[:：]/u;

/** The names in a last line such as `记者：林小溪、周安 责编：王行`; the line stays. */
export function findCreditedNames(body: HtmlElement): string[] {
  const last = textBlocks(body).at(-1);
  const line = last === undefined ? undefined : toLines(last).at(-1);
  return credits.exec(line ?? '')?.[1]?.split(/[、，,]/u) ?? [];
}
