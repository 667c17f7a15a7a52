/**
 * The tag rules: those of seeds/tags.json and the owner's own, and the tags that follow when they change.
 *
 * A change is carried through the archive in the background, so many entries with each alarm, and goes on where it stopped.
 * Only tags that the rules gave are taken away: not those of the publisher, the source or a seed. Whoever posted an
 * article named its tags once, and nobody else remembers which: there, rules only add.
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { type CompiledRules, compileRules, type TagRule } from '../../../feed/tag/rules.ts';
import { tagEntry } from '../../../feed/tag/tag-entry.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { noteUnpublished, readMeta, writeMeta } from '../ground/meta.ts';
import { type ArchiveState, changeEntries } from '../ground/state.ts';
import { type EntryBody, readEntryBody } from './entry-body.ts';
import { findSource } from './source-rows.ts';
import { retagEntry } from './write-entries.ts';

/** A change of rules on its way through the archive. */
interface Retagging {
  /** The rules that the tags of some entries may still be from. */
  readonly before: readonly TagRule[];
  /** The last entry that is done; absent when all are. */
  readonly after?: string;
  /** By then every refresh that was opened under the former rules has ended. Epoch milliseconds. */
  readonly until: number;
}

/** Longer than a queue's consumer may run (15 minutes): a job that takes longer is opened anew. Milliseconds. */
const longestJobMs = 20 * 60_000;

/** Rules of seeds/tags.json. */
export function readDeclaredRules(sql: SqlStorage): readonly TagRule[] {
  return JSON.parse(readMeta(sql, 'rules') ?? '[]');
}

/** Rules made through the admin API. */
export function readOwnRules(sql: SqlStorage): readonly TagRule[] {
  return JSON.parse(readMeta(sql, 'own_rules') ?? '[]');
}

/** All rules that hold. */
export function readRules(sql: SqlStorage): readonly TagRule[] {
  return [...readDeclaredRules(sql), ...readOwnRules(sql)];
}

/** Whether a change of rules is still on its way. */
export function isRetagging(sql: SqlStorage): boolean {
  return readRetagging(sql)?.after !== undefined;
}

/** Writes rules of one kind; entries follow in the background. Writes nothing when they are the same. */
export function writeRules(
  sql: SqlStorage,
  kind: 'rules' | 'own_rules',
  rules: readonly TagRule[],
  now: Instant,
): void {
  const before = readRules(sql);
  writeMeta(sql, kind, JSON.stringify(rules));
  if (JSON.stringify(before) === JSON.stringify(readRules(sql))) return;
  const pending = readRetagging(sql);
  const isKept = pending !== undefined && (pending.after !== undefined || pending.until > now);
  const former = { before: [...(isKept ? pending.before : []), ...before], until: now + longestJobMs };
  // Seeds are tagged by the rules they were bundled with.
  const others = sql.exec('SELECT 1 FROM entry WHERE id NOT IN (SELECT entry_id FROM seed_entry) LIMIT 1');
  const hasEntries = kind === 'own_rules' || others.toArray().length > 0;
  writeRetagging(sql, hasEntries ? { ...former, after: '' } : former);
  if (!hasEntries) return;
  // So that an alarm is set, now and after a restart, until everything is done and published.
  noteUnpublished(sql);
}

/** Carries a change of rules through the next `limit` entries; `true` while there are more. */
export function retagSome(archive: ArchiveState, limit: number): boolean {
  const pending = readRetagging(archive.sql);
  if (pending?.after === undefined) return false;
  const { before, after, until } = pending;
  const former = compileRules(before);
  const current = compileRules(readRules(archive.sql));
  return changeEntries(archive, (log) => {
    const rows = archive.sql
      .exec<EntryRow>(`${selectRows} WHERE e.id > ? ORDER BY e.id LIMIT ?`, after, limit)
      .toArray();
    for (const row of rows) {
      const entry = readEntryBody(row);
      const held: HeldTags = {
        sourceId: row.source_id as SourceId,
        tags: JSON.parse(row.tags),
        seedTags: row.seed_tags,
      };
      const tags = entry === null ? held.tags : nextTags(archive.sql, entry, held, former, current);
      const change = retagEntry(archive.sql, row.id as EntryId, tags, log.nextSequence());
      if (change !== undefined) log.note(change);
      else if (row.retired_at !== null) retagHidden(archive.sql, row, tags);
    }
    const last = rows.at(-1);
    const isDone = rows.length < limit || last === undefined;
    writeRetagging(archive.sql, isDone ? { before, until } : { before, after: last.id, until });
    return !isDone;
  });
}

