/**
 * Merges one source into another: its entries move there and keep their ids, what both hold is one entry, tags are united,
 * and whatever named the source names the other from then on.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { uniteTags } from '../../../feed/tag/tag-entry.ts';
import { groupOf } from '../duplicates/groups.ts';
import { noteHidden, readMeta, writeMeta } from '../ground/meta.ts';
import type { ChangeLog } from '../ground/state.ts';
import { closeAlerts, noteAlert } from '../rows/alert-rows.ts';
import { restoreWithinCap, retireBeyondCap } from '../rows/cap.ts';
import { noteAlias } from '../rows/entry-aliases.ts';
import { noteMerged } from '../rows/merged-sources.ts';
import { applyRulesAnew, readRules } from '../rows/rule-rows.ts';
import { ruleEntry } from '../rows/ruled-entries.ts';
import { deleteSource, findState, writeSource, writeState } from '../rows/source-rows.ts';
import { forgetEntry, rehomeEntry, retireEntry } from '../rows/write-entries.ts';
import { retagSource } from './retag-source.ts';
import { followPrivacy } from './visibility.ts';

interface NamedEntry extends Record<string, SqlStorageValue> {
  id: string;
  guid: string;
  url: string | null;
  title: string;
  tags: string;
  rule_tags: string | null;
  is_hidden: number;
}

/** Merges `from` into `into`, inside the caller's transaction. */
export function mergeSources(sql: SqlStorage, from: Source, into: Source, log: ChangeLog, now: Instant): void {
  const united: Source = {
    ...into,
    tags: uniteTags(into.tags, from.tags),
    enabled: into.enabled || from.enabled,
    // What one of them kept to its owner stays so.
    ...((into.isSecret === true || from.isSecret === true) && { isSecret: true }),
    ...((into.keepsDuplicates === true || from.keepsDuplicates === true) && { keepsDuplicates: true }),
    ...((into.isPrivate === true || from.isPrivate === true) && { isPrivate: true }),
  };
  moveEntries(sql, from, into, log, now);
  writeSource(sql, united);
  if (united.isPrivate === true || united.isSecret === true) noteHidden(sql);
  retagSource(sql, united, into.tags, log, now);
  retireBeyondCap(sql, united, log, now);
  restoreWithinCap(sql, united, log);
  followPrivacy(sql, united, log, now);
  const state = findState(sql, into.id);
  if (state?.stopped === true && from.enabled) writeState(sql, into.id, { ...state, stopped: false, nextCheckAt: now });
  deleteSource(sql, from.id);
  sql.exec('DELETE FROM source_state WHERE source_id = ?', from.id);
  noteMerged(sql, { id: from.id, url: from.url, title: from.title, into: into.id, mergedAt: now });
  renameInQueries(sql, from, into);
  // Rules of one source concern other entries now, and some look at tags.
  const rules = readRules(sql);
  if (rules.length > 0) applyRulesAnew(sql, rules);
  closeAlerts(sql, from.id);
  const detail = `${from.title} leads to the same feed and was merged into it; its entries are here now.`;
  noteAlert(sql, { kind: 'merged', detail, source: { id: into.id, title: into.title } }, now);
}

function moveEntries(sql: SqlStorage, from: Source, into: Source, log: ChangeLog, now: Instant): void {
  const { byId, byGuid, byLink } = indexEntries(entriesOf(sql, into));
  const moving = entriesOf(sql, from);
  const linkUses = indexEntries(moving).byLink;
  for (const entry of moving) {
    const id = entry.id as EntryId;
    const key = linkKey(entry);
    const linked = key === undefined || linkUses.get(key) === undefined ? undefined : byLink.get(key);
    const shownWith = byId.get(duplicateIn(sql, entry, into));
    const twin =
      shownWith ?? byGuid.get(addressKey(entry.guid)) ?? (linked?.title === entry.title ? linked : undefined);
    // Readers know what is shown as one by the id of the first.
    const isFirst = shownWith !== undefined && groupOf(sql, id) === id;
    if (twin === undefined || isFirst) {
      if (twin !== undefined) mergeEntry(sql, twin, entry, log, now);
      const moved = rehomeEntry(sql, id, into.id, log.nextSequence());
      if (moved !== undefined) log.note(moved);
    } else mergeEntry(sql, entry, twin, log, now);
  }
}

