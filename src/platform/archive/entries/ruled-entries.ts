/**
 * Applies rules to entries, both new and recorded ones.
 *
 * An entry's own tags come from its publisher, its source and its folder. Tags that only rules gave are noted in
 * `rule_tags`: so when a rule goes, its tags go, too.
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { tagEntry, uniteTags } from '../../../feed/tag/tag-entry.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { type CompiledRules, compileRules, type RuledEntry } from '../../../rules/compile-rules.ts';
import { changeShown } from '../duplicates/shown.ts';
import { nowSql } from '../ground/note-view-changes.ts';
import type { TotalsChange } from '../ground/totals.ts';
import { readFormerRules, readRules } from '../rows/rule-rows.ts';
import { findSource } from '../rows/source-rows.ts';
import type { EntryBody } from './entry-body.ts';
import { isOwnShown, readState } from './entry-rows.ts';
import { type RuledRecording, restoreEntry, retireEntry } from './write-entries.ts';

/** The recordings after the current rules: the rules may have changed since a refresh was opened. */
export function withRules(sql: SqlStorage, recordings: readonly EntryRecording[]): readonly RuledRecording[] {
  if (recordings.length === 0) return [];
  const rules = compileRules(readRules(sql));
  return recordings.map((recording) => ({ ...recording, ...toRuling(rules, recording) }));
}

/** Applies rules to an entry with these own tags. */
export function toRuling(rules: CompiledRules, ruled: RuledEntry): Ruling {
  const { tagged, hiddenBy } = rules(ruled);
  const given = tagged.map(({ tag }) => tag);
  return {
    // The owner's spelling goes before the publisher's.
    tags: uniteTags(given, ruled.tags),
    ruleTags: given.map(({ slug }) => slug).filter((slug) => !has(ruled.tags, slug)),
    isHidden: hiddenBy !== undefined,
  };
}

/** The columns that rules read. */
export interface RuledRow extends EntryBody, HeldTags {
  readonly id: string;
  readonly retired_why: string | null;
}

/** Reads rows for rules. @param where from WHERE on, about entries `e` */
export function readRuledRows(sql: SqlStorage, where: string, ...params: SqlStorageValue[]): readonly RuledRow[] {
  return sql
    .exec<Record<keyof RuledRow, SqlStorageValue>>(
      `SELECT e.id AS id, e.source_id AS source_id, e.tags AS tags, e.rule_tags AS rule_tags, e.body AS body,
        e.content AS content, e.retired_why AS retired_why, s.tags AS seed_tags
        FROM entry e LEFT JOIN seed_entry s ON s.entry_id = e.id ${where}`,
      ...params,
    )
    .toArray() as unknown as readonly RuledRow[];
}

/** The tags in an entry's row. */
export interface HeldTags {
  readonly source_id: string;
  /** JSON. */
  readonly tags: string;
  readonly rule_tags: string | null;
  /** JSON of the tags in its seed file; `null` when it is no seed. */
  readonly seed_tags: string | null;
}

/**
 * Makes the function that reads an entry's own tags. Rows of former releases do not note which tags rules gave. There, a
 * tag counts as a rule's when the former rules give it and nothing else does. Posted articles keep all tags: no other
 * record of them exists.
 */
export function createOwnTags(sql: SqlStorage): (entry: Entry<SafeHtml>, held: HeldTags) => readonly Tag[] {
  let former: CompiledRules | undefined;
  return (entry, { source_id, tags, rule_tags, seed_tags }) => {
    const all: readonly Tag[] = JSON.parse(tags);
    if (rule_tags !== null) {
      const ruled: readonly string[] = JSON.parse(rule_tags);
      return all.filter(({ slug }) => !ruled.includes(slug));
    }
    const sourceId = source_id as SourceId;
    const source = findSource(sql, sourceId);
    if (source?.kind === 'site' && seed_tags === null) return all;
    former ??= compileRules(readFormerRules(sql));
    const theirs = tagEntry(entry, [...(source?.tags ?? []), ...JSON.parse(seed_tags ?? '[]')]);
    const given = former({ entry, sourceId, tags: all }).tagged.map(({ tag }) => tag);
    return all.filter(({ slug }) => has(theirs, slug) || !has(given, slug));
  };
}

function has(tags: readonly Tag[], slug: string): boolean {
  return tags.some((tag) => tag.slug === slug);
}

/** The result of rules for a recorded entry. */
export interface Ruling {
  /** All of them. */
  readonly tags: readonly Tag[];
  /** Slugs that only rules gave. */
  readonly ruleTags: readonly string[];
  readonly isHidden: boolean;
}

/**
 * Gives an entry other tags, hides it, or shows it again unless something else withholds it. Its text stays. `undefined`
 * when nothing that is shown changed.
 */
export function ruleEntry(
  sql: SqlStorage,
  id: EntryId,
  { tags, ruleTags, isHidden }: Ruling,
  sequence: number,
  now: Instant,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  if (stored === undefined) return undefined;
  const next = { tags: JSON.stringify(tags), rule_tags: JSON.stringify(ruleTags), is_hidden: isHidden ? 1 : 0 };
  const isSame = stored.tags === next.tags && stored.is_hidden === next.is_hidden;
  if (isSame && stored.rule_tags === next.rule_tags) return undefined;
  const isShown = isOwnShown(stored);
  const retired = isShown && isHidden ? retireEntry(sql, id, sequence, 'hidden', now) : undefined;
  const change = changeShown(sql, sequence, ({ touch }) => {
    touch(id);
    sql.exec(
      'UPDATE entry SET tags = ?, rule_tags = ?, is_hidden = ? WHERE rowid = ?',
      ...Object.values(next),
      stored.rowid,
    );
    if (!isShown || isHidden || stored.tags === next.tags) return;
    sql.exec(`UPDATE entry SET sequence = ?, changed_at = ${nowSql} WHERE rowid = ?`, sequence, stored.rowid);
  });
  if (retired !== undefined) return retired;
  if (stored.retired_why === 'hidden' && !isHidden) return restoreEntry(sql, id, sequence, 'hidden');
  // Views with a key must not show it either.
  if (stored.retired_why === 'private' && isHidden) {
    sql.exec(`UPDATE entry SET retired_why = 'hidden' WHERE rowid = ?`, stored.rowid);
  }
  return isShown && !isSame ? change : undefined;
}
