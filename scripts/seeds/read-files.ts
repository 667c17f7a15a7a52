/**
 * The files under seeds/articles: found in one order on every machine, read a few at a time.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** One file. `path` is relative to seeds/articles, with forward slashes; `bytes` is a reason when it cannot be read. */
export interface SeedFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** Files read at once: enough to keep the disk busy, far below any limit on open files. */
const batchSize = 64;

/** Reads every .md, .txt and .html file, sorted by path. Hidden files and folders are passed over. */
export async function readSeedFiles(directory: string): Promise<SeedFile[]> {
  const paths = await listSeedPaths(directory);
  const files: SeedFile[] = [];
  for (let start = 0; start < paths.length; start += batchSize) {
    const batch = paths.slice(start, start + batchSize);
    files.push(...(await Promise.all(batch.map((path) => readSeedFile(directory, path)))));
  }
  return files;
}

/** Paths of all seed files of a directory, sorted; none when it is not there. */
export async function listSeedPaths(directory: string): Promise<string[]> {
  let found: string[];
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    found = files.map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  const wanted = found.filter((path) => /\.(?:md|txt|html)$/i.test(path) && !/(?:^|\/)\./.test(path));
  return wanted.sort((a, b) => (a < b ? -1 : 1));
}

/** Reads one of them; never throws. */
export async function readSeedFile(directory: string, path: string): Promise<SeedFile> {
  try {
    return { path, bytes: await readFile(join(directory, path)) };
  } catch (error) {
    return { path, bytes: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Reads a file that need not be there. */
export async function readOptionalFile(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
