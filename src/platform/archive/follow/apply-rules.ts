/**
 * Applies changed rules to the whole archive in the background, some entries with each alarm; continues where it stopped.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { compileRules } from '../../../rules/compile-rules.ts';
import { readEntryBody } from '../entries/entry-body.ts';
import { takeStep } from '../entries/row-size.ts';
import { createOwnTags, readRuledRows, ruleEntry, toRuling } from '../entries/ruled-entries.ts';
import { noteHidden } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { readRules, readRulesPass, writeRulesPass } from '../rows/rule-rows.ts';
import { findSource } from '../rows/source-rows.ts';
import { settleSource } from './settle-source.ts';

/** Entries of one step: a tenth of a second of work. */
const ruledPerStep = 200;

/** Applies the rules to the next entries; `true` while there are more. */
export function applyRules(archive: ArchiveState, now: Instant, limit: number = ruledPerStep): boolean {
  const { sql } = archive;
  const pass = readRulesPass(sql);
  if (pass?.after === undefined) return false;
  const { after, ...rest } = pass;
  const rules = compileRules(readRules(sql));
  return changeEntries(archive, (log) => {
    const ownTags = createOwnTags(sql);
    const places = readPlaces(sql, after, limit);
    const taken = takeStep(places);
    const changedSources = new Set<SourceId>();
    let { hasHidden = false } = pass;
    for (const { rowid } of taken) {
      const [row] = readRuledRows(sql, 'WHERE e.rowid = ?', rowid);
      const entry = row === undefined ? null : readEntryBody(row);
      if (row === undefined || entry === null) continue;
      const sourceId = row.source_id as SourceId;
      const ruling = toRuling(rules, { entry, sourceId, tags: ownTags(entry, row) });
      const change = ruleEntry(sql, row.id as EntryId, ruling, log.nextSequence(), now);
      if (change === undefined) continue;
      log.note(change);
      if (ruling.isHidden || change.isAdded === true) changedSources.add(sourceId);
      hasHidden ||= ruling.isHidden;
    }
    keepCaps(sql, changedSources, log, now);
    const last = taken.at(-1);
    const isDone = last === undefined || (taken.length === places.length && places.length < limit);
    writeRulesPass(sql, isDone ? { before: [] } : { ...rest, after: last.id, ...(hasHidden && { hasHidden }) });
    // Hidden entries must leave KV, too: once for the whole change.
    if (isDone && hasHidden) noteHidden(sql);
    return !isDone;
  });
}

interface Place extends Record<string, SqlStorageValue> {
  rowid: number;
  id: string;
  bytes: number;
}

/**
 * The next entries without their text, which is read one by one: the text of two hundred of the largest would not fit
 * into an isolate.
 */
function readPlaces(sql: SqlStorage, after: string, limit: number): readonly Place[] {
  return sql
    .exec<Place>(
      `SELECT rowid, id, LENGTH(body) + COALESCE(LENGTH(content), 0) AS bytes FROM entry WHERE id > ?
        ORDER BY id LIMIT ?`,
      after,
      limit,
    )
    .toArray();
}

/** Checks the caps: hidden entries make room, and entries shown again take it. */
function keepCaps(sql: SqlStorage, sources: ReadonlySet<SourceId>, log: ChangeLog, now: Instant): void {
  for (const id of sources) {
    const source = findSource(sql, id);
    if (source !== undefined && source.maxEntries > 0) settleSource(sql, source, {}, log, now);
  }
}
