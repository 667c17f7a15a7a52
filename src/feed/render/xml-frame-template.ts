/**
 * Builds the frames of RSS and Atom documents with the `feed` package. Only this file imports it.
 *
 * The package is called without items, because its items are not safe, and with a slot for every value: its output is a
 * template that xml-frame.ts fills in. The template is made when a window is published and stored with it, so that an
 * isolate that only serves feeds never loads the package and its XML library.
 */
import { Feed } from 'feed';
import { fingerprint } from '../../domain/fingerprint.ts';
import { locallyDeclared, moduleNamespaces } from '../../domain/modules.ts';
import type { FeedFormat } from '../../domain/view.ts';

/** Formats whose documents are XML. */
export type XmlFormat = Exclude<FeedFormat, 'json'>;

/** The slots of a frame. */
const frameSlots = [
  'id',
  'title',
  'description',
  'site',
  'self',
  'updated',
  'language',
  'hub',
  'author',
  'authorUri',
] as const;

/** Name of a slot. */
export type FrameSlot = (typeof frameSlots)[number];

/** A line of a frame: text at even positions, slots at odd ones. A line is left out when one of its slots has no value. */
export type FrameLine = readonly string[];

/** Everything before the first entry and after the last. */
export interface FrameTemplate {
  readonly prefix: readonly FrameLine[];
  readonly suffix: string;
  /** Names the content of the template. */
  readonly digest: string;
}

/** The templates of both formats. Plain data, the same for every site and view. */
export type FrameTemplates = Readonly<Record<XmlFormat, FrameTemplate>>;

const generator = 'Tributary';

// The validator knows RSS documents of the Advisory Board by exactly this address.
const rssDocumentation = 'http://www.rssboard.org/rss-specification';

/** Prefixes that entries may carry without declaring them: entries are rendered once and put into any frame. */
const modulePrefixes = Object.entries(moduleNamespaces)
  .filter(([prefix]) => prefix !== 'atom' && !locallyDeclared.has(prefix))
  .map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`)
  .join('');

const rootTags: Readonly<Record<XmlFormat, string>> = {
  rss:
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0"' +
    `${modulePrefixes}>`,
  atom: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"${modulePrefixes}>`,
};

/** Replaces a value while the package writes. */
function slot(name: FrameSlot): string {
  return `slot:${name}:`;
}

const slots = /slot:(\w+):|(?<=<(?:lastBuildDate|updated)>)[^<]+(?=<)/;

/** Builds both templates: the same characters every time. */
export function makeFrameTemplates(): FrameTemplates {
  const document = new Feed({
    id: slot('id'),
    title: slot('title'),
    description: slot('description'),
    link: slot('site'),
    feed: slot('self'),
    // Without a date the package writes the time of day; both formats have an element for it, which becomes a slot.
    updated: new Date(0),
    generator,
    docs: rssDocumentation,
    // RFC 4287 section 4.1.1: a feed that happens to have no entry needs an author of its own.
    author: { name: slot('author'), link: slot('authorUri') },
    language: slot('language'),
    hub: slot('hub'),
  });
  return { rss: toTemplate('rss', document.rss2()), atom: toTemplate('atom', document.atom1()) };
}

function toTemplate(format: XmlFormat, built: string): FrameTemplate {
  const close = built.lastIndexOf(format === 'rss' ? '</channel>' : '</feed>');
  const rootTag = /<(?:rss|feed) [^>]*>/.exec(built);
  if (rootTag === null || close === -1) throw new Error(`feed wrote no ${format} document: ${built}`);
  // The package declares only the namespaces it uses itself.
  const prefix = built.slice(0, close).trimEnd().replace(rootTag[0], rootTags[format]);
  const suffix = `${built.slice(close)}\n`;
  const lines = prefix.split('\n').map((line) => splitAtSlots(`${line}\n`));
  return { prefix: lines, suffix, digest: fingerprint(`${prefix}\n${suffix}`) };
}

function splitAtSlots(line: string): FrameLine {
  const parts: string[] = [];
  let rest = line;
  for (let found = slots.exec(rest); found !== null; found = slots.exec(rest)) {
    parts.push(rest.slice(0, found.index), found[1] ?? 'updated');
    rest = rest.slice(found.index + found[0].length);
  }
  return [...parts, rest];
}
