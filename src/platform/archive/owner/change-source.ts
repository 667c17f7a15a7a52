/**
 * Looks up, adds, changes and removes sources for their owner. Removing keeps every entry and all timers.
 */
import { isSameAddress } from '../../../domain/address-key.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { becomesSecret } from '../../../domain/secret-address.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import { type SourceState, toInitialState } from '../../../domain/source-state.ts';
import type { Removal, SourceChange, SourceLookup, SourceReport } from '../../../pipeline/archive-owner.ts';
import type { Recording } from '../../../pipeline/recording.ts';
import { beginRegrouping } from '../duplicates/regrouping.ts';
import { isSettled, settledPerStep, settleSource } from '../follow/settle-source.ts';
import { beginRemoval, cancelRemoval } from '../follow/source-removal.ts';
import { noteHidden, noteOtherChange, noteUnpublished } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { recordSource } from '../jobs/record-jobs.ts';
import { closeAlerts, noteMove } from '../rows/alert-rows.ts';
import { findMergedAddress } from '../rows/merged-sources.ts';
import { findRemoved, forgetRemoval, isFileDeclared, listRemoved } from '../rows/removed-sources.ts';
import { readRules } from '../rows/rule-rows.ts';
import { findOtherAt, findSource, findSourceAt, findState, writeSource, writeState } from '../rows/source-rows.ts';
import { mergeSources } from './merge-sources.ts';
import { reportSource } from './report-sources.ts';

/**
 * What the Archive knows about these addresses, in any spelling: a source may have moved or been merged since it was
 * added.
 */
export function lookUpSource(archive: ArchiveState, urls: readonly HttpUrl[], now: Instant): SourceLookup {
  const { sql } = archive;
  const known = urls.flatMap((url) => {
    const id = findSourceAt(sql, url)?.id ?? findMergedAddress(sql, url);
    return id === undefined ? [] : (reportSource(archive, id, now) ?? []);
  })[0];
  const [first] = urls;
  const former =
    first === undefined ? undefined : listRemoved(sql).find(({ source }) => isSameAddress(source.url, first))?.source;
  const formerState = former === undefined ? undefined : findState(sql, former.id);
  return {
    ...(known === undefined ? {} : { known }),
    ...(former === undefined ? {} : { former }),
    ...(formerState === undefined ? {} : { formerState }),
    rules: readRules(sql),
  };
}

/**
 * Gives a source another address. A source that already has that address is merged into it. The state of the former
 * document does not apply to the new address, so the source is due now.
 */
export function moveSource(archive: ArchiveState, id: SourceId, url: HttpUrl, now: Instant): SourceReport | undefined {
  const { sql } = archive;
  const held = findSource(sql, id);
  if (held === undefined) return undefined;
  changeEntries(archive, (log) => {
    const isSecret = held.isSecret === true || becomesSecret(held.url, url);
    const moved: Source = { ...held, url, declaredBy: 'api', ...(isSecret && { isSecret: true }) };
    writeSource(sql, moved);
    writeState(sql, id, forgetDocument(findState(sql, id), now));
    noteMove(sql, moved, 'as its owner said', now);
    const other = findOtherAt(sql, url, id);
    if (other !== undefined) mergeSources(sql, other, moved, log, now);
  });
  return reportOrThrow(archive, id, now);
}

/** Adds a source with the outcome of its first check, in one transaction. */
export function addSource(archive: ArchiveState, source: Source, recording: Recording, now: Instant): SourceReport {
  changeEntries(archive, (log) => {
    restoreSource(archive.sql, source, log, now);
    if (recording.kind === 'source') recordSource(archive.sql, recording, log, now);
  });
  noteUnpublished(archive.sql);
  return reportOrThrow(archive, source.id, now);
}

/**
 * Writes a new source. If it was removed before, its entries are shown again with its present tags: at most `limit` at
 * once, the others in the background. Returns how many entries were looked at.
 */
