/**
 * Loads the seeds into the Archive pack by pack, newest articles first, in short steps.
 *
 * The cursor is written in the transaction of each step, so that a kill loses nothing and repeats nothing. Packs are
 * named by their content: loaded packs are not even fetched, so the same seeds again cost nothing, and a changed file
 * costs its pack. Entries that no pack has any more are retired at the end.
 */
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SeedProgress } from '../../pipeline/archive-owner.ts';
import { compileRules } from '../../rules/compile-rules.ts';
import type { BundledEntry, PackName, SeedManifest } from '../seed-pack.ts';
import { noteUnpublished, readMeta, writeMeta } from './ground/meta.ts';
import { type ArchiveState, changeEntries } from './ground/state.ts';
import { readRules, writeRules } from './rows/rule-rows.ts';
import { isLoaded, loadSeedEntry, loadSources, retireMissing } from './seed-entries.ts';

/** The seeds of this Worker. */
export interface CarriedSeeds {
  readonly digest: string;
  readonly manifest: () => Promise<SeedManifest>;
  readonly pack: (name: string) => Promise<readonly BundledEntry[]>;
}

/** Loads seeds; each call is short. */
export interface SeedLoader {
  /** Whether something is left to load. */
  readonly isLoading: () => boolean;
  /**
   * Starts to load, with a first step; returns how many entries changed. Costs one row read when there is nothing to
   * load.
   */
  readonly begin: () => Promise<number>;
  /** Continues where the last step ended; returns how many entries changed. */
  readonly step: () => Promise<number>;
  readonly progress: () => Promise<SeedProgress>;
}

/**
 * Work of one step. A written entry counts 1, and 1 more for each 10,000 UTF-16 units of its text; an unchanged one
 * counts a fiftieth. The platform's clock stands still while code runs, so work is counted and not timed: 20 is about a
 * dozen articles of 6 KB, 80 ms of CPU (ADR 5).
 */
const workPerStep = 20;
const unchangedWork = 1 / 50;
const unitsPerWork = 10_000;

/** Retiring one entry costs a third of writing one. */
const retiredPerStep = 100;

/** The progress: the pack, and how many of its entries are done. */
interface LoadCursor {
  readonly digest: string;
  readonly pack?: string;
  readonly done: number;
}

/** Creates the loader; it keeps a fetched pack until it is done. */
export function createSeedLoader(archive: ArchiveState, carried: CarriedSeeds, now: () => Instant): SeedLoader {
  const { sql } = archive;
  let open: { readonly name: string; readonly entries: readonly BundledEntry[] } | undefined;
  let running: Promise<number> | undefined;
  let starting: Promise<number> | undefined;

  const isLoading = (): boolean => readMeta(sql, 'seed_digest') !== carried.digest;

  async function work(): Promise<number> {
    const manifest = await carried.manifest();
    let changed = 0;
    if (readCursor(sql)?.digest !== carried.digest) changed += start(archive, manifest, now());
    let left = workPerStep;
    while (left > 0 && isLoading()) {
      const next = nextPack(sql, manifest.packs);
      if (next === undefined) {
        changed += finish(archive, manifest, now());
        break;
      }
      if (open?.name !== next.name) open = { name: next.name, entries: await carried.pack(next.name) };
      const outcome = loadSome(archive, carried.digest, open, left, now());
      changed += outcome.changed;
      left -= outcome.work;
    }
    if (!isLoading()) open = undefined;
    return changed;
  }

  // While a pack is fetched, other calls come in: they wait for the step under way.
  const step = (): Promise<number> => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    isLoading,
    begin: async () => {
      if (!isLoading()) return 0;
      // Callers during the first step wait for it, too: before it the archive is empty.
      if (starting === undefined && readCursor(sql)?.digest === carried.digest) return 0;
      starting ??= step().finally(() => {
        starting = undefined;
      });
      return await starting;
    },
    step,
    progress: async () => {
      const { packs } = await carried.manifest();
      const total = packs.reduce((sum, pack) => sum + pack.entries, 0);
      if (!isLoading()) return { loaded: total, total };
      const loaded = loadedPacks(sql);
      const cursor = readCursor(sql);
      const inPacks = packs.reduce((sum, { name, entries }) => sum + (loaded.has(name) ? entries : 0), 0);
      return { loaded: inPacks + (cursor?.digest === carried.digest ? cursor.done : 0), total };
    },
  };
}

