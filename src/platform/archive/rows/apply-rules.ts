/**
 * Carries changed rules through the archive in the background, so many entries with each alarm; goes on where it stopped.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { compileRules } from '../../../rules/compile-rules.ts';
import { noteHidden } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { restoreWithinCap, retireBeyondCap } from './cap.ts';
import { readEntryBody } from './entry-body.ts';
import { readRules, readRulesPass, writeRulesPass } from './rule-rows.ts';
import { createOwnTags, readRuledRows, ruleEntry, toRuling } from './ruled-entries.ts';
import { findSource } from './source-rows.ts';

/** Applies the rules to the next `limit` entries; `true` while there are more. */
export function applyRules(archive: ArchiveState, limit: number, now: Instant): boolean {
  const { sql } = archive;
  const pass = readRulesPass(sql);
  if (pass?.after === undefined) return false;
  const { after, ...rest } = pass;
  const rules = compileRules(readRules(sql));
  return changeEntries(archive, (log) => {
    const ownTags = createOwnTags(sql);
    const rows = readRuledRows(sql, 'WHERE e.id > ? ORDER BY e.id LIMIT ?', after, limit);
    const changedSources = new Set<SourceId>();
    let { hasHidden = false } = pass;
    for (const row of rows) {
      const entry = readEntryBody(row);
      if (entry === null) continue;
      const sourceId = row.source_id as SourceId;
      const ruling = toRuling(rules, { entry, sourceId, tags: ownTags(entry, row) });
      const change = ruleEntry(sql, row.id as EntryId, ruling, log.nextSequence(), now);
      if (change === undefined) continue;
      log.note(change);
      if (ruling.isHidden || change.isAdded === true) changedSources.add(sourceId);
      hasHidden ||= ruling.isHidden;
    }
    keepCaps(sql, changedSources, log, now);
    const last = rows.at(-1);
    const isDone = rows.length < limit || last === undefined;
    writeRulesPass(sql, isDone ? { before: [] } : { ...rest, after: last.id, ...(hasHidden && { hasHidden }) });
    // What was hidden leaves KV, too: once for the whole change.
    if (isDone && hasHidden) noteHidden(sql);
    return !isDone;
  });
}

/** What is hidden makes room, and what is shown again takes it. */
function keepCaps(sql: SqlStorage, sources: ReadonlySet<SourceId>, log: ChangeLog, now: Instant): void {
  for (const id of sources) {
    const source = findSource(sql, id);
    if (source === undefined || source.maxEntries === 0) continue;
    retireBeyondCap(sql, source, log, now);
    restoreWithinCap(sql, source, log);
  }
}
