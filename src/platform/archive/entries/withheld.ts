/**
 * Says why an entry is withheld: kept, but in no view. All of the Archive's reasons are here, and an entry has the first that
 * holds as its `retired_why`; one that has none is shown.
 */
import type { SourceId } from '../../../domain/source.ts';
import { findSource } from '../rows/source-rows.ts';

/**
 * Of `retention` only the tombstone is left: its text is dropped, it never comes back. `merged`: another entry of its source
 * is the same one (two sources were merged). `hidden`: a rule hides it. `private`: its source is; views with a key show it.
 * A `duplicate` is shown by its source, and by views at the place of another entry (`duplicates/shown.ts`).
 */
export const retiredWhys = [
  'removed-seed',
  'removed-source',
  'over-cap',
  'retention',
  'merged',
  'private',
  'hidden',
  'duplicate',
] as const;
export type RetiredWhy = (typeof retiredWhys)[number];

/** Reasons that an entry, its source and the rules tell at any time; the others are set once and hold until they are taken back. */
export function withheldWhy(
  sql: SqlStorage,
  { source_id: source, is_hidden: isHidden }: { readonly source_id: string; readonly is_hidden: number },
): RetiredWhy | undefined {
  const held = findSource(sql, source as SourceId);
  if (held === undefined) return 'removed-source';
  if (isHidden === 1) return 'hidden';
  return held.isPrivate === true ? 'private' : undefined;
}

/** Whether a reason takes the place of another that an entry is withheld for already. */
export function isStronger(why: RetiredWhy, than: string | null): boolean {
  return than === 'hidden' && why !== 'hidden' && why !== 'private' && why !== 'over-cap';
}
