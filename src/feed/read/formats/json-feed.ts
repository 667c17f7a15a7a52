/**
 * Reads JSON Feed 1.0 and 1.1, as written; wrong types are read as what they look like.
 *
 * @see https://www.jsonfeed.org/version/1.1/
 */
import { undoDoubleUtf8 } from '../charset/characters.ts';
import type { Defects } from '../defects.ts';
import { createRawNode, type RawEntry, type RawFeed, type RawLink, type RawMedia, type RawNode } from '../raw-feed.ts';
import { maxEntries, maxTextLength } from '../reading-limits.ts';
import { readJsonModules } from './json-modules.ts';
import { addTo } from './node-readers.ts';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string, or a number in its place, as ids and versions sometimes are. */
function stringOf(json: Json, name: string): string | undefined {
  const value = Object.hasOwn(json, name) ? json[name] : undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.slice(0, maxTextLength);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function listOf(json: Json, name: string): readonly unknown[] {
  const value = Object.hasOwn(json, name) ? json[name] : undefined;
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function readValues(json: Json, node: RawNode, names: readonly string[]): void {
  for (const name of names) {
    const text = stringOf(json, name);
    if (text !== undefined) addTo(node.values, { from: name, text: text.trim() });
  }
}

function readTexts(json: Json, node: RawNode, names: Readonly<Record<string, 'text' | 'html'>>): void {
  for (const [name, kind] of Object.entries(names)) {
    const text = stringOf(json, name);
    if (text !== undefined) addTo(node.texts, { from: name, text: undoDoubleUtf8(text), kind });
  }
}

function readLinks(json: Json, node: RawNode, rels: Readonly<Record<string, string>>): void {
  for (const [name, rel] of Object.entries(rels)) {
    const href = stringOf(json, name);
    if (href !== undefined) addTo(node.links, { from: name, href, rel });
  }
}

/** 1.1 has `authors`; 1.0 had one `author`; either may be a bare string in feeds made by hand. */
function readAuthors(json: Json, node: RawNode): void {
  const authors = listOf(json, 'authors');
  for (const author of authors.length > 0 ? authors : listOf(json, 'author')) {
    if (typeof author === 'string' && author.trim() !== '') addTo(node.people, { from: 'authors', text: author });
    if (!isObject(author)) continue;
    const name = stringOf(author, 'name');
    const url = stringOf(author, 'url');
    const email = stringOf(author, 'email');
    if (name !== undefined || url !== undefined || email !== undefined) {
      addTo(node.people, { from: 'authors', name, url, email });
    }
  }
}

function readAttachment(json: unknown): RawMedia | undefined {
  if (!isObject(json)) return undefined;
  const url = stringOf(json, 'url');
  if (url === undefined) return undefined;
  return {
    from: 'attachments',
    url,
    type: stringOf(json, 'mime_type'),
    length: stringOf(json, 'size_in_bytes'),
    duration: stringOf(json, 'duration_in_seconds'),
    title: stringOf(json, 'title'),
  };
}

function readItem(json: Json): RawEntry {
  const entry: RawEntry = createRawNode();
  readTexts(json, entry, { title: 'text', content_html: 'html', content_text: 'text', summary: 'text' });
  readValues(json, entry, ['id', 'date_published', 'date_modified', 'language']);
  for (const name of ['image', 'banner_image']) {
    const given = json[name];
    readValues(isObject(given) ? { [name]: given['url'] } : json, entry, [name]);
  }
  readLinks(json, entry, { url: 'alternate', external_url: 'related' });
  readAuthors(json, entry);
  for (const tag of listOf(json, 'tags')) {
    if (typeof tag === 'string' && tag.trim() !== '') addTo(entry.categories, { from: 'tags', term: tag.trim() });
  }
  for (const attachment of listOf(json, 'attachments')) {
    const media = readAttachment(attachment);
    if (media !== undefined) addTo(entry.media, media);
  }
  entry.modules.push(...readJsonModules(json));
  readOwnMembers(json, entry);
  return entry;
}

/** The members that our own writer puts under `_tributary`, because the format has no field for them. */
function readOwnMembers(json: Json, entry: RawEntry): void {
  const own = Object.hasOwn(json, '_tributary') ? json['_tributary'] : undefined;
  if (!isObject(own)) return;
  const comments = stringOf(own, 'comments_url');
  const rights = stringOf(own, 'rights');
  if (comments !== undefined) addTo(entry.values, { from: 'comments', text: comments });
  if (rights !== undefined) addTo(entry.texts, { from: 'rights', text: rights, kind: 'text' });
  const via = isObject(own['via']) ? own['via'] : {};
  const url = stringOf(via, 'url');
  if (url !== undefined) {
    entry.source = createRawNode();
    entry.source.links.push({ from: 'atom:link', href: url, rel: 'alternate' });
    const title = stringOf(via, 'title');
    if (title !== undefined) entry.source.texts.push({ from: 'title', text: title, kind: 'text' });
  }
  for (const category of listOf(own, 'categories')) {
    if (!isObject(category)) continue;
    const term = stringOf(category, 'term');
    const at = entry.categories.findIndex((known) => known.term === term);
    if (term === undefined || at === -1) continue;
    // Named among the tags, too: here it has its scheme and label.
    entry.categories[at] = {
      from: 'tags',
      term,
      scheme: stringOf(category, 'scheme'),
      label: stringOf(category, 'label'),
    };
  }
}

function readHubs(json: Json, feed: RawFeed): void {
  for (const hub of listOf(json, 'hubs')) {
    const href = isObject(hub) ? stringOf(hub, 'url') : undefined;
    if (href !== undefined) addTo(feed.links, { from: 'hubs', href, rel: 'hub' } satisfies RawLink);
  }
}

const stringOrLastComma = /"(?:[^"\\]|\\[^])*"|,(?=\s*[}\]])/g;
/** A right escape, a backslash that begins none, or a character that JSON wants escaped. */
// oxlint-disable-next-line no-control-regex -- the controls are the point
const escapeOrControl = /\\["\\/bfnrtu]|[\\\u0000-\u001f]/g;

function repairCharacter(found: string): string {
  if (found.length > 1) return found;
  return found === '\\' ? '' : JSON.stringify(found).slice(1, -1);
}

/** Repairs common faults of templates: a comma after the last member, bare line ends in a string, a comment at the end. */
export function repairJson(text: string): string {
  return text
    .slice(0, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1)
    .replace(stringOrLastComma, (found) => (found === ',' ? '' : found.replace(escapeOrControl, repairCharacter)));
}

/** Reads a JSON Feed; `undefined` when the value is no such thing (it has neither the version nor any items). */
export function readJsonFeed(json: unknown, defects: Defects): RawFeed | undefined {
  if (!isObject(json)) return undefined;
  const version = stringOf(json, 'version') ?? '';
  const isDeclared = version.includes('jsonfeed.org/version/');
  if (!isDeclared && !Array.isArray(json['items'])) return undefined;
  if (!isDeclared) defects.add('no-version', 'The document does not say that it is a JSON Feed; it was read as one.');
  const format = version.endsWith('/1') || version.endsWith('/1.0') ? 'json-feed-1.0' : 'json-feed-1.1';
  const feed: RawFeed = { ...createRawNode(), format, entries: [] };
  readTexts(json, feed, { title: 'text', description: 'text' });
  readValues(json, feed, ['language', 'icon', 'favicon']);
  readLinks(json, feed, { home_page_url: 'alternate', feed_url: 'self', next_url: 'next' });
  readAuthors(json, feed);
  readHubs(json, feed);
  feed.modules.push(...readJsonModules(json));
  for (const item of listOf(json, 'items')) {
    if (!isObject(item)) defects.add('bad-item', 'An item that is no object was left out.');
    else if (feed.entries.length < maxEntries) feed.entries.push(readItem(item));
    else defects.add('too-many-entries', `Only the first ${maxEntries} entries were read.`);
  }
  return feed;
}
