/**
 * Records many things at once: subscription lists become sources, archived articles become entries. Each call is one
 * transaction.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { guardAddress } from '../../../domain/secret-address.ts';
import { isAsked, type Source, type SourceId } from '../../../domain/source.ts';
import type { ArticleRecording, SourceImport } from '../../../pipeline/archive-owner.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { isOwnShownSql } from '../duplicates/shown-members.ts';
import { withRules } from '../entries/ruled-entries.ts';
import { writeEntry } from '../entries/write-entries.ts';
import { settledPerStep, settleSource } from '../follow/settle-source.ts';
import { noteOtherChange } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { readMerged } from '../rows/merged-sources.ts';
import { forgetRemoval, hiddenAsBefore } from '../rows/removed-sources.ts';
import { findSource, findState, idsByAddress, writeSource, writeState } from '../rows/source-rows.ts';
import { restoreSource, resume } from './change-source.ts';

/** Adds new sources. Known sources take their title from the list and get its tags; no tag is removed. */
export function importSources(archive: ArchiveState, sources: readonly Source[], now: Instant): SourceImport {
  const ids = { added: [] as SourceId[], updated: [] as SourceId[], unchanged: [] as SourceId[] };
  changeEntries(archive, (log) => {
    const byAddress = new Map(idsByAddress(archive.sql));
    for (const merged of readMerged(archive.sql)) {
      if (!byAddress.has(addressKey(merged.url))) byAddress.set(addressKey(merged.url), merged.into);
    }
    let room = settledPerStep;
    for (const source of sources.map((one) => (isAsked(one) ? guardAddress(one) : one))) {
      const key = addressKey(source.url);
      const { outcome, id, looked } = importSource(archive.sql, source, byAddress.get(key), { log, limit: room }, now);
      room -= looked;
      byAddress.set(key, id);
      ids[outcome].push(id);
    }
  });
  noteOtherChange(archive.sql);
  return ids;
}

function importSource(
  sql: SqlStorage,
  source: Source,
  knownAs: SourceId | undefined,
  { log, limit }: { readonly log: ChangeLog; readonly limit: number },
  now: Instant,
): { readonly outcome: keyof SourceImport; readonly id: SourceId; readonly looked: number } {
  const held = findSource(sql, source.id) ?? (knownAs === undefined ? undefined : findSource(sql, knownAs));
  if (held === undefined) {
    const looked = restoreSource(sql, hiddenAsBefore(sql, source), log, now, limit);
    const state = findState(sql, source.id);
    if (state?.stopped === true) writeState(sql, source.id, resume(state, now));
    return { outcome: 'added', id: source.id, looked };
  }
  // A list without a title for a feed has its address instead.
  const title = source.title === source.url ? held.title : source.title;
  const missing = source.tags.filter((tag) => !held.tags.some((other) => other.slug === tag.slug));
  if (title === held.title && missing.length === 0) return { outcome: 'unchanged', id: held.id, looked: 0 };
  const changed: Source = { ...held, title, tags: [...held.tags, ...missing], declaredBy: 'api' };
  writeSource(sql, changed);
  const looked = missing.length === 0 ? 0 : settleSource(sql, changed, { before: held.tags, limit }, log, now);
  return { outcome: 'updated', id: held.id, looked };
}

/** Records archived articles; returns those that changed anything. The same articles again write nothing. */
export function recordArticles(
  archive: ArchiveState,
  sites: readonly Source[],
  articles: readonly ArticleRecording[],
  now: Instant,
): readonly EntryId[] {
  return changeEntries(archive, (log) => {
    for (const site of sites) {
      if (findSource(archive.sql, site.id) !== undefined) continue;
      writeSource(archive.sql, site);
      // The source's other articles stay hidden: its owner removed them, and now sends the wanted ones.
      forgetRemoval(archive.sql, site.id);
    }
    return withRules(archive.sql, articles).flatMap((article) => {
      if (isSuperseded(archive.sql, article)) return [];
      const change = writeEntry(archive.sql, article, log.nextSequence(), now);
      if (change === undefined) return [];
      log.note(change);
      return [article.entry.id];
    });
  });
}

/** Whether the archive has a newer state of the article: a later stamp, or a later text of its page. */
function isSuperseded(sql: SqlStorage, { entry, firstSeen, contentHash }: EntryRecording): boolean {
  const held = sql
    .exec<{ seed_hash: string | null; said_at: number }>(
      `SELECT s.content_hash AS seed_hash, MAX(e.modified, COALESCE(e.body ->> 'updated', 0)) AS said_at
        FROM entry e LEFT JOIN seed_entry s ON s.entry_id = e.id WHERE e.id = ? AND (${isOwnShownSql('e')} OR e.retired_why = 'hidden')`,
      entry.id,
    )
    .toArray()[0];
  if (held === undefined) return false;
  return held.seed_hash === contentHash || held.said_at > Math.max(firstSeen ?? 0, entry.published ?? 0);
}
