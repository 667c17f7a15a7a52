/**
 * Writes the static assets of the Worker: the packs of articles, and the pictures under seeds/media.
 *
 * A pack that is there under its name is not compressed again; what is no longer named goes.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packPath } from '../../src/platform/seed-pack.ts';
import type { SeedPack } from './cut-packs.ts';

/** Files that wrangler must not upload and git keeps, so that the directory exists before the first build. */
const ownFile = '.assetsignore';

/** Makes the directory hold exactly these packs and pictures. */
export async function writeAssets(options: {
  readonly assetsDir: string;
  readonly mediaDir: string;
  readonly packs: readonly SeedPack[];
}): Promise<void> {
  const { assetsDir, mediaDir, packs } = options;
  await mkdir(assetsDir, { recursive: true });
  const pictures = (await listFiles(mediaDir)).filter((name) => /\.(?:svg|webp|png|jpe?g)$/i.test(name));
  const wanted = new Set([
    ...packs.map(({ name }) => packPath(name).slice(1)),
    ...pictures.map((name) => `media/${name}`),
  ]);
  const held = new Set(await listFiles(assetsDir));
  for (const name of held) if (name !== ownFile && !wanted.has(name)) await rm(join(assetsDir, name));
  for (const { name, text } of packs) {
    const path = packPath(name).slice(1);
    if (!held.has(path)) await write(join(assetsDir, path), gzipSync(text));
  }
  for (const name of pictures) {
    const [from, to] = [join(mediaDir, name), join(assetsDir, 'media', name)];
    // A file that is written anew makes wrangler dev reload.
    if (held.has(`media/${name}`) && (await readFile(from)).equals(await readFile(to))) continue;
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to);
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

/** Paths of all files below a directory, with forward slashes; none when it is not there. */
async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.map((path) => path.slice(directory.length + 1).replaceAll('\\', '/'));
  } catch {
    return [];
  }
}