/** The digest of the seeds that are loaded, or being loaded. */
export function seedDigestOf(sql: SqlStorage): string {
  return readCursor(sql)?.digest ?? readMeta(sql, 'seed_digest') ?? '';
}

function readCursor(sql: SqlStorage): LoadCursor | undefined {
  const written = readMeta(sql, 'seed_cursor');
  return written === undefined || written === '' ? undefined : JSON.parse(written);
}

function loadedPacks(sql: SqlStorage): ReadonlySet<string> {
  return new Set([...sql.exec<{ name: string }>('SELECT name FROM seed_pack')].map(({ name }) => name));
}

function nextPack(sql: SqlStorage, packs: readonly PackName[]): PackName | undefined {
  const loaded = loadedPacks(sql);
  return packs.find(({ name }) => !loaded.has(name));
}

/** Starts with sources and rules, and forgets packs that these seeds do not have, so that they load when they come back. */
function start(archive: ArchiveState, manifest: SeedManifest, now: Instant): number {
  const { sql } = archive;
  const changed = changeEntries(archive, (log) => {
    const before = log.nextSequence();
    loadSources(sql, manifest.sources, log, now);
    writeRules(sql, 'rules', manifest.rules);
    const names = new Set(manifest.packs.map(({ name }) => name));
    for (const name of loadedPacks(sql)) if (!names.has(name)) sql.exec('DELETE FROM seed_pack WHERE name = ?', name);
    writeMeta(sql, 'seed_cursor', JSON.stringify({ digest: manifest.digest, done: 0 } satisfies LoadCursor));
    return log.nextSequence() - before;
  });
  noteUnpublished(archive.sql);
  return changed;
}

/** Loads entries of one pack from the cursor on, up to so much work, in one transaction. */
function loadSome(
  archive: ArchiveState,
  digest: string,
  { name, entries }: { readonly name: string; readonly entries: readonly BundledEntry[] },
  mostWork: number,
  now: Instant,
): { readonly changed: number; readonly work: number } {
  const { sql } = archive;
  const cursor = readCursor(sql);
  return changeEntries(archive, (log) => {
    const rules = compileRules(readRules(sql));
    const first = cursor?.pack === name ? cursor.done : 0;
    const changing: BundledEntry[] = [];
    let done = first;
    let work = 0;
    for (; done < entries.length && work < mostWork; done += 1) {
      const seed = entries[done] as BundledEntry;
      const isSame = isLoaded(sql, seed);
      if (!isSame) changing.push(seed);
      work += isSame ? unchangedWork : 1 + (seed.entry.content?.length ?? 0) / unitsPerWork;
    }
    // A step takes the newest that are left; oldest first among them, or each of them costs a segment of the index of words.
    let changed = 0;
    for (const seed of changing.toReversed()) if (loadSeedEntry(sql, seed, rules, log, now)) changed += 1;
    const isWhole = done === entries.length;
    if (isWhole) {
      const ids = JSON.stringify(entries.map(({ entry }) => entry.id));
      sql.exec('INSERT OR REPLACE INTO seed_pack VALUES (?, ?)', name, ids);
    }
    const next: LoadCursor = isWhole ? { digest, done: 0 } : { digest, pack: name, done };
    writeMeta(sql, 'seed_cursor', JSON.stringify(next));
    return { changed, work };
  });
}

/** Retires entries that no pack has; when none is left, the seeds are loaded. */
function finish(archive: ArchiveState, { digest }: SeedManifest, now: Instant): number {
  const { sql } = archive;
  const present = new Set(
    [...sql.exec<{ ids: string }>('SELECT ids FROM seed_pack')].flatMap(({ ids }) => JSON.parse(ids) as EntryId[]),
  );
  return changeEntries(archive, (log) => {
    const retired = retireMissing(sql, present, retiredPerStep, log, now);
    if (retired < retiredPerStep) {
      writeMeta(sql, 'seed_digest', digest);
      writeMeta(sql, 'seed_cursor', '');
    }
    return retired;
  });
}
