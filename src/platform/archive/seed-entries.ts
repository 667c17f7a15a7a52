/**
 * Writes seeds into the Archive: records new ones, revises changed ones, retires missing ones.
 *
 * `seed_entry` stores the seeds' last content of each entry, so that an unchanged seed does not overwrite a text that was
 * refreshed from its page meanwhile.
 */
import { isOtherReading, isSameButPictures } from '../../domain/content-hash.ts';
import { dayMs } from '../../domain/duration.ts';
import type { Entry, EntryId } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { Instant } from '../../domain/instant.ts';
import { guardAddress } from '../../domain/secret-address.ts';
import { isAsked, type Source } from '../../domain/source.ts';
import { tagEntry } from '../../feed/tag/tag-entry.ts';
import type { CompiledRules } from '../../rules/compile-rules.ts';
import type { BundledEntry } from '../seed-pack.ts';
import { type EntryBody, readEntryBody } from './entries/entry-body.ts';
import { ruleEntry, toRuling } from './entries/ruled-entries.ts';
import { retireEntry, writeEntry } from './entries/write-entries.ts';
import { isSettled, settledPerStep, settleSource } from './follow/settle-source.ts';
import type { ChangeLog } from './ground/state.ts';
import { restoreSource } from './owner/change-source.ts';
import { findMergedTarget } from './rows/merged-sources.ts';
import { hiddenAsBefore, noteDeclared, removedFromFile } from './rows/removed-sources.ts';
import { findSource, listSources, writeSource } from './rows/source-rows.ts';

/** The declared source, with the feed's title and site where the file leaves them open. */
function withWhatItSaid(declared: Source, held: Source): Source {
  const siteUrl = declared.siteUrl ?? held.siteUrl;
  const title = declared.title === declared.url ? held.title : declared.title;
  return { ...declared, title, ...(siteUrl === undefined ? {} : { siteUrl }) };
}

/** Updates the declared sources, unless the owner changed or removed them. A source whose line is gone is paused. */
export function loadSources(sql: SqlStorage, sources: readonly Source[], log: ChangeLog, now: Instant): void {
  const declared = new Set(sources.map((source) => source.id));
  const away = removedFromFile(sql, declared);
  let room = settledPerStep;
  for (const source of sources.map((one) => (isAsked(one) ? guardAddress(one) : one))) {
    if (findMergedTarget(sql, source.id) !== undefined) continue;
    const held = findSource(sql, source.id);
    if (held?.declaredBy === 'api' || away.has(source.id)) continue;
    if (held === undefined) {
      room -= restoreSource(sql, hiddenAsBefore(sql, source), log, now, room);
    } else if (writeSource(sql, withWhatItSaid(source, held)) && !isSettled(held, source)) {
      room -= settleSource(sql, source, { before: held.tags, limit: room }, log, now);
    }
  }
  noteDeclared(sql, [...declared]);
  for (const source of listSources(sql)) {
    if (source.declaredBy === 'file' && source.enabled && !declared.has(source.id)) {
      writeSource(sql, { ...source, enabled: false });
    }
  }
}

/** Pages of articles older than this are first asked at a moment within `spreadMs`, never all at once. Milliseconds. */
const oldMs = 365 * dayMs;
const spreadMs = 30 * dayMs;

/** When the page of a new article is first asked: at once, or spread by its id. */
function firstCheckAt({ entry, archivedAt }: BundledEntry, now: Instant): number {
  if (now - (entry.published ?? archivedAt) < oldMs) return 0;
  return now + (Number.parseInt(entry.id.slice(0, 8), 32) % spreadMs);
}

interface LoadedSeed extends Record<string, SqlStorageValue> {
  content_hash: string;
  /** JSON. */
  tags: string;
}

function findLoaded(sql: SqlStorage, id: EntryId): LoadedSeed | undefined {
  return sql.exec<LoadedSeed>('SELECT content_hash, tags FROM seed_entry WHERE entry_id = ?', id).toArray()[0];
}

/** Whether a seed says what the seeds said of its entry before. */
export function isLoaded(sql: SqlStorage, { entry, contentHash, tags }: BundledEntry): boolean {
  const loaded = findLoaded(sql, entry.id);
  return loaded?.content_hash === contentHash && loaded.tags === JSON.stringify(tags);
}

/** Writes one entry that is not loaded so; returns whether anything that is shown changed. */
export function loadSeedEntry(
  sql: SqlStorage,
  seed: BundledEntry,
  rules: CompiledRules,
  log: ChangeLog,
  now: Instant,
): boolean {
  const loaded = findLoaded(sql, seed.entry.id);
  sql.exec(
    `INSERT INTO seed_entry (entry_id, content_hash, tags, first_check_at) VALUES (?, ?, ?, ?) ON CONFLICT (entry_id)
      DO UPDATE SET content_hash = excluded.content_hash, tags = excluded.tags`,
    seed.entry.id,
    seed.contentHash,
    JSON.stringify(seed.tags),
    firstCheckAt(seed, now),
  );
  const isMoved = loaded !== undefined && isSameButPictures(loaded.content_hash, seed.contentHash);
  const isSameText =
    loaded !== undefined &&
    (loaded.content_hash === seed.contentHash ||
      // A newer reader, or other pictures, do not undo what its page said since.
      ((isMoved || isOtherReading(loaded.content_hash, seed.contentHash)) &&
        !holdsSeedText(sql, seed.entry.id, loaded.content_hash)));
  const shown = (isSameText ? readHeld(sql, seed.entry.id) : undefined) ?? seed.entry;
  const ruling = toRuling(rules, { entry: shown, sourceId: seed.sourceId, tags: tagEntry(seed.entry, seed.tags) });
  const change = isSameText
    ? ruleEntry(sql, seed.entry.id, ruling, log.nextSequence(), now)
    : writeEntry(sql, { ...seed, ...ruling, firstSeen: seed.archivedAt, isMoved }, log.nextSequence(), now);
  if (change !== undefined) log.note(change);
  return change !== undefined;
}

/** The recorded entry: its page may have given it a newer text. */
function readHeld(sql: SqlStorage, id: EntryId): Entry<SafeHtml> | undefined {
  const row = sql.exec<EntryBody>('SELECT body, content FROM entry WHERE id = ?', id).toArray()[0];
  return row === undefined ? undefined : (readEntryBody(row) ?? undefined);
}

function holdsSeedText(sql: SqlStorage, id: EntryId, seedHash: string): boolean {
  return sql.exec('SELECT 1 FROM entry WHERE id = ? AND content_hash = ?', id, seedHash).toArray().length > 0;
}

/** Retires at most `limit` entries that the seeds no longer have; returns how many were missing. */
export function retireMissing(
  sql: SqlStorage,
  present: ReadonlySet<EntryId>,
  limit: number,
  log: ChangeLog,
  now: Instant,
): number {
  const gone = sql
    .exec<{ entry_id: string }>('SELECT entry_id FROM seed_entry')
    .toArray()
    .map((row) => row.entry_id as EntryId)
    .filter((id) => !present.has(id))
    .slice(0, limit);
  for (const id of gone) {
    sql.exec('DELETE FROM seed_entry WHERE entry_id = ?', id);
    sql.exec('DELETE FROM article_check WHERE entry_id = ?', id);
    const change = retireEntry(sql, id, log.nextSequence(), 'removed-seed', now);
    if (change !== undefined) log.note(change);
  }
  return gone.length;
}
