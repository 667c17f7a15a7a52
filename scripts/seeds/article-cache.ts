/**
 * Caches read seed files, so that a build reads only changed ones.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { ArticleRecord, RefusedRecord } from './article-records.ts';

type Cached = ArticleRecord | RefusedRecord;

/** Records by key; `save` keeps those that this build used. */
export interface ArticleCache {
  readonly keyOf: (path: string, bytes: Uint8Array) => string;
  readonly get: (key: string) => Cached | undefined;
  readonly set: (key: string, record: Cached) => void;
  readonly save: () => void;
}

/** Opens the cache in a file; without one nothing is remembered. `context` is all that records depend on beside their file. */
export function openArticleCache(file: string | undefined, context: string): ArticleCache {
  const prefix = createHash('sha256')
    .update(file === undefined ? '' : readerVersion())
    .update(context)
    .digest();
  const held = file === undefined ? new Map<string, Cached>() : readCache(file);
  const used = new Map<string, Cached>();
  let isChanged = false;
  return {
    keyOf: (path, bytes) =>
      createHash('sha256').update(prefix).update(path).update('\n').update(bytes).digest('base64'),
    get: (key) => {
      const record = held.get(key);
      if (record !== undefined) used.set(key, record);
      return record;
    },
    set: (key, record) => {
      used.set(key, record);
      isChanged = true;
    },
    save: () => {
      if (file === undefined || (!isChanged && used.size === held.size)) return;
      mkdirSync(dirname(file), { recursive: true });
      // Whole or not at all, whenever the build is stopped.
      writeFileSync(`${file}.${process.pid}`, serialize([...used]));
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}

function readCache(file: string): Map<string, Cached> {
  try {
    return new Map(deserialize(readFileSync(file)) as [string, Cached][]);
  } catch {
    return new Map();
  }
}

const root = resolve(import.meta.dirname, '../..');

/** Names the code that reads: another reader may read every file differently. */
function readerVersion(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of ['src/feed', 'src/domain', 'scripts/seeds']) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) hash.update(path).update(readFileSync(path));
  }
  return hash.digest('base64');
}
