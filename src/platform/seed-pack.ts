/**
 * Defines what the build makes of seeds/: a manifest in the Worker's script, and packs of entries among its static
 * assets.
 *
 * The articles of a whole archive have far too many bytes for a script. A pack is named by its content, so that a deploy
 * uploads, and the Archive loads, only changed packs. Deterministic: the same files give the same bytes. Build and
 * runtime may differ in version, so the shapes are checked when they are unpacked.
 */
import type { Entry } from '../domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { Source, SourceId } from '../domain/source.ts';
import type { Tag } from '../domain/tag.ts';
import type { Rule } from '../rules/rule.ts';

/** One archived article, ready to be recorded. */
export interface BundledEntry {
  readonly entry: Entry<SafeHtml>;
  readonly sourceId: SourceId;
  /** Sorted by slug. */
  readonly tags: readonly Tag[];
  /** The archive stamp: when the article first came to us. */
  readonly archivedAt: Instant;
  /** Hash of the entry as the file has it, before sanitizing (`domain/content-hash.ts`). */
  readonly contentHash: string;
}

/** A pack as the manifest names it. */
export interface PackName {
  /** The digest of its text; also its file name among the assets. */
  readonly name: string;
  /** How many entries it holds. */
  readonly entries: number;
}

/** Everything in the seeds except their entries. */
export interface SeedManifest {
  /** Names the content of everything below, the packs included. */
  readonly digest: string;
  /** The sites of the articles, and the feeds that sources.opml declares; sorted by kind and address. */
  readonly sources: readonly Source[];
  readonly rules: readonly Rule[];
  /** Newest articles first. */
  readonly packs: readonly PackName[];
}

/** The path of a pack among the Worker's assets. */
export function packPath(name: string): string {
  return `/seeds/${name}.bin`;
}

/** Reads a manifest. Throws when the text is not one: the build is broken then. */
export function decodeSeedManifest(json: string): SeedManifest {
  const manifest: unknown = JSON.parse(json);
  if (!isRecord(manifest) || typeof manifest['digest'] !== 'string') {
    throw new TypeError('the seed manifest has no digest');
  }
  for (const part of ['sources', 'rules', 'packs']) {
    if (!Array.isArray(manifest[part])) throw new TypeError(`the seed manifest has no list of ${part}`);
  }
  const { digest, sources, rules, packs } = manifest as unknown as SeedManifest;
  check(sources, isSource, 'sources');
  check(rules, isRule, 'rules');
  check(packs, isPackName, 'packs');
  return { digest, sources, rules, packs };
}

/** Reads a pack. Throws when the text is not one. */
export function decodeSeedPack(json: string): readonly BundledEntry[] {
  const entries: unknown = JSON.parse(json);
  if (!Array.isArray(entries)) throw new TypeError('the seed pack is no list');
  check(entries, isEntry, 'entries');
  // The sanitizer wrote this HTML when the pack was made (scripts/seeds/read-articles.ts).
  return (entries as readonly BundledEntry[]).map((seed) =>
    seed.entry.content === undefined
      ? seed
      : { ...seed, entry: { ...seed.entry, content: restoreSafeHtml(seed.entry.content) } },
  );
}

function check(list: readonly unknown[], isRight: (value: Record<string, unknown>) => boolean, name: string): void {
  const wrong = list.findIndex((value) => !isRecord(value) || !isRight(value));
  if (wrong !== -1) throw new TypeError(`the seeds' ${name}[${wrong}] is malformed`);
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
  if (isText(value['query'])) return isText(value['action']);
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

function isPackName(value: Record<string, unknown>): boolean {
  return isText(value['name']) && /^[\da-v]+$/.test(value['name']) && Number.isInteger(value['entries']);
}

function isTags(value: unknown): boolean {
  return Array.isArray(value) && value.every((tag) => isRecord(tag) && isText(tag['slug']) && isText(tag['label']));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
