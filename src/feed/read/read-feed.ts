/**
 * Reads bytes into a raw feed: decodes them, finds the format from the content (never from the media type), and reads it.
 *
 * It fails only when a person would find no feed either; faults are read past and reported as defects.
 */
import type { Defect, Document } from '../../domain/document.ts';
import type { ReadFailure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { hasForbiddenCharacters, repairCharacters } from './charset/characters.ts';
import { decodeDocument } from './charset/decode.ts';
import { createDefects, type Defects } from './defects.ts';
import { readAtom } from './formats/atom.ts';
import { readCdf } from './formats/cdf.ts';
import { readJsonFeed, repairJson } from './formats/json-feed.ts';
import { readRss } from './formats/rss.ts';
import { findAnnouncedFeeds } from './page/announced-feeds.ts';
import type { RawFeed, RawFormat } from './raw-feed.ts';
import { maxDocumentBytes } from './reading-limits.ts';
import { documentBase } from './resolve-url.ts';
import { attributeOf, childOf, elementsOf, type XmlElement } from './xml/element.ts';
import { parseTree } from './xml/tree.ts';

/** The result of reading a document, before anything is decided. */
export interface RawDocument {
  readonly format: RawFormat;
  /** The encoding that was used, by its WHATWG name. */
  readonly charset: string;
  readonly raw: RawFeed;
  readonly defects: Defect[];
}

/** Reads a document as the feed it holds. Fails with every kind of `ReadFailure`. */
export function readFeed(document: Document): Result<RawDocument, ReadFailure> {
  if (document.bytes.byteLength > maxDocumentBytes) return fail({ kind: 'too-large', limitBytes: maxDocumentBytes });
  const decoded = decodeDocument(document);
  const wrong = hasForbiddenCharacters(decoded.text);
  const text = wrong ? repairCharacters(decoded.text) : decoded.text;
  const start = text.search(/[^\s\ufeff]/);
  if (start === -1) return fail({ kind: 'empty-document' });
  const defects = createDefects(text);
  if (wrong) defects.add('illegal-characters', 'Characters that XML forbids were repaired or left out.');
  const isJson = text[start] === '{' || text[start] === '[';
  let read = isJson ? readJson(text.slice(start), defects) : readXml(text, document, defects);
  // A message of a server in front of a feed may begin like JSON.
  if (isJson && !read.ok && feedRoot.test(text)) read = readXml(text, document, defects);
  if (!read.ok) return read;
  const { value: raw } = read;
  const found = defects.list();
  if (raw.entries.length === 0 && found.some(({ kind }) => brokenMarkup.has(kind))) {
    return fail({ kind: 'not-a-feed', detail: 'its markup is broken, and no entry could be read' });
  }
  return ok({ format: raw.format, charset: decoded.charset, raw, defects: [...decoded.defects, ...found] });
}

/** Faults that can hide entries. An empty feed without any of them is really empty. */
const brokenMarkup: ReadonlySet<string> = new Set(['crossed-tags', 'truncated', 'unclosed-section']);

function readJson(text: string, defects: Defects): Result<RawFeed, ReadFailure> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    try {
      json = JSON.parse(repairJson(text));
    } catch {
      return fail({ kind: 'not-a-feed', detail: `it begins like JSON but is not: ${String(error).slice(0, 120)}` });
    }
    defects.add(
      'broken-json',
      'The document is not quite JSON; its commas, line ends or what stands around it were put right.',
    );
  }
  const raw = readJsonFeed(json, defects);
  return raw === undefined ? fail({ kind: 'not-a-feed', detail: 'it is JSON, but not a JSON Feed' }) : ok(raw);
}

