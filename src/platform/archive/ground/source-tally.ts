/**
 * Counts sources by how their checks go, in memory: `/health` and `/metrics` must not parse the states of ten thousand
 * sources at each call (180 ms).
 *
 * One scan fills the counts after the Archive woke; every write of a source or its state updates them. A transaction that
 * is rolled back empties them, so the next call scans again.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { SourceState } from '../../../domain/source-state.ts';
import type { SourceCounts } from '../../../pipeline/source-list.ts';

/** The counted facts of one source. */
interface TalliedState {
  readonly isStopped: boolean;
  readonly isFailing: boolean;
  readonly isUnreachable: boolean;
  /** The last check reached a server. */
  readonly isReached: boolean;
  readonly failure?: string;
  readonly defects: number;
}

interface Tally {
  /** Whether each source is enabled. */
  readonly sources: Map<string, boolean>;
  readonly states: Map<string, TalliedState>;
  checkedAt: number;
}

const tallies = new WeakMap<SqlStorage, Tally>();

/** Call this after a source was written. */
export function tallySource(sql: SqlStorage, id: SourceId, isEnabled: boolean): void {
  tallies.get(sql)?.sources.set(id, isEnabled);
}

/** Call this after a source was deleted. */
export function untallySource(sql: SqlStorage, id: SourceId): void {
  tallies.get(sql)?.sources.delete(id);
}

/** Call this after the state of a source was written. */
export function tallyState(sql: SqlStorage, id: SourceId, state: SourceState): void {
  const tally = tallies.get(sql);
  tally?.states.set(id, toTallied(state));
  tallyCheck(sql, state.lastCheckedAt);
}

/** Call this after a check of a source or a page. */
export function tallyCheck(sql: SqlStorage, at: Instant | undefined): void {
  const tally = tallies.get(sql);
  if (tally !== undefined && at !== undefined) tally.checkedAt = Math.max(tally.checkedAt, at);
}

/** Call this when rows may have changed in another way: the next count scans them. */
export function forgetTally(sql: SqlStorage): void {
  tallies.delete(sql);
}

/** The counts of all sources. */
export function countSources(sql: SqlStorage): SourceCounts {
  const tally = tallies.get(sql) ?? scan(sql);
  tallies.set(sql, tally);
  let [stopped, failing, unreachable, reached, defects] = [0, 0, 0, 0, 0];
  const failures: Record<string, number> = {};
  for (const [id, isEnabled] of tally.sources) {
    const state = tally.states.get(id);
    defects += state?.defects ?? 0;
    if (state?.isFailing === true && state.failure !== undefined)
      failures[state.failure] = (failures[state.failure] ?? 0) + 1;
    if (!isEnabled || state?.isStopped === true) stopped += 1;
    else if (state?.isFailing === true) failing += 1;
    if (isEnabled && state?.isStopped !== true && state?.isUnreachable === true) unreachable += 1;
    if (state?.isReached === true) reached += 1;
  }
  const { size: total } = tally.sources;
  const refreshedAt = tally.checkedAt === 0 ? {} : { refreshedAt: tally.checkedAt as Instant };
  return {
    total,
    ok: total - stopped - failing,
    stopped,
    failing,
    unreachable,
    reached,
    defects,
    failures,
    ...refreshedAt,
  };
}

function scan(sql: SqlStorage): Tally {
  const tally: Tally = { sources: new Map(), states: new Map(), checkedAt: 0 };
  for (const row of sql.exec<{ id: string; enabled: number }>('SELECT id, enabled FROM source'))
    tally.sources.set(row.id, row.enabled === 1);
  for (const row of sql.exec<{ id: string; state: string }>('SELECT source_id AS id, state FROM source_state')) {
    const state: SourceState = JSON.parse(row.state);
    tally.states.set(row.id, toTallied(state));
    if (tally.sources.has(row.id)) tally.checkedAt = Math.max(tally.checkedAt, state.lastCheckedAt ?? 0);
  }
  const { checked } = sql
    .exec<{ checked: number | null }>(`SELECT MAX(state ->> 'lastCheckedAt') AS checked FROM article_check`)
    .one();
  tally.checkedAt = Math.max(tally.checkedAt, checked ?? 0);
  return tally;
}

function toTallied(state: SourceState): TalliedState {
  const failure = state.lastFailure;
  return {
    isStopped: state.stopped,
    isFailing: state.consecutiveFailures > 0,
    isUnreachable: failure !== undefined && 'isUnreachable' in failure && (failure.isUnreachable ?? false),
    isReached: state.consecutiveFailures === 0 && state.lastCheckedAt !== undefined,
    ...(failure === undefined ? {} : { failure: failure.kind }),
    defects: state.defects.length,
  };
}
