/**
 * Decides where an unclosed element ends: before an element that cannot be inside it.
 *
 * Without this, an unclosed `<atom:link>` of the channel swallows every item after it, and an unclosed `<link>` of an
 * item its date. Only elements that hold plain text or nothing are in the table, so that markup inside a text stays where
 * it is.
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

/** Names of RSS that HTML does not have: one of them inside a line of text means that the line was not closed. */
const ofRss = new Set(
  'item link guid title description pubdate lastbuilddate author category comments enclosure language generator ttl image'.split(
    ' ',
  ),
);
const ofAtom = /^atom:(?:id|title|subtitle|summary|content|link|author|category|published|updated|rights|entry)$/;
const ofModules = /^(?:dc|dcterms|content|itunes|podcast|media|wfw|slash|sy|thr|georss|atom):/;
const neverInMarkup =
  /^(?:guid|pubdate|lastbuilddate|managingeditor|webmaster|copyright|language|generator|ttl|enclosure)$|^(?:itunes|podcast|atom|dc):/;

type Ends = (child: string) => boolean;
const line: Ends = (child) => ofRss.has(child) || ofModules.test(child);
const atomLine: Ends = (child) => ofAtom.test(child);
/** Texts that may hold markup end only before elements that HTML does not have. */
const markedUp: Ends = (child) => neverInMarkup.test(child);
/** The same in Atom. Markup that forgot its namespace has Atom's, so a name that HTML has too does not end a text. */
const atomMarkedUp: Ends = (child) =>
  /^atom:(?:id|published|updated|issued|modified|author|category|rights)$/.test(child);
/** Elements whose content is all in attributes. */
const empty: Ends = () => true;
const unless =
  (own: RegExp): Ends =>
  (child) =>
    !own.test(child);

/** Elements that end before some others, by key. */
const ends: ReadonlyMap<string, Ends> = new Map<string, Ends>([
  ...names('link guid title pubdate lastbuilddate language generator ttl author category comments source', line),
  ...names('dc:creator dc:date itunes:duration', line),
  ...names('atom:id atom:title atom:published atom:updated atom:name atom:uri atom:email', atomLine),
  ...names('description content:encoded itunes:summary', markedUp),
  ...names('atom:summary atom:content', atomMarkedUp),
  ...names(
    'atom:link atom:category enclosure cloud itunes:image media:thumbnail podcast:transcript podcast:chapters',
    empty,
  ),
  ['itunes:category', unless(/^itunes:category$/)],
  ['googleplay:category', unless(/^googleplay:category$/)],
  ['media:content', unless(/^media:/)],
  ['image', unless(/^(?:url|title|link|width|height|description)$|:/)],
]);

function names(list: string, end: Ends): [string, Ends][] {
  return list.split(' ').map((key) => [key, end]);
}

/** Whether an element with this key ends where an element with the key `child` begins. */
export function endsBefore(key: string, child: string): boolean {
  return ends.get(key)?.(child) ?? false;
}