export function restoreSource(
  sql: SqlStorage,
  source: Source,
  log: ChangeLog,
  now: Instant,
  limit: number = settledPerStep,
): number {
  const before = findRemoved(sql, source.id)?.source.tags ?? [];
  writeSource(sql, source);
  cancelRemoval(sql, source.id);
  forgetRemoval(sql, source.id);
  return settleSource(sql, source, { before, isReturn: true, limit }, log, now);
}

/** Changes the owner's settings of a source; from then on seeds/sources.opml does not change it. */
export function changeSource(
  archive: ArchiveState,
  id: SourceId,
  change: SourceChange,
  now: Instant,
): SourceReport | undefined {
  const held = findSource(archive.sql, id);
  if (held === undefined) return undefined;
  const source = applyChange(held, change);
  changeEntries(archive, (log) => {
    writeSource(archive.sql, source);
    const isHidden = source.isPrivate === true && held.isPrivate !== true;
    if (isHidden || (source.isSecret === true && held.isSecret !== true)) noteHidden(archive.sql);
    if (!isSettled(held, source)) settleSource(archive.sql, source, { before: held.tags }, log, now);
    if (source.keepsDuplicates !== held.keepsDuplicates) beginRegrouping(archive.sql);
    const state = findState(archive.sql, id);
    if (change.page !== undefined) writeState(archive.sql, id, forgetDocument(state, now));
    else if (change.enabled === true && state?.stopped === true) writeState(archive.sql, id, resume(state, now));
  });
  noteOtherChange(archive.sql);
  return reportOrThrow(archive, id, now);
}

function applyChange(held: Source, change: SourceChange): Source {
  const { isSecret = held.isSecret === true, isPrivate = held.isPrivate === true, request, page, ...others } = change;
  const { keepsDuplicates = held.keepsDuplicates === true, ...rest } = others;
  const { isSecret: _secret, isPrivate: _private, keepsDuplicates: _keeps, ...shown } = held;
  const { request: before, page: former, ...kept } = shown;
  const said = request === undefined ? before : (request ?? undefined);
  const selectors = page === undefined ? former : (page ?? undefined);
  return {
    ...kept,
    ...rest,
    declaredBy: 'api',
    ...(isSecret && { isSecret: true }),
    ...(isPrivate && { isPrivate: true }),
    ...(keepsDuplicates && { keepsDuplicates: true }),
    ...(said === undefined ? {} : { request: said }),
    ...(selectors === undefined ? {} : { page: selectors }),
  };
}

/** Removes a source: its entries are retired in steps; its polling state stays, in case it is added again. */
export function removeSource(archive: ArchiveState, id: SourceId, now: Instant): Removal {
  const source = findSource(archive.sql, id);
  if (source === undefined) return 'unknown';
  if (hasSeeds(archive.sql, id)) return 'declared-by-seeds';
  changeEntries(archive, (log) => {
    const declaredBy = isFileDeclared(archive.sql, id) ? 'file' : 'api';
    beginRemoval(archive.sql, { ...source, declaredBy }, log, now);
    closeAlerts(archive.sql, id);
  });
  // The remaining entries follow in the background.
  noteUnpublished(archive.sql);
  return 'removed';
}

/** After another address or other selectors, the state of the document does not apply any more, and the source is due. */
function forgetDocument(state: SourceState | undefined, now: Instant): SourceState {
  const { history } = state ?? {};
  return { ...toInitialState(now), ...(history === undefined ? {} : { history }) };
}

/** Asks a source again that was gone for good, because its owner wants it. */
export function resume(state: SourceState, now: Instant): SourceState {
  return { ...state, stopped: false, nextCheckAt: now, nextCheckWhy: 'enabled anew by the owner' };
}

function hasSeeds(sql: SqlStorage, id: SourceId): boolean {
  const seeds = sql.exec(
    'SELECT 1 FROM seed_entry s JOIN entry e ON e.id = s.entry_id WHERE e.source_id = ? LIMIT 1',
    id,
  );
  return seeds.toArray().length > 0;
}

function reportOrThrow(archive: ArchiveState, id: SourceId, now: Instant): SourceReport {
  const report = reportSource(archive, id, now);
  if (report === undefined) throw new Error(`source ${id} is not there right after it was written`);
  return report;
}
