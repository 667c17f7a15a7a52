/**
 * The archive by month (RFC 5005 section 4): which entries each month's document holds, and when it holds them for good.
 *
 * An entry is filed under the month it is ordered by. Once anybody has read an archive document, the months before the
 * current one are closed: what arrives for them later is filed under the current month, so that no document that somebody
 * may have kept changes, and no walker misses an entry (docs/adr/0008).
 */
import { digest } from '../../domain/digest.ts';
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Month, monthOf, shiftMonth } from '../../domain/month.ts';
import type { FeedFormat } from '../../domain/view.ts';
import { renderEntry } from '../../feed/render/entry.ts';
import type { ArchiveMonth } from '../../pipeline/ports.ts';
import type { Cursor } from '../../query/query.ts';
import { joinFragments } from '../../window/join-fragments.ts';
import type { SelectedEntry } from '../../window/selection.ts';
import { type EntryPlace, placesOfMonth, readEntry } from './answers/queries.ts';
import { listOrigins } from './sources.ts';
import { type ArchiveState, readMeta, writeMeta } from './state.ts';

/** Bounds of one document; a month with more continues in further ones. */
const maxEntries = 500;
const maxBytes = 8 * 1024 * 1024;

/** The month a new entry is filed under. */
export function filingMonth(sql: SqlStorage, sortAt: Instant, now: Instant): Month {
  const [month, current] = [monthOf(sortAt), monthOf(now)];
  return month > current || month <= (readMeta(sql, 'closed_month') ?? '') ? current : month;
}

/**
 * One document of a month, after the place `before`; `undefined` for months to come and months before the first entry.
 * Closes all months that are over.
 */
export function readMonth(
  archive: ArchiveState,
  month: Month,
  before: Cursor | undefined,
  format: FeedFormat,
  now: Instant,
): ArchiveMonth | undefined {
  const { sql } = archive;
  const current = monthOf(now);
  const places = placesOfMonth(sql, month, before, maxEntries + 1);
  const previous = monthBefore(sql, month);
  if (month > current || (places.length === 0 && previous === undefined)) return undefined;
  closeMonths(sql, shiftMonth(current, -1));
  const { entries, fragments } = renderWithin(archive, places.slice(0, maxEntries), format);
  const last = entries.at(-1);
  const rest = last !== undefined && entries.length < places.length ? { sortAt: last.sortAt, id: last.id } : undefined;
  const next = shiftMonth(month, 1);
  // A month that continues has its oldest document elsewhere: no single one is next to this.
  const hasNext =
    month < current && before === undefined && placesOfMonth(sql, next, undefined, maxEntries + 1).length <= maxEntries;
  return {
    entries,
    ...joinFragments(fragments),
    isClosed: month < current,
    ...(rest === undefined ? {} : { rest }),
    ...(previous === undefined ? {} : { previous }),
    ...(hasNext ? { next } : {}),
  };
}

function closeMonths(sql: SqlStorage, until: Month): void {
  if (until > (readMeta(sql, 'closed_month') ?? '')) writeMeta(sql, 'closed_month', until);
}

function monthBefore(sql: SqlStorage, month: Month): Month | undefined {
  const row = sql
    .exec<{ month: string | null }>(
      'SELECT MAX(archive_month) AS month FROM entry WHERE retired_at IS NULL AND archive_month < ?',
      month,
    )
    .one();
  return row.month === null ? undefined : (row.month as Month);
}

const encoder = new TextEncoder();

/** Rendered for this document alone: old entries do not crowd out what the window keeps rendered. */
function renderWithin(
  { sql }: ArchiveState,
  places: readonly EntryPlace[],
  format: FeedFormat,
): { readonly entries: readonly SelectedEntry[]; readonly fragments: readonly Uint8Array[] } {
  const origins = listOrigins(sql);
  const entries: SelectedEntry[] = [];
  const fragments: Uint8Array[] = [];
  let bytes = 0;
  for (const { rowid, id } of places) {
    const entry = readEntry(sql, rowid, origins);
    if (entry === undefined) continue;
    const text = renderEntry(format, entry, 'full');
    const fragment = encoder.encode(text);
    bytes += fragment.length;
    if (bytes > maxBytes && entries.length > 0) break;
    const { sortAt, modified, sequence } = entry;
    entries.push({ id: id as EntryId, sortAt, modified, sequence, digest: digest(text).slice(0, 12) });
    fragments.push(fragment);
  }
  return { entries, fragments };
}
