/**
 * The rules of JSON Feed 1.1: what must be there, of what type, and what must not.
 *
 * @see https://www.jsonfeed.org/version/1.1/
 */
import {
  checkContent,
  checkLanguage,
  checkMediaType,
  checkNotBlank,
  checkRfc3339,
  checkWebAddress,
  type Report,
} from './feed-rules-values.ts';

type Json = Readonly<Record<string, unknown>>;

function words(...lines: string[]): string[] {
  return lines.join(' ').split(' ');
}

const feedKeys = words(
  'version title home_page_url feed_url description user_comment next_url',
  'icon favicon authors language expired hubs items',
);
const itemKeys = words(
  'id url external_url title content_html content_text summary image',
  'banner_image date_published date_modified authors tags language attachments',
);
const attachmentKeys = ['url', 'mime_type', 'title', 'size_in_bytes', 'duration_in_seconds'];

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkKeys(value: Json, allowed: readonly string[], where: string, report: Report): void {
  for (const [key, held] of Object.entries(value)) {
    // Custom keys start with an underscore and hold no period; `author` is of version 1.0.
    if (!allowed.includes(key) && !/^_[A-Za-z][^.]*$/.test(key)) report('undefined-key', `${where}.${key}`);
    if (held === null) report('null-value', `${where}.${key}`);
  }
}

function listOf(value: Json, key: string, where: string, report: Report): unknown[] {
  const list = value[key];
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length === 0) {
    report('invalid-list', `${where}.${key}`);
    return [];
  }
  return list;
}

function checkStrings(value: Json, keys: readonly string[], where: string, report: Report): void {
  for (const key of keys) {
    if (value[key] !== undefined && (typeof value[key] !== 'string' || value[key] === '')) {
      report('invalid-string', `${where}.${key}`);
    }
  }
}

function checkAddresses(value: Json, keys: readonly string[], where: string, report: Report): void {
  for (const key of keys) {
    const address = value[key];
    if (address !== undefined)
      checkWebAddress(typeof address === 'string' ? address : undefined, `${where}.${key}`, report);
  }
}

function checkAttachment(attachment: unknown, where: string, report: Report): void {
  if (!isObject(attachment)) return report('invalid-attachment', where);
  checkKeys(attachment, attachmentKeys, where, report);
  checkAddresses({ url: '', ...attachment }, ['url'], where, report);
  checkMediaType(attachment['mime_type'], `${where}.mime_type`, report);
  checkStrings(attachment, ['title'], where, report);
  for (const key of ['size_in_bytes', 'duration_in_seconds']) {
    const number = attachment[key];
    if (number !== undefined && (typeof number !== 'number' || number < 0)) report('invalid-number', `${where}.${key}`);
  }
}

function checkAuthors(value: Json, where: string, report: Report): void {
  for (const author of listOf(value, 'authors', where, report)) {
    if (!isObject(author) || Object.keys(author).length === 0) {
      report('empty-author', where);
      continue;
    }
    checkKeys(author, ['name', 'url', 'avatar'], `${where}.authors`, report);
    checkStrings(author, ['name'], `${where}.authors`, report);
    checkAddresses(author, ['url', 'avatar'], `${where}.authors`, report);
  }
}

function checkItem(item: Json, where: string, report: Report): void {
  checkKeys(item, itemKeys, where, report);
  if (typeof item['id'] !== 'string' || item['id'].trim() === '') report('missing-id', where);
  if (/^\d{0,8}$/.test(String(item['id']))) report('not-sufficiently-unique', where);
  if (typeof item['content_html'] !== 'string' && typeof item['content_text'] !== 'string')
    report('missing-content', where);
  if (typeof item['content_html'] === 'string') checkContent(item['content_html'], `${where}.content_html`, report);
  checkStrings(item, ['title', 'summary'], where, report);
  checkAddresses(item, ['url', 'external_url', 'image', 'banner_image'], where, report);
  for (const key of ['date_published', 'date_modified']) {
    if (item[key] !== undefined) checkRfc3339(item[key], `${where}.${key}`, report);
  }
  checkAuthors(item, where, report);
  if (item['language'] !== undefined) checkLanguage(item['language'], `${where}.language`, report);
  const tags = listOf(item, 'tags', where, report);
  for (const tag of tags) checkNotBlank(typeof tag === 'string' ? tag : undefined, `${where}.tags`, report);
  if (new Set(tags).size !== tags.length) report('duplicate-category', where);
  for (const attachment of listOf(item, 'attachments', where, report)) {
    checkAttachment(attachment, `${where}.attachments`, report);
  }
}

/** Reports every rule that the document breaks. */
export function checkJson(feed: unknown, report: Report): void {
  if (!isObject(feed)) return report('not-an-object', 'feed');
  checkKeys(feed, feedKeys, 'feed', report);
  if (feed['version'] !== 'https://jsonfeed.org/version/1.1') report('wrong-version', 'feed.version');
  checkNotBlank(typeof feed['title'] === 'string' ? feed['title'] : undefined, 'feed.title', report);
  if (feed['feed_url'] === undefined) report('missing-self', 'feed');
  if (feed['home_page_url'] === undefined) report('missing-link', 'feed');
  if (feed['next_url'] !== undefined && feed['next_url'] === feed['feed_url']) report('next-is-self', 'feed');
  checkAddresses(feed, ['feed_url', 'home_page_url', 'next_url', 'icon', 'favicon'], 'feed', report);
  checkStrings(feed, ['description'], 'feed', report);
  if (feed['language'] !== undefined) checkLanguage(feed['language'], 'feed.language', report);
  checkAuthors(feed, 'feed', report);
  for (const hub of listOf(feed, 'hubs', 'feed', report)) {
    if (!isObject(hub) || typeof hub['type'] !== 'string') report('invalid-hub', 'feed.hubs');
    else checkAddresses({ url: '', ...hub }, ['url'], 'feed.hubs', report);
  }
  if (!Array.isArray(feed['items'])) return report('missing-items', 'feed');
  const ids = new Set<unknown>();
  for (const [index, item] of feed['items'].entries()) {
    if (!isObject(item)) {
      report('not-an-object', `items[${index}]`);
      continue;
    }
    checkItem(item, `items[${index}]`, report);
    if (ids.has(item['id'])) report('duplicate-id', `items[${index}]`);
    ids.add(item['id']);
  }
}
