/**
 * Counts the entries that still have to follow a change of their source or of the rules.
 */
import type { EntryWork } from '../../../pipeline/archive-owner.ts';
import type { ArchiveState } from '../ground/state.ts';
import { countRetagging } from '../rows/rule-rows.ts';
import { countMoving } from './move-entries.ts';
import { countSettling } from './settling-rows.ts';
import { countRemoving } from './source-removal.ts';

/** The counts, roughly. */
export function countWork(archive: ArchiveState): EntryWork {
  return {
    merging: countMoving(archive),
    removing: countRemoving(archive),
    changing: countSettling(archive.sql),
    retagging: countRetagging(archive.sql, archive.totals.entries()),
  };
}

/** Whether any entry is left. */
export function isWorkLeft(work: EntryWork): boolean {
  return Object.values(work).some((left) => left > 0);
}
