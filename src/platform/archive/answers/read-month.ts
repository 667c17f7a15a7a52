/**
 * Reads one archive document of a month (RFC 5005 section 4). `ground/months.ts` decides which entries a month has.
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Month, monthOf, shiftMonth } from '../../../domain/month.ts';
import type { FeedFormat } from '../../../domain/view.ts';
import { renderEntry } from '../../../feed/render/render-entry.ts';
import type { ArchiveMonth } from '../../../pipeline/ports.ts';
import type { Cursor } from '../../../query/language/query.ts';
import { joinFragments } from '../../../window/join-fragments.ts';
import type { SelectedEntry } from '../../../window/selection.ts';
import { type EntryPlace, placesOfMonth, readEntry } from '../entries/read-entries.ts';
import { closeMonths, monthBefore } from '../ground/months.ts';
import { type ArchiveState, readEpoch } from '../ground/state.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { toSelected } from './fragments.ts';

/** Bounds of one document; a month with more continues in further ones. */
const maxEntries = 500;
const maxBytes = 8 * 1024 * 1024;

/**
 * One document of a month, after the place `before`; `undefined` for future months and months before the first entry.
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
  // The oldest document of a month with several is not this one, so no document is next to it.
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

const encoder = new TextEncoder();

/** Renders entries until the document is full. */
function renderWithin(
  archive: ArchiveState,
  places: readonly EntryPlace[],
  format: FeedFormat,
): { readonly entries: readonly SelectedEntry[]; readonly fragments: readonly Uint8Array[] } {
  const { sql } = archive;
  const origins = listOrigins(sql);
  const epoch = readEpoch(archive);
  const entries: SelectedEntry[] = [];
  const fragments: Uint8Array[] = [];
  let bytes = 0;
  for (const { rowid } of places) {
    const entry = readEntry(sql, rowid, origins);
    if (entry === undefined) continue;
    const fragment = encoder.encode(renderEntry(format, entry, 'full'));
    bytes += fragment.length;
    if (bytes > maxBytes && entries.length > 0) break;
    entries.push(toSelected(entry, epoch));
    fragments.push(fragment);
  }
  return { entries, fragments };
}
