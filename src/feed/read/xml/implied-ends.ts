/**
 * Tells where an element ends that its publisher never closed: before what cannot stand in it.
 *
 * Without this an unclosed `<atom:link>` of the channel swallows every item after it, and an unclosed `<link>` of an item its
 * date. Only elements that hold plain text or nothing are in the table, so that markup inside a text stays where it is.
 */

/** Entries cannot hold one another, and stand in nothing but these. */
export const entryKeys: ReadonlySet<string> = new Set(['item', 'atom:entry']);
export const entryParents: ReadonlySet<string> = new Set([
  '#',
  'rss',
  'rdf:rdf',
  'channel',
  'items',
  'atom:feed',
  'feed',
]);

/** Names of RSS that HTML does not have: one of them inside a text means that the text was not closed. */
const ofRss = new Set(
  'item link guid title description pubdate lastbuilddate author category comments enclosure language generator ttl image'.split(
    ' ',
  ),
);
const ofAtom = /^atom:(?:id|title|subtitle|summary|content|link|author|category|published|updated|rights|entry)$/;
const ofModules = /^(?:dc|dcterms|content|itunes|podcast|media|wfw|slash|sy|thr|georss|atom):/;

function isOfFormat(key: string): boolean {
  return ofRss.has(key) || ofModules.test(key);
}

/** The elements that hold one line of text. */
const lines: ReadonlySet<string> = new Set(
  'link guid title pubdate lastbuilddate language generator ttl author category comments dc:creator dc:date itunes:duration'.split(
    ' ',
  ),
);
const atomLines: ReadonlySet<string> = new Set(
  'atom:id atom:title atom:published atom:updated atom:name atom:uri atom:email'.split(' '),
);

/** The elements that say all they have to say in attributes, and the only children they may have. */
const empty: ReadonlyMap<string, RegExp | undefined> = new Map<string, RegExp | undefined>([
  ['atom:link', undefined],
  ['atom:category', undefined],
  ['enclosure', undefined],
  ['cloud', undefined],
  ['itunes:image', undefined],
  ['media:thumbnail', undefined],
  ['podcast:transcript', undefined],
  ['podcast:chapters', undefined],
  ['itunes:category', /^itunes:category$/],
  ['googleplay:category', /^googleplay:category$/],
  ['media:content', /^media:/],
  ['image', /^(?:url|title|link|width|height|description)$|:/],
]);

/** Texts that may hold markup end only before what HTML has no word for. */
const markedUp: ReadonlySet<string> = new Set(['description', 'content:encoded', 'itunes:summary']);
const neverInMarkup =
  /^(?:guid|pubdate|lastbuilddate|managingeditor|webmaster|copyright|language|generator|ttl|enclosure)$|^(?:itunes|podcast|atom|dc):/;

/** Whether an element with this key ends where an element with the key `child` begins. */
export function endsBefore(key: string, child: string): boolean {
  if (lines.has(key)) return isOfFormat(child);
  if (atomLines.has(key)) return ofAtom.test(child);
  if (markedUp.has(key)) return neverInMarkup.test(child);
  if (!empty.has(key)) return false;
  const own = empty.get(key);
  return own === undefined ? true : !own.test(child);
}
