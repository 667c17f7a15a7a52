/**
 * Narrows the lines of a backup: outside data, however much it looks like ours.
 *
 * Checks shape, and makes the HTML safe once more: a file that was edited must not become a page that runs.
 */
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml, UntrustedHtml } from '../../../domain/html.ts';
import { parseHttpUrl } from '../../../domain/http-url.ts';
import { parseMonth } from '../../../domain/month.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { isViewName } from '../../../domain/saved-view.ts';
import { sanitizeHtml } from '../../../feed/sanitize/sanitize-html.ts';
import type { BackupEntry, BackupRecord } from '../../../pipeline/backup-format.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A record of a backup; `undefined` for kinds that this version does not know; fails with what is wrong. */
export function readBackupRecord(value: unknown): Result<BackupRecord | undefined, string> {
  if (!isFields(value)) return fail('is no JSON object');
  switch (value['kind']) {
    case 'meta':
      return isText(value['key']) && typeof value['value'] === 'string'
        ? ok(value as unknown as BackupRecord)
        : fail('a meta record needs "key" and "value"');
    case 'tag':
      return isText(value['slug']) && isText(value['label'])
        ? ok(value as unknown as BackupRecord)
        : fail('a tag record needs "slug" and "label"');
    case 'saved-view':
      return isView(value['view']) ? ok(value as unknown as BackupRecord) : fail('the view record is malformed');
    case 'source':
      return isSource(value) ? ok(value as unknown as BackupRecord) : fail('the source record is malformed');
    case 'entry':
      return isEntry(value) ? ok(toSafe(value as unknown as BackupEntry)) : fail('the entry record is malformed');
    default:
      return ok(undefined);
  }
}

function isView(value: unknown): boolean {
  return (
    isFields(value) &&
    isText(value['name']) &&
    isViewName(value['name']) &&
    isText(value['title']) &&
    typeof value['query'] === 'string' &&
    isTags(value['tags']) &&
    isOptionalText(value['keyHash'])
  );
}

function isSource(record: Fields): boolean {
  const { source, state, removedAt, rights } = record;
  return (
    isFields(source) &&
    isText(source['id']) &&
    (source['kind'] === 'feed' || source['kind'] === 'site') &&
    isUrl(source['url']) &&
    (source['siteUrl'] === undefined || isUrl(source['siteUrl'])) &&
    typeof source['title'] === 'string' &&
    isTags(source['tags']) &&
    typeof source['enabled'] === 'boolean' &&
    typeof source['fullText'] === 'boolean' &&
    isCount(source['maxEntries']) &&
    ['file', 'api', 'seeds'].includes(String(source['declaredBy'])) &&
    (state === undefined || isState(state)) &&
    (removedAt === undefined || isInstant(removedAt)) &&
    (rights === undefined || typeof rights === 'string')
  );
}

function isState(value: unknown): boolean {
  return (
    isFields(value) &&
    ['never', 'updated', 'not-modified', 'failed'].includes(String(value['lastOutcome'])) &&
    isCount(value['consecutiveFailures']) &&
    isCount(value['nextCheckAt']) &&
    typeof value['nextCheckWhy'] === 'string' &&
    isFields(value['validators']) &&
    typeof value['stopped'] === 'boolean' &&
    isOptionalText(value['history']) &&
    Array.isArray(value['defects'])
  );
}

function isEntry(record: Fields): boolean {
  const { entry, retired, revisions, seed, check } = record;
  return (
    ['id', 'sourceId', 'guid', 'contentHash'].every((field) => isText(record[field])) &&
    (record['url'] === undefined || isUrl(record['url'])) &&
    isOptionalMonth(record['archiveMonth']) &&
    ['sortAt', 'firstSeen', 'modified'].every((field) => isInstant(record[field])) &&
    isCount(record['sequence']) &&
    isCount(record['revision']) &&
    isTags(record['tags']) &&
    (entry === null ? retired !== undefined : isFields(entry) && isWords(entry) && entry['id'] === record['id']) &&
    (retired === undefined || (isFields(retired) && isInstant(retired['at']) && isText(retired['why']))) &&
    Array.isArray(revisions) &&
    revisions.every(isRevision) &&
    (record['aliases'] === undefined || (Array.isArray(record['aliases']) && record['aliases'].every(isText))) &&
    (seed === undefined || isSeed(seed)) &&
    (check === undefined || isState(check))
  );
}

function isWords(entry: Fields): boolean {
  return (
    isText(entry['guid']) &&
    typeof entry['title'] === 'string' &&
    typeof entry['summary'] === 'string' &&
    ['titleHtml', 'content', 'language', 'rights'].every((name) => isOptionalText(entry[name])) &&
    ['url', 'externalUrl', 'image', 'commentsUrl'].every((name) => entry[name] === undefined || isUrl(entry[name])) &&
    ['published', 'updated'].every((name) => entry[name] === undefined || isInstant(entry[name])) &&
    isList(entry['authors'], ({ name, url }) => typeof name === 'string' && (url === undefined || isUrl(url))) &&
    isList(entry['categories'], ({ term }) => typeof term === 'string') &&
    isList(entry['enclosures'], ({ url }) => isUrl(url))
  );
}

/** What the sanitizer wrote comes through unchanged: it is idempotent. */
function toSafe(record: BackupEntry): BackupEntry {
  if (record.entry === null) return record;
  const { content, titleHtml } = record.entry;
  const entry: Entry<SafeHtml> = {
    ...record.entry,
    ...(titleHtml === undefined ? {} : { titleHtml: sanitizeHtml(untrusted(titleHtml)) }),
    ...(content === undefined ? {} : { content: sanitizeHtml(untrusted(content)) }),
  };
  return { ...record, entry };
}

function untrusted(markup: string): UntrustedHtml {
  return { markup };
}

function isRevision(value: unknown): boolean {
  return (
    isFields(value) && isCount(value['revision']) && isText(value['contentHash']) && isInstant(value['recordedAt'])
  );
}

function isTags(value: unknown): boolean {
  return isList(value, ({ slug, label }) => isText(slug) && typeof label === 'string');
}

function isList(value: unknown, isItem: (item: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isFields(item) && isItem(item));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isOptionalMonth(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && parseMonth(value) !== undefined);
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && parseHttpUrl(value) !== undefined;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isSeed(value: unknown): boolean {
  if (!isFields(value) || !isText(value['contentHash']) || typeof value['tags'] !== 'string') return false;
  return value['firstCheckAt'] === undefined || Number.isSafeInteger(value['firstCheckAt']);
}

function isInstant(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(Number(value)) < 8.64e15;
}
