/**
 * Merges one source into another: its entries move and keep their ids, an entry of both becomes one, tags are united, and
 * everything that named the source names the other.
 *
 * The source itself is merged at once; its entries follow some in each step (move-entries.ts).
 */
import type { Instant } from '../../../domain/instant.ts';
import { isRequestFor, type Source } from '../../../domain/source.ts';
import { uniteTags } from '../../../feed/tag/tag-entry.ts';
import { beginMove } from '../follow/move-entries.ts';
import { settleSource } from '../follow/settle-source.ts';
import { forgetSettling } from '../follow/settling-rows.ts';
import { noteHidden, readMeta, writeMeta } from '../ground/meta.ts';
import type { ChangeLog } from '../ground/state.ts';
import { closeAlerts, noteAlert } from '../rows/alert-rows.ts';
import { mergedInto, noteMerged } from '../rows/merged-sources.ts';
import { applyRulesAnew, readRules } from '../rows/rule-rows.ts';
import { deleteSource, findState, writeSource, writeState } from '../rows/source-rows.ts';

/** Merges `from` into `into`, inside the caller's transaction. */
export function mergeSources(sql: SqlStorage, from: Source, into: Source, log: ChangeLog, now: Instant): void {
  const request = into.request ?? from.request;
  const united: Source = {
    ...into,
    tags: uniteTags(into.tags, from.tags),
    enabled: into.enabled || from.enabled,
    // If one of them was private or secret, both are.
    ...((into.isSecret === true || from.isSecret === true) && { isSecret: true }),
    ...((into.keepsDuplicates === true || from.keepsDuplicates === true) && { keepsDuplicates: true }),
    ...((into.isPrivate === true || from.isPrivate === true) && { isPrivate: true }),
    // Credentials of one apply to the other.
    ...(request !== undefined && isRequestFor(request, into.url) && { request }),
  };
  writeSource(sql, united);
  if (united.isPrivate === true || united.isSecret === true) noteHidden(sql);
  const state = findState(sql, into.id);
  if (state?.stopped === true && from.enabled) writeState(sql, into.id, { ...state, stopped: false, nextCheckAt: now });
  deleteSource(sql, from.id);
  sql.exec('DELETE FROM source_state WHERE source_id = ?', from.id);
  const names = [from.id, ...mergedInto(sql, from.id)];
  noteMerged(sql, { id: from.id, url: from.url, title: from.title, into: into.id, mergedAt: now });
  renameInQueries(sql, from, into);
  // Rules about one source concern other entries now, and some rules look at tags.
  const rules = readRules(sql);
  if (rules.length > 0) applyRulesAnew(sql, rules);
  closeAlerts(sql, from.id);
  const detail = `${from.title} leads to the same feed and was merged into it; its entries are here now.`;
  noteAlert(sql, { kind: 'merged', detail, source: { id: into.id, title: into.title } }, now);
  // Entries of one follow the settings of both.
  forgetSettling(sql, from.id);
  beginMove(sql, { from: from.id, into: into.id, names }, log, now);
  settleSource(sql, united, {}, log, now);
}

/** Renames the source in saved views and rules: they hold its id, which no other text equals. */
function renameInQueries(sql: SqlStorage, from: Source, into: Source): void {
  sql.exec('UPDATE view SET query = replace(query, ?1, ?2) WHERE instr(query, ?1) > 0', from.id, into.id);
  const rules = readMeta(sql, 'own_rules');
  if (rules?.includes(from.id) === true) writeMeta(sql, 'own_rules', rules.replaceAll(from.id, into.id));
}
