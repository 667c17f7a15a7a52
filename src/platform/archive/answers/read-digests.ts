/**
 * Answers a view as digests: one for each day or week that is over, newest first.
 *
 * A digest is made when it is first asked for, and kept (`rows/digest-rows.ts`). An entry belongs to the period of its
 * date; a late entry belongs to the period in which it came (`ground/late-entries.ts`).
 */

import type { Instant } from '../../../domain/instant.ts';
import { type Period, periodOf } from '../../../domain/period.ts';
import { type PeriodDigest, toDigestId } from '../../../domain/period-digest.ts';
import type { DigestAnswer, DigestQuestion } from '../../../pipeline/digest-question.ts';
import { boundAt, type Cursor, type Query } from '../../../query/language/query.ts';
import { closeDigests } from '../ground/late-entries.ts';
import { readSequence } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import {
  findDigest,
  keepDigest,
  lastDigestBefore,
  noteKeptDigests,
  roomForDigests,
  visibleItems,
} from '../rows/digest-rows.ts';
import { newestOf } from './digest-members.ts';
import { makeDigest } from './make-digest.ts';

/** Digests of one answer: at 48 KB each (`make-digest.ts`). */
const mostDigests = 31;

/** Entries that one answer looks at to make digests; the next page continues. */
const mostCounted = 30_000;

/** Periods that one answer looks at: some may have nothing to show. */
const mostPeriods = 200;

/** Answers a question; closes all periods that are over. */
export function readDigests(archive: ArchiveState, question: DigestQuestion, now: Instant): DigestAnswer {
  const { sql } = archive;
  const { name, kind, zone, query } = question;
  const selected = toSelected(query);
  const limit = Math.min(query.limit, mostDigests);
  const oldest = query.since === undefined ? Number.NEGATIVE_INFINITY : boundAt(query.since, now);
  const current = periodOf(now, kind, zone);
  closeDigests(sql, current.start);
  const digests: PeriodDigest[] = [];
  let counted = 0;
  const room = roomForDigests(sql, now);
  let added = 0;
  let upper = firstUpper(question, current, now);
  let last: Period | undefined;
  let next: Cursor | undefined;
  for (let periods = 0; ; periods += 1) {
    const { at, isCut } = newestBefore(archive, name, selected, upper, now);
    if (at === undefined) break;
    const period = periodOf(at, kind, zone);
    if (period.end <= oldest) break;
    if (isCut || digests.length >= limit || counted >= mostCounted || periods >= mostPeriods) {
      const { end, start } = isCut || last === undefined ? period : last;
      next = { sortAt: end, id: toDigestId(name, start) };
      break;
    }
    const held = findDigest(sql, name, period.start);
    const kept = held ?? makeDigest(archive, selected, period, now);
    if (held === undefined) {
      if (added < room) {
        keepDigest(sql, name, period.start, kept);
        added += 1;
      }
      counted += kept.count;
    }
    const items = visibleItems(sql, kept.items, query.withPrivate === true);
    if (items.length > 0) digests.push({ id: toDigestId(name, period.start), period, ...kept, items });
    upper = period.start;
    last = period;
  }
  if (added > 0) noteKeptDigests(sql, added, now);
  const totals = archive.totals.snapshot(readSequence(sql));
  return { digests, endsAt: current.end, ...(next === undefined ? {} : { next }), totals };
}

/** The query without its period: bounds of time and pages choose the periods. */
function toSelected(query: Query): Query {
  const { since: _, until: __, before: ___, digest: ____, zone: _____, isOwn: ______, ...selected } = query;
  return selected;
}

/**
 * The first bound of the answer: periods from this instant on are not over, are newer than the page, or begin after
 * `until`.
 */
function firstUpper({ kind, zone, query }: DigestQuestion, current: Period, now: Instant): Instant {
  const { before, until } = query;
  const uppers: number[] = [current.start];
  if (before !== undefined) uppers.push(periodOf((before.sortAt - 1) as Instant, kind, zone).start);
  if (until !== undefined) {
    const at = boundAt(until, now);
    if (at < current.start) uppers.push(periodOf(at as Instant, kind, zone).end);
  }
  return Math.min(...uppers) as Instant;
}

/** The newest instant before `upper` that has an entry. `isCut`: the search stopped there without finding one. */
function newestBefore(
  archive: ArchiveState,
  name: string,
  query: Query,
  upper: Instant,
  now: Instant,
): { readonly at?: Instant; readonly isCut: boolean } {
  const made = lastDigestBefore(archive.sql, name, upper);
  const { at: found, horizon } = newestOf(archive, query, upper, now);
  const at = Math.max(made ?? Number.NEGATIVE_INFINITY, found ?? Number.NEGATIVE_INFINITY);
  if (at > (horizon ?? Number.NEGATIVE_INFINITY)) return { at: at as Instant, isCut: false };
  return horizon === undefined ? { isCut: false } : { at: horizon, isCut: true };
}
