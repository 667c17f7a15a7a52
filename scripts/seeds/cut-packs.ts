/**
 * Cuts the articles of an archive into packs, newest first, of about 500 KB when they are compressed.
 *
 * Where a pack ends is decided by the ids of the articles themselves, not by counting from the top: a new article changes the
 * pack it falls into and leaves the others, and their names, as they are.
 */
import { createHash } from 'node:crypto';
import type { ArticleRecord } from './article-records.ts';

/** One pack before it is compressed. */
export interface SeedPack {
  readonly name: string;
  readonly entries: number;
  /** A JSON list of `BundledEntry`. */
  readonly text: string;
}

/** A pack has at least so many articles, and then ends before every 96th on average: about 160 of 7 KB, 500 KB compressed. */
const fewestArticles = 64;
const oneIn = 96;
/** And it ends when its text is this long, whatever it holds. UTF-16 units. */
const longestText = 1_200_000;

/** Cuts the packs. */
export function cutPacks(articles: readonly ArticleRecord[]): readonly SeedPack[] {
  const sorted = articles.toSorted((a, b) => b.published - a.published || (a.id < b.id ? -1 : 1));
  const packs: SeedPack[] = [];
  let pack: string[] = [];
  let length = 0;
  for (const [place, { id, json }] of sorted.entries()) {
    pack.push(json);
    length += json.length;
    const isEnd = pack.length >= fewestArticles && Number.parseInt(id.slice(-4), 32) % oneIn === 0;
    if (!isEnd && length < longestText && place < sorted.length - 1) continue;
    const text = `[${pack.join(',')}]`;
    packs.push({ name: createHash('sha256').update(text).digest('hex').slice(0, 32), entries: pack.length, text });
    pack = [];
    length = 0;
  }
  return packs;
}
