/**
 * Publishes the window into KV: first missing values, then the small key that names them.
 *
 * It reads nothing from KV. When a publish is interrupted, the next one uses or deletes its values.
 */
import type { Instant } from '../../../domain/instant.ts';
import { maxRowBytes } from '../../../domain/limits.ts';
import type { PlacedSite } from '../../../domain/site.ts';
import { type BuiltWindow, buildWindow, type DraftedDefaultFeeds, draftDefaultFeeds } from '../../../window/build.ts';
import { encodeDefaultFeeds } from '../../../window/default-feeds.ts';
import { decodeBase, type EncodedWindowBase } from '../../../window/encode.ts';
import type { Piece } from '../../../window/gzip-join.ts';
import { type PlannedSegment, planSegments } from '../../../window/plan-segments.ts';
import { encodeSegment } from '../../../window/segment.ts';
import { type FragmentFormat, fragmentFormats, type SegmentName } from '../../../window/window.ts';
import { logEvent } from '../../log.ts';
import { baseKey, currentKey, feedsKey, keyPrefix, segmentKey } from '../../published-window.ts';
import { isPublishUrgent, readMeta, readSequence, writeMeta } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { listViews } from '../rows/view-rows.ts';
import { seedDigestOf } from '../seed-loader.ts';
import { chooseEntries } from './choose-entries.ts';
import {
  deleteExpired,
  deleteReplaced,
  knowsNothing,
  listWritten,
  noteFormer,
  noteIntent,
  noteNeeded,
  noteWritten,
} from './published-keys.ts';
import type { RenderedEntries } from './rendered-entries.ts';

/** A publish that is ready to be written. */
export interface PlannedPublish {
  /** KV writes that it needs; 0 when KV has everything. */
  readonly writes: number;
  /** Writes it, then deletes expired values. */
  readonly write: (kv: KVNamespace, now: Instant) => Promise<void>;
}

type Value = string | Uint8Array<ArrayBuffer>;

/** The decoded base of the published index: every publish needs it. */
export interface BaseMemory {
  readonly read: () => EncodedWindowBase | undefined;
  readonly keep: (base: EncodedWindowBase) => void;
}

/** A larger base is not kept in the Archive: Cloudflare refuses a row of more than 2 MB. UTF-16 units. */
const mostKept = maxRowBytes / 3;

/** Opens the base in meta key `published_base`. An unreadable base counts as absent: the next publish makes another. */
export function openBase(sql: SqlStorage): BaseMemory {
  const text = readMeta(sql, 'published_base');
  const decoded = text === undefined ? undefined : decodeBase(text);
  let held = text === undefined || decoded === undefined ? undefined : { base: decoded, text };
  return {
    read: () => held,
    keep: (base) => {
      if (base !== held) writeMeta(sql, 'published_base', base.text.length > mostKept ? '' : base.text);
      held = base;
    },
  };
}