const htmlPage = /^\s*(?:<\?xml[^<>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)[\s>]/i;

/** A start tag of a feed's root inside a page: no page has it otherwise. */
const feedRoot = /<(?:rss\s+[^<>]{0,400}version\s*=|(?:\w+:)?RDF\s+xmlns|(?:\w+:)?feed\s+[^<>]{0,400}xmlns)/i;

function readXml(text: string, document: Document, defects: Defects): Result<RawFeed, ReadFailure> {
  const page = (): Result<RawFeed, ReadFailure> =>
    fail({ kind: 'html-instead-of-feed', feeds: findAnnouncedFeeds(text, document.url) });
  const isPage = htmlPage.test(text.slice(0, 1_000));
  const rootAt = isPage ? text.search(feedRoot) : 0;
  if (rootAt === -1) return page();
  if (isPage) defects.add('html-around-feed', 'The feed stands inside a web page; what is around it was left out.');
  const above = parseTree(text.slice(rootAt), documentBase(document), defects);
  const root = findRoot(above);
  if (root === undefined) {
    const [first] = elementsOf(above);
    if (first === undefined) return fail({ kind: 'not-a-feed', detail: 'it holds no markup' });
    if (isHtml(above)) return page();
    return fail({ kind: 'not-a-feed', detail: `its root element is "${first.name.slice(0, 60)}"` });
  }
  const version = attributeOf(root, 'version') ?? '';
  switch (root.key) {
    case 'atom:feed':
    case 'atom:entry':
      return ok(readAtom(root, { dialect: isAtom03(root, version, text) ? 'atom-0.3' : 'atom-1.0', defects }));
    case 'rdf:rdf':
      return ok(readRss(root, text.includes('/rdf/simple/0.9/') ? 'rss-0.90' : 'rss-1.0', { dialect: 'rss', defects }));
    case 'channel':
      return ok(
        isCdf(root)
          ? readCdf(root, { dialect: 'rss', defects })
          : readRss(root, 'rss-1.1', { dialect: 'rss', defects }),
      );
    default:
      return ok(readRss(root, versions.get(version) ?? 'rss', { dialect: 'rss', defects }));
  }
}

const versions: ReadonlyMap<string, RawFormat> = new Map<string, RawFormat>([
  ['0.90', 'rss-0.90'],
  ['0.91', 'rss-0.91'],
  ['0.92', 'rss-0.92'],
  ['0.93', 'rss-0.93'],
  ['0.94', 'rss-0.94'],
  ['1.0', 'rss-1.0'],
  ['2.0', 'rss-2.0'],
  ['2.00', 'rss-2.0'],
]);

const rootKeys = new Set(['rss', 'rdf:rdf', 'atom:feed', 'atom:entry', 'channel', 'rdf']);

/** The first element that is a feed's root: the top one, or one below junk that was left open. */
function findRoot(above: XmlElement): XmlElement | undefined {
  let level = elementsOf(above);
  // A warning printed before the feed opens a few tags; deeper than that, a feed is an example in a text.
  for (let depth = 0; depth < 6 && level.length > 0; depth++) {
    const root = level.find((element) => rootKeys.has(element.key));
    if (root !== undefined) return root;
    level = level.slice(0, 100).flatMap(elementsOf);
  }
  return undefined;
}

function isAtom03(root: XmlElement, version: string, text: string): boolean {
  return (
    version.startsWith('0.') ||
    (root.key === 'atom:feed' && version === '' && !text.includes('2005/Atom') && text.includes('purl.org/atom/ns#'))
  );
}

/** CDF keeps an item's address in attributes; RSS 1.1 never does. */
function isCdf(root: XmlElement): boolean {
  if (childOf(root, 'items') !== undefined) return false;
  return (
    root.name === 'CHANNEL' || attributeOf(root, 'href') !== undefined || attributeOf(root, 'lastmod') !== undefined
  );
}

const htmlNames = new Set(
  (
    'a article aside base body center div footer form h1 h2 h3 head header html img link main meta nav ol p script section ' +
    'span style table title ul'
  ).split(' '),
);

function isHtml(above: XmlElement): boolean {
  return elementsOf(above).some((element) => htmlNames.has(element.name.toLowerCase()));
}
