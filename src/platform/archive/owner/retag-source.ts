/**
 * Gives the entries of a source the tags their owner wants them to have now.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { tagEntry, uniteTags } from '../../../feed/tag/tag-entry.ts';
import { compileRules } from '../../../rules/compile-rules.ts';
import { ownEntriesSql } from '../duplicates/own-entries.ts';
import type { ChangeLog } from '../ground/state.ts';
import { readEntryBody } from '../rows/entry-body.ts';
import { readRules } from '../rows/rule-rows.ts';
import { createOwnTags, readRuledRows, ruleEntry, toRuling } from '../rows/ruled-entries.ts';

/**
 * Adds the source's tags to its entries and takes away those it had `before`, unless the publisher or a rule gives them
 * too. Other tags stay: folders of archived articles are known to nobody else.
 */
export function retagSource(
  sql: SqlStorage,
  source: Source,
  before: readonly Tag[],
  log: ChangeLog,
  now: Instant,
): void {
  const wanted = new Set(source.tags.map((tag) => tag.slug));
  const dropped = new Set(before.map((tag) => tag.slug).filter((slug) => !wanted.has(slug)));
  if (wanted.size === 0 && dropped.size === 0) return;
  const rules = compileRules(readRules(sql));
  const ownTags = createOwnTags(sql);
  const held = sql
    .exec<{ id: string; tags: string }>(
      `SELECT id, tags FROM (${ownEntriesSql('?1')})
        UNION ALL SELECT id, tags FROM entry WHERE source_id = ?1 AND retired_why = 'hidden'`,
      source.id,
    )
    .toArray();
  for (const { id, tags } of held) {
    const slugs = new Set((JSON.parse(tags) as readonly Tag[]).map((tag) => tag.slug));
    if ([...wanted].every((slug) => slugs.has(slug)) && ![...dropped].some((slug) => slugs.has(slug))) continue;
    const [row] = readRuledRows(sql, 'WHERE e.id = ?', id);
    const entry = row === undefined ? null : readEntryBody(row);
    if (row === undefined || entry === null) continue;
    const theirs = tagEntry(entry, []);
    const kept = ownTags(entry, row).filter(
      ({ slug }) => !dropped.has(slug) || theirs.some((tag) => tag.slug === slug),
    );
    const ruling = toRuling(rules, { entry, sourceId: source.id, tags: uniteTags(kept, source.tags) });
    const change = ruleEntry(sql, id as EntryId, ruling, log.nextSequence(), now);
    if (change !== undefined) log.note(change);
  }
}
