/**
 * Gives the entries of a source the tags their owner wants them to have now.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Source } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { compileRules } from '../../../feed/tag/rules.ts';
import { tagEntry } from '../../../feed/tag/tag-entry.ts';
import type { ChangeLog } from '../ground/state.ts';
import { type EntryBody, readEntryBody } from '../rows/entry-body.ts';
import { readRules } from '../rows/retagging.ts';
import { retagEntry } from '../rows/write-entries.ts';

/**
 * Adds the source's tags to its entries and takes away those it had `before`, unless the publisher or a rule gives them
 * too. Other tags stay: folders of archived articles are known to nobody else.
 */
export function retagSource(sql: SqlStorage, source: Source, before: readonly Tag[], log: ChangeLog): void {
  const wanted = new Set(source.tags.map((tag) => tag.slug));
  const dropped = new Set(before.map((tag) => tag.slug).filter((slug) => !wanted.has(slug)));
  if (wanted.size === 0 && dropped.size === 0) return;
  const rules = compileRules(readRules(sql));
  const ownTags = (rowid: number): readonly Tag[] => {
    const entry = readEntryBody(sql.exec<EntryBody>('SELECT body, content FROM entry WHERE rowid = ?', rowid).one());
    return entry === null ? [] : tagEntry(entry, { sourceTags: [], rules, sourceId: source.id });
  };
  const rows = sql
    .exec<{ rowid: number; id: string; tags: string }>(
      'SELECT rowid, id, tags FROM entry WHERE source_id = ? AND retired_at IS NULL',
      source.id,
    )
    .toArray();
  for (const { rowid, id, tags } of rows) {
    const held: readonly Tag[] = JSON.parse(tags);
    const own = held.some((tag) => dropped.has(tag.slug)) ? ownTags(rowid) : [];
    const kept = held.filter((tag) => !dropped.has(tag.slug) || own.some((other) => other.slug === tag.slug));
    const missing = source.tags.filter((tag) => !kept.some((other) => other.slug === tag.slug));
    const all = [...kept, ...missing].sort((a, b) => (a.slug < b.slug ? -1 : 1));
    const change = retagEntry(sql, id as EntryId, all, log.nextSequence());
    if (change !== undefined) log.note(change);
  }
}