/** Makes one entry another name of the other, which gets its tags. */
function mergeEntry(sql: SqlStorage, from: NamedEntry, into: NamedEntry, log: ChangeLog, now: Instant): void {
  const [id, intoId] = [from.id as EntryId, into.id as EntryId];
  const hidden = retireEntry(sql, id, log.nextSequence(), 'merged', now);
  log.note(hidden ?? forgetEntry(sql, id, log.nextSequence()));
  noteAlias(sql, id, intoId);
  const own = (JSON.parse(from.tags) as Tag[]).filter(({ slug }) => !ruleTagsOf(from).includes(slug));
  const ruling = {
    tags: uniteTags(JSON.parse(into.tags), own),
    ruleTags: ruleTagsOf(into).filter((slug) => !own.some((tag) => tag.slug === slug)),
    isHidden: into.is_hidden === 1,
  };
  const tagged = ruleEntry(sql, intoId, ruling, log.nextSequence(), now);
  if (tagged !== undefined) log.note(tagged);
}

function entriesOf(sql: SqlStorage, { id }: Source): readonly NamedEntry[] {
  return sql
    .exec<NamedEntry>(
      `SELECT id, guid, url, title, tags, rule_tags, is_hidden FROM entry WHERE source_id = ? AND COALESCE(retired_why, '') <> 'merged'
        ORDER BY sort_at, id`,
      id,
    )
    .toArray();
}

/** Entries by the key of their guid, and by that of their link where no other entry has it. */
function indexEntries(entries: readonly NamedEntry[]): {
  readonly byId: ReadonlyMap<string | undefined, NamedEntry>;
  readonly byGuid: ReadonlyMap<string, NamedEntry>;
  readonly byLink: ReadonlyMap<string, NamedEntry | undefined>;
} {
  const byGuid = new Map<string, NamedEntry>();
  const byLink = new Map<string, NamedEntry | undefined>();
  for (const entry of entries) {
    byGuid.set(addressKey(entry.guid), entry);
    const key = linkKey(entry);
    if (key !== undefined) byLink.set(key, byLink.has(key) ? undefined : entry);
  }
  return { byId: new Map(entries.map((entry) => [entry.id, entry])), byGuid, byLink };
}

/** The entry of a source that is one article with this entry. */
function duplicateIn(sql: SqlStorage, { id }: NamedEntry, source: Source): string | undefined {
  const row = sql.exec<{ id: string }>(
    `SELECT other.entry_id AS id FROM duplicate own JOIN duplicate other ON other.shown_as = own.shown_as
      WHERE own.entry_id = ? AND other.source_id = ?`,
    id,
    source.id,
  );
  return row.toArray()[0]?.id;
}

function linkKey({ url }: NamedEntry): string | undefined {
  return url === null ? undefined : addressKey(url);
}

function ruleTagsOf({ rule_tags: slugs }: NamedEntry): readonly string[] {
  return JSON.parse(slugs ?? '[]');
}

/** Saved views and rules name sources by their ids, which nothing else looks like. */
function renameInQueries(sql: SqlStorage, from: Source, into: Source): void {
  sql.exec('UPDATE view SET query = replace(query, ?1, ?2) WHERE instr(query, ?1) > 0', from.id, into.id);
  const rules = readMeta(sql, 'own_rules');
  if (rules?.includes(from.id) === true) writeMeta(sql, 'own_rules', rules.replaceAll(from.id, into.id));
}
