/**
 * A look at some entries of the archive: how common trigrams are, and where every so many entries end.
 *
 * Both only bound what a search costs, so they may be a little old. Made by the first search after the Archive woke (about
 * 0.3 ms for each sampled entry), and again when the archive has grown or shrunk by a quarter.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { isShort } from '../../../query/language/grams.ts';
import { membersOf } from '../../../query/language/groups.ts';
import { boundAt, type Cursor, type Query, type TextTerm } from '../../../query/language/query.ts';
import { compareNewestFirst } from '../../../query/match/compare.ts';
import { matchesText } from '../../../query/match/text-matches.ts';
import { createShares, type ShareOf } from '../../../query/sql/gram-shares.ts';
import { readEntries, toWhole } from '../rows/read-entries.ts';
import { toSearchedText } from '../rows/searched-text.ts';

/** What is known of the archive at large. */
export interface SearchSample {
  readonly shareOf: ShareOf;
  /** The share of entries that the text of a query finds; 0 when none of the sample is found, or to tell would cost too much. */
  readonly foundBy: (query: Query) => number;
  /** The place that about so many entries, from the newest in question on, reach to; `undefined` when they are all. */
  readonly placeAfter: (query: Query, now: Instant, entries: number) => Cursor | undefined;
}

/** A place is kept for each so many entries, and the last of them is as far as a bound may be off. */
const entriesApart = 256;

/** Entries whose text is looked at. */
const sampledEntries = 64;

/** Returns the sample, which is made when it is asked for first. `countEntries` says how many are visible. */
export function createSearchSample(sql: SqlStorage, countEntries: () => number): () => SearchSample {
  let made: { readonly entries: number; readonly sample: SearchSample } | undefined;
  return () => {
    const entries = countEntries();
    const isStale = made === undefined || Math.abs(entries - made.entries) > made.entries / 4;
    if (made === undefined || isStale) made = { entries, sample: takeSample(sql) };
    return made.sample;
  };
}

interface Milestone extends Cursor {
  readonly rowid: number;
}

function takeSample(sql: SqlStorage): SearchSample {
  const milestones = readMilestones(sql);
  const apart = Math.max(1, Math.floor(milestones.length / sampledEntries));
  const sampled = milestones.filter((_, at) => at % apart === 0).map(({ rowid }) => rowid);
  const texts = [...readEntries(sql, sampled, new Map()).values()].map((held) => toSearchedText(toWhole(held)));
  return {
    shareOf: createShares(texts),
    foundBy: ({ text = [] }) => {
      const terms = text.flatMap(membersOf<TextTerm>);
      // The grams of a text cost a hundred times what looking for a word in it does.
      if (terms.some((term) => isShort(term.text))) return 0;
      return texts.filter((searched) => matchesText(text, searched)).length / Math.max(1, texts.length);
    },
    placeAfter: ({ before, since, until }, now, entries) => {
      const newest =
        until === undefined ? undefined : milestones.findIndex(({ sortAt }) => sortAt <= boundAt(until, now));
      const after = before === undefined ? 0 : milestones.findIndex((place) => compareNewestFirst(before, place) < 0);
      if (newest === -1 || after === -1) return undefined;
      const place = milestones[Math.max(newest ?? 0, after) + Math.ceil(entries / entriesApart)];
      const isBeyond = place === undefined || (since !== undefined && place.sortAt < boundAt(since, now));
      return isBeyond ? undefined : { sortAt: place.sortAt, id: place.id };
    },
  };
}

/** Each 256th entry, newest first. */
function readMilestones(sql: SqlStorage): readonly Milestone[] {
  const rows = sql.exec<{ rowid: number; sort_at: number; id: string }>(
    `SELECT rowid, sort_at, id FROM (
      SELECT rowid, sort_at, id, ROW_NUMBER() OVER (ORDER BY sort_at DESC, id DESC) AS position
      FROM entry INDEXED BY entry_by_order WHERE retired_at IS NULL
    ) WHERE position % ? = 1`,
    entriesApart,
  );
  return [...rows].map(({ rowid, sort_at, id }) => ({ rowid, sortAt: sort_at as Instant, id: id as EntryId }));
}