interface EntryRow extends EntryBody {
  rowid: number;
  id: string;
  source_id: string;
  tags: string;
  retired_at: number | null;
  seed_tags: string | null;
}

const selectRows = `SELECT e.rowid AS rowid, e.id AS id, e.source_id AS source_id, e.tags AS tags, e.body AS body,
  e.content AS content, e.retired_at AS retired_at, s.tags AS seed_tags FROM entry e LEFT JOIN seed_entry s ON s.entry_id = e.id`;

/** What an entry is tagged with so far, and what its seed file said. */
interface HeldTags {
  readonly sourceId: SourceId;
  readonly tags: readonly Tag[];
  /** JSON; `null` when it is no seed. */
  readonly seedTags: string | null;
}

function nextTags(
  sql: SqlStorage,
  entry: Entry<SafeHtml>,
  { sourceId, tags, seedTags }: HeldTags,
  former: CompiledRules,
  current: CompiledRules,
): readonly Tag[] {
  const source = findSource(sql, sourceId);
  const extra: readonly Tag[] = JSON.parse(seedTags ?? '[]');
  const wanted = tagEntry(entry, { sourceTags: source?.tags ?? [], rules: current, extra, sourceId });
  const isPosted = source?.kind === 'site' && seedTags === null;
  const gone = isPosted ? [] : tagEntry(entry, { sourceTags: [], rules: former, sourceId });
  const kept = tags.filter(({ slug }) => has(wanted, slug) || !has(gone, slug));
  const missing = wanted.filter(({ slug }) => !has(kept, slug));
  return [...kept, ...missing].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/**
 * Recordings as the rules that hold now would tag them. Rules may have changed since the refresh was opened, and the change
 * may have passed the place of its entries already.
 */
export function followRules(
  sql: SqlStorage,
  recordings: readonly EntryRecording[],
  now: Instant,
): readonly EntryRecording[] {
  const pending = recordings.length === 0 ? undefined : readRetagging(sql);
  if (pending === undefined || pending.until <= now) return recordings;
  const [former, current] = [compileRules(pending.before), compileRules(readRules(sql))];
  return recordings.map((recording) => {
    const { entry, sourceId, tags } = recording;
    const seedTags =
      sql.exec<{ tags: string }>('SELECT tags FROM seed_entry WHERE entry_id = ?', entry.id).toArray()[0]?.tags ?? null;
    return { ...recording, tags: nextTags(sql, entry, { sourceId, tags, seedTags }, former, current) };
  });
}

function has(tags: readonly Tag[], slug: string): boolean {
  return tags.some((tag) => tag.slug === slug);
}

/** An entry that is not shown has no lookup rows; when it is shown again, it has the tags it should have. */
function retagHidden(sql: SqlStorage, row: EntryRow, tags: readonly Tag[]): void {
  const text = JSON.stringify(tags);
  if (text !== row.tags) sql.exec('UPDATE entry SET tags = ? WHERE rowid = ?', text, row.rowid);
}

function readRetagging(sql: SqlStorage): Retagging | undefined {
  const text = readMeta(sql, 'retagging');
  // Archives of older builds have a change on its way without its end.
  return text === undefined ? undefined : { until: 0, ...JSON.parse(text) };
}

function writeRetagging(sql: SqlStorage, state: Retagging): void {
  writeMeta(sql, 'retagging', JSON.stringify(state));
}
