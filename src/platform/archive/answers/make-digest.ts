/**
 * Makes the digest of a period: the number of entries that the view selected, and a short form of the newest.
 */
import type { RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Period } from '../../../domain/period.ts';
import type { DigestItem } from '../../../domain/period-digest.ts';
import type { Query } from '../../../query/language/query.ts';
import { readEntries } from '../entries/read-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { KeptDigest } from '../rows/digest-rows.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { membersOf } from './digest-members.ts';

/** Entries that are counted; beyond that a digest says "more than". */
const mostCounted = 10_000;

/** Most entries that a digest lists: the page of its period has the rest. */
const mostItems = 100;
const mostBytes = 48 * 1024;

/** Longer titles and summaries are cut. Characters. */
const longestTitle = 300;
const longestSummary = 240;

const encoder = new TextEncoder();

/** Makes a digest. */
export function makeDigest(archive: ArchiveState, query: Query, period: Period, now: Instant): KeptDigest {
  const { members, isMore } = membersOf(archive, query, period, mostCounted, now);
  const rowids = members.slice(0, mostItems).map(({ rowid }) => rowid);
  const read = readEntries(archive.sql, rowids, listOrigins(archive.sql), { hasContent: false });
  const items: DigestItem[] = [];
  let bytes = 0;
  for (const { entry } of rowids.flatMap((rowid) => read.get(rowid) ?? [])) {
    const item = toItem(entry);
    bytes += encoder.encode(JSON.stringify(item)).length;
    if (bytes > mostBytes && items.length > 0) break;
    items.push(item);
  }
  return { count: members.length, isMore, items };
}

function toItem({ id, title, origin, url, externalUrl, summary, language }: RecordedEntry<SafeHtml>): DigestItem {
  const link = url ?? externalUrl;
  return {
    id,
    title: shorten(title, longestTitle),
    source: shorten(origin.title, longestTitle),
    ...(link === undefined ? {} : { url: link }),
    summary: shorten(summary, longestSummary),
    ...(language === undefined ? {} : { language }),
  };
}

/** The first words of a text on one line. */
function shorten(text: string, longest: number): string {
  const line = text
    .slice(0, longest * 4)
    .replace(/\s+/gu, ' ')
    .trim();
  if (line.length <= longest) return line;
  const head = line.slice(0, longest);
  const space = head.lastIndexOf(' ');
  const words = (space > longest / 2 ? head.slice(0, space) : head).replace(/[\s,;:–—-]+$/u, '');
  return `${/[\ud800-\udbff]$/.test(words) ? words.slice(0, -1) : words}…`;
}
