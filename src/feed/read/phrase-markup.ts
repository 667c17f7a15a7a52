/**
 * Separates markup from mentioned tags in a title, a name or a category: `Why the <script> element is slow` mentions one.
 *
 * Where a format does not say whether a title is text or HTML, only phrase elements in pairs and a few void ones count as
 * markup. The `<` of every other tag is escaped. Hidden elements hide up to their own end tag, not more.
 */
import { htmlToText, isElementName, looksLikeHtml } from './html-text.ts';

/** Elements that a title may be marked up with, and the blocks that templates wrap titles in. */
const paired = new Set(
  (
    'a abbr acronym b bdi bdo big blockquote center cite code data del dfn div em font h1 h2 h3 h4 h5 h6 i ins kbd label li mark ' +
    'math nobr p pre q rb rp rt rtc ruby s samp small span strike strong sub sup svg time tt u ul ol var'
  ).split(' '),
);
const hidden = new Set(['script', 'style', 'applet', 'template', 'noscript', 'iframe', 'object']);
const voids = new Set(['br', 'hr', 'wbr', 'img']);
/** Never typed in a title with an address in it. */
const withAddress = /\s(?:src|href|http-equiv|data)\s*=/i;

/** What a picture in a title has, other than an address. */
const withWords = /\salt\s*=/i;

const tag = /<(\/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>/g;

/** A short text of unknown kind as HTML: tags that are only mentioned are escaped. */
export function escapeMentionedTags(text: string): string {
  if (!text.includes('<')) return text;
  const mentioned: number[] = [];
  /** Start tags that wait for their end tag, by name. */
  const open = new Map<string, number[]>();
  for (const found of text.matchAll(tag)) {
    const name = (found[2] ?? '').toLowerCase();
    if (!isElementName(name)) continue;
    const waiting = open.get(name);
    if (found[1] === '/') {
      if (waiting?.pop() === undefined && !paired.has(name)) mentioned.push(found.index);
    } else if (paired.has(name) || hidden.has(name)) {
      if (waiting === undefined) open.set(name, [found.index]);
      else waiting.push(found.index);
    } else if ((!voids.has(name) || (name === 'img' && !withWords.test(found[0]))) && !withAddress.test(found[0]))
      mentioned.push(found.index);
  }
  for (const waiting of open.values()) mentioned.push(...waiting);
  if (mentioned.length === 0) return text;
  let out = '';
  let from = 0;
  for (const at of mentioned.sort((a, b) => a - b)) {
    out += `${text.slice(from, at)}&lt;`;
    from = at + 1;
  }
  return out + text.slice(from);
}

/** What a name or a category shows. */
export function phraseToText(text: string): string {
  return looksLikeHtml(text) ? htmlToText(escapeMentionedTags(text)) : text;
}
