/**
 * Of two archived articles with one permalink the one archived later is kept, else the first; the other is told of.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { ArchivedArticle } from './archived-article.ts';

/** An article with whatever else its reader knows of it. */
interface Read {
  readonly article: ArchivedArticle;
}

/** Keeps an article under its entry's id; when there are two now, says which one is kept and which one is not. */
export function keepLatest<T extends Read>(
  kept: Map<EntryId, T>,
  read: T,
): { readonly winner: T; readonly loser: T } | undefined {
  const { id } = read.article.entry;
  const other = kept.get(id);
  const wins = other === undefined || read.article.archivedAt > other.article.archivedAt;
  if (wins) kept.set(id, read);
  if (other === undefined) return undefined;
  return wins ? { winner: read, loser: other } : { winner: other, loser: read };
}