/** Plans the publish of the archive as it is now. @param site when the site knows its address */
export function planPublish(
  archive: ArchiveState,
  { rendered, base }: { readonly rendered: RenderedEntries; readonly base: BaseMemory },
  site: PlacedSite | undefined,
  scale: number,
): PlannedPublish {
  const { sql } = archive;
  const origins = listOrigins(sql);
  const totals = archive.totals.snapshot(readSequence(sql));
  const { contiguous, older } = chooseEntries(archive, rendered, origins, totals, scale);
  const entries = [...contiguous, ...older];
  const oldest = contiguous.at(-1)?.state;
  const isWhole = contiguous.length === totals.entries;
  const live = entries.toReversed().map(({ state, bytes }) => ({ digest: state.digest, bytes }));
  // Segments keep the bytes of hidden entries: when those must not stay in KV, all segments are made anew.
  const isClean = isPublishUrgent(sql);
  const segments = planSegments(live, isClean ? [] : listSegments(sql));
  const built = buildWindow(
    entries.map(({ state }) => state),
    segments,
    {
      totals,
      seedDigest: seedDigestOf(sql),
      // Private views are left out: the Archive opens them, so that their keys can be revoked at once.
      views: listViews(sql).filter(({ keyHash }) => keyHash === undefined),
      ...(isWhole || oldest === undefined ? {} : { contiguousFrom: { sortAt: oldest.sortAt, id: oldest.id } }),
    },
    isClean ? undefined : base.read(),
  );
  const rowOf = new Map(entries.map(({ rowid, state }) => [state.digest, rowid]));
  const fragments = (digests: readonly string[], formats: readonly FragmentFormat[]) =>
    rendered.fragments(
      digests.map((digest) => rowOf.get(digest) ?? 0),
      formats,
    );
  const feeds =
    site === undefined
      ? undefined
      : draftDefaultFeeds(built.window, site, (format, shown) =>
          fragments(
            shown.map(({ digest }) => digest),
            [format],
          ),
        );
  const values = valuesOf(built, segments, feeds, fragments);
  const written = listWritten(sql);
  const missing = [...values].filter(([key]) => !written.has(key));
  const named = `${built.window.version} ${feeds?.name ?? ''}`;
  const isNamed = written.has(currentKey) && readMeta(sql, 'published_version') === named;
  return {
    writes: missing.length === 0 && isNamed ? 0 : missing.length + 1,
    write: async (kv, now) => {
      await noteWhatIsThere(sql, kv, new Set(values.keys()), now);
      for (const [key] of missing) noteIntent(sql, key);
      noteIntent(sql, currentKey);
      const puts = await Promise.allSettled(missing.map(async ([key, make]) => await kv.put(key, await make())));
      const isPut = (at: number): boolean => puts[at]?.status === 'fulfilled';
      const failed = puts.find((result) => result.status === 'rejected');
      if (failed !== undefined) {
        for (const [at, [key]] of missing.entries()) if (isPut(at)) noteWritten(sql, key, now);
        throw failed.reason;
      }
      const { version } = built.window;
      await kv.put(currentKey, built.render({ publishedAt: now, ...(feeds && { feeds: feeds.name }) }));
      // One commit: each costs the disk as much as rendering an entry costs the processor.
      archive.storage.transactionSync(() => {
        for (const key of [...missing.map(([name]) => name), currentKey]) noteWritten(sql, key, now);
        writeMeta(sql, 'published_version', named);
        writeMeta(sql, 'published_at', String(now));
        base.keep(built.base);
        writeSegments(sql, segments);
        rendered.keepOnly(new Set(entries.map(({ rowid }) => rowid)));
        noteNeeded(sql, new Set([...values.keys(), currentKey]), now);
      });
      logEvent({ event: 'publish', version, entries: entries.length, writes: missing.length + 1 });
      await (isClean ? deleteReplaced(sql, kv) : deleteExpired(sql, kv, now));
    },
  };
}

/** The values that the window needs in KV, by key, without the small key. */
function valuesOf(
  { base }: BuiltWindow,
  segments: readonly PlannedSegment[],
  feeds: DraftedDefaultFeeds | undefined,
  fragments: (digests: readonly string[], formats: readonly FragmentFormat[]) => readonly Piece[],
): ReadonlyMap<string, () => Value | Promise<Value>> {
  const values = new Map<string, () => Value | Promise<Value>>([[baseKey(base.base.name), () => base.text]]);
  if (feeds !== undefined) {
    values.set(feedsKey(feeds.name), async () => encodeDefaultFeeds(feeds.name, await feeds.finish()));
  }
  for (const { name, isOpen, members } of segments) {
    const segment: SegmentName = { name, isOpen };
    const ofFormats = (formats: readonly FragmentFormat[]) => () => encodeSegment(name, fragments(members, formats));
    if (isOpen) values.set(segmentKey(segment, 'rss'), ofFormats(fragmentFormats));
    else for (const format of fragmentFormats) values.set(segmentKey(segment, format), ofFormats([format]));
  }
  return values;
}

/**
 * Notes the values of a former release at the first publish: they are deleted later. A KV list may lag by a minute, but
 * those are older.
 */
async function noteWhatIsThere(
  sql: SqlStorage,
  kv: KVNamespace,
  ours: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  if (!knowsNothing(sql)) return;
  let cursor: string | undefined;
  do {
    const listed: KVNamespaceListResult<unknown> = await kv.list({
      prefix: keyPrefix,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const former = listed.keys.map(({ name }) => name).filter((name) => name !== currentKey && !ours.has(name));
    noteFormer(sql, former, now);
    cursor = listed.list_complete ? undefined : listed.cursor;
  } while (cursor !== undefined);
}

function listSegments(sql: SqlStorage): readonly PlannedSegment[] {
  return sql
    .exec<{ name: string; is_open: number; members: string }>('SELECT name, is_open, members FROM segment')
    .toArray()
    .map(({ name, is_open: isOpen, members }) => ({ name, isOpen: isOpen === 1, members: JSON.parse(members) }));
}

/** Writes the rows that changed. */
function writeSegments(sql: SqlStorage, segments: readonly PlannedSegment[]): void {
  const rows = sql.exec<{ name: string; is_open: number }>('SELECT name, is_open FROM segment');
  const held = new Map([...rows].map((row) => [row.name, row.is_open === 1]));
  for (const { name, isOpen, members } of segments) {
    if (held.get(name) !== isOpen)
      sql.exec('INSERT OR REPLACE INTO segment VALUES (?, ?, ?)', name, isOpen ? 1 : 0, JSON.stringify(members));
    held.delete(name);
  }
  for (const name of held.keys()) sql.exec('DELETE FROM segment WHERE name = ?', name);
}
