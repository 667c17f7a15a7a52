/**
 * What the Worker carries of seeds/: parsed, sanitized and tagged when it was built, as JSON text.
 *
 * A seam between the build and the runtime, so its shape is checked when it is unpacked. Deterministic: the same files
 * give the same text, without any moment of the build in it.
 */
import type { Entry } from '../domain/entry.ts';
import type { SeedFailure } from '../domain/failure.ts';
import { restoreSafeHtml, type SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { Source, SourceId } from '../domain/source.ts';
import type { Tag } from '../domain/tag.ts';
import type { TagRule } from '../feed/tag/rules.ts';

/** One archived article, ready to be recorded. */
export interface BundledEntry {
  readonly entry: Entry<SafeHtml>;
  readonly sourceId: SourceId;
  /** Sorted by slug. */
  readonly tags: readonly Tag[];
  /** The archive stamp: when the article first came to us. */
  readonly archivedAt: Instant;
  /** Of the entry as the file says it, before sanitizing (`domain/content-hash`). */
  readonly contentHash: string;
}

/** What is wrong with a file under seeds/; it was left out, the rest was not. */
export interface SeedReport {
  /** Relative to seeds/, with forward slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: SeedFailure['line'];
  readonly reason: SeedFailure['reason'];
}

/** All seeds. Entries are sorted by id, sources by kind and address. */
export interface SeedBundle {
  /** Names the content of everything below. */
  readonly digest: string;
  /** The sites of the articles, and the feeds that sources.opml declares. */
  readonly sources: readonly Source[];
  readonly rules: readonly TagRule[];
  readonly entries: readonly BundledEntry[];
  readonly reports: readonly SeedReport[];
}

/** Unpacks a bundle. Throws when the text is not one: then the build is broken, and nothing else can be done. */
export function decodeSeedBundle(json: string): SeedBundle {
  const bundle: unknown = JSON.parse(json);
  if (!isRecord(bundle) || typeof bundle['digest'] !== 'string') throw new TypeError('the seed bundle has no digest');
  for (const part of ['sources', 'rules', 'entries', 'reports']) {
    if (!Array.isArray(bundle[part])) throw new TypeError(`the seed bundle has no list of ${part}`);
  }
  const { digest, sources, rules, entries, reports } = bundle as unknown as SeedBundle;
  check(sources, isSource, 'sources');
  check(rules, isRule, 'rules');
  check(entries, isEntry, 'entries');
  check(reports, isReport, 'reports');
  // The sanitizer wrote this HTML when the bundle was made (scripts/bundle-seeds.ts).
  const safe = entries.map((seed) =>
    seed.entry.content === undefined
      ? seed
      : { ...seed, entry: { ...seed.entry, content: restoreSafeHtml(seed.entry.content) } },
  );
  return { digest, sources, rules, entries: safe, reports };
}

function check(list: readonly unknown[], isRight: (value: Record<string, unknown>) => boolean, name: string): void {
  const wrong = list.findIndex((value) => !isRecord(value) || !isRight(value));
  if (wrong !== -1) throw new TypeError(`the seed bundle's ${name}[${wrong}] is malformed`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSource(value: Record<string, unknown>): boolean {
  return (
    isText(value['id']) &&
    (value['kind'] === 'feed' || value['kind'] === 'site') &&
    isText(value['url']) &&
    typeof value['title'] === 'string' &&
    isTags(value['tags']) &&
    typeof value['enabled'] === 'boolean' &&
    typeof value['fullText'] === 'boolean' &&
    typeof value['maxEntries'] === 'number' &&
    (value['declaredBy'] === 'file' || value['declaredBy'] === 'seeds')
  );
}

function isRule(value: Record<string, unknown>): boolean {
  return isText(value['tag']) && Array.isArray(value['any']) && value['any'].every(isText);
}

function isEntry(value: Record<string, unknown>): boolean {
  const { entry } = value;
  return (
    isRecord(entry) &&
    ['id', 'guid'].every((field) => isText(entry[field])) &&
    ['title', 'summary'].every((field) => typeof entry[field] === 'string') &&
    (entry['content'] === undefined || typeof entry['content'] === 'string') &&
    ['authors', 'categories', 'enclosures'].every((field) => Array.isArray(entry[field])) &&
    isText(value['sourceId']) &&
    isTags(value['tags']) &&
    Number.isInteger(value['archivedAt']) &&
    isText(value['contentHash'])
  );
}

function isReport(value: Record<string, unknown>): boolean {
  return isText(value['file']) && Number.isInteger(value['line']) && isText(value['reason']);
}

function isTags(value: unknown): boolean {
  return Array.isArray(value) && value.every((tag) => isRecord(tag) && isText(tag['slug']) && isText(tag['label']));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
