/**
 * Decides why an entry is withheld: kept, but in no view. This file lists all reasons. The first reason that holds is
 * stored as `retired_why`; an entry without a reason is shown.
 */
import type { SourceId } from '../../../domain/source.ts';
import { findSource } from '../rows/source-rows.ts';

/**
 * `retention`: only a tombstone is left, and it never comes back. `merged`: another entry of its source is the same one
 * (two sources were merged). `hidden`: a rule hides it. `private`: its source is private; views with a key show it.
 * `duplicate`: its source shows it, and views show it at the place of another entry (`duplicates/shown.ts`).
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

/**
 * Why an entry is withheld by its own state, its source and the rules. Other reasons are set once and stay until they are
 * revoked.
 */
export function withheldWhy(
  sql: SqlStorage,
  { source_id: source, is_hidden: isHidden }: { readonly source_id: string; readonly is_hidden: number },
): RetiredWhy | undefined {
  const held = findSource(sql, source as SourceId);
  if (held === undefined) return 'removed-source';
  if (isHidden === 1) return 'hidden';
  return held.isPrivate === true ? 'private' : undefined;
}

/** Whether a reason replaces the one that an entry has already. */
export function isStronger(why: RetiredWhy, than: string | null): boolean {
  return than === 'hidden' && why !== 'hidden' && why !== 'private' && why !== 'over-cap';
}
