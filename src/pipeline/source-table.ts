/**
 * Selects the sources that one page of the owner's list shows: filtered, sorted, and cut to the page.
 *
 * It works on one source after the other and keeps only sort keys, because ten thousand reports with their defects exceed one
 * message.
 */
import { type Check, readChecks } from '../domain/check-history.ts';
import { hourMs } from '../domain/duration.ts';
import type { Instant } from '../domain/instant.ts';
import { isAsked, type Source, type SourceId } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';
import type { NewsletterReport } from './mail/newsletter-mails.ts';
import type { Subscription } from './websub/subscription.ts';

/** A source with its polling state, and how many of its entries are shown. */
export interface SourceReport {
  readonly source: Source;
  readonly state: SourceState;
  readonly entries: number;
  /** Its subscription at a hub. */
  readonly subscription?: Subscription;
  /** Of a newsletter: its senders, and the mails that wait for the owner. */
  readonly newsletter?: NewsletterReport;
}

/** The conditions of a source, the most urgent first. */
const sourceConditions = ['gone', 'failing', 'new', 'faulty', 'well', 'paused', 'archive'] as const;

/** `faulty`: read, with defects that were repaired. `archive`: archived articles, never asked. */
export type SourceCondition = (typeof sourceConditions)[number];

/** Filters of the list. */
export const sourceFilters = ['all', 'trouble', 'faults', 'paused', 'feeds'] as const;
export type SourceFilter = (typeof sourceFilters)[number];

/** Sort orders of the list. */
export const sourceOrders = ['trouble', 'title', 'checked', 'next', 'entries', 'faults'] as const;
export type SourceOrder = (typeof sourceOrders)[number];

/** The question for one page of the list. */
export interface SourceQuestion {
  /** All of them must be found in title, address or tags. */
  readonly words: string;
  readonly filter: SourceFilter;
  readonly order: SourceOrder;
  readonly isReversed: boolean;
  /** How many sources to skip, and how many a page shows. */
  readonly from: number;
  readonly limit: number;
}

/** One page of the list. */
export interface SourceSelection {
  readonly ids: readonly SourceId[];
  /** How many match the question. */
  readonly found: number;
  /** The most urgent sources in trouble, whatever the question is, and how many there are. */
  readonly troubled: readonly SourceId[];
  readonly troubledCount: number;
  readonly total: number;
}

/** Sources in trouble that a page shows on top. */
const shownTroubled = 3;

/** Judges one source. */
export function conditionOf({ source, state }: Pick<SourceReport, 'source' | 'state'>): SourceCondition {
  if (source.kind === 'site') return 'archive';
  if (!source.enabled) return 'paused';
  if (state.stopped) return 'gone';
  if (state.consecutiveFailures > 0) return 'failing';
  if (state.lastOutcome === 'never') return 'new';
  return state.defects.length > 0 ? 'faulty' : 'well';
}

/** Selects one page. */
export function selectSources(reports: Iterable<SourceReport>, question: SourceQuestion): SourceSelection {
  const words = question.words.toLowerCase().split(/\s+/);
  const fitting: SortKeys[] = [];
  const troubled: SortKeys[] = [];
  let total = 0;
  for (const report of reports) {
    total += 1;
    const condition = conditionOf(report);
    const keys = toSortKeys(report, condition);
    if (condition === 'gone' || condition === 'failing') troubled.push(keys);
    if (isShown(report, condition, question.filter) && holds(report, words)) fitting.push(keys);
  }
  const direction = question.isReversed ? -1 : 1;
  fitting.sort((a, b) => direction * compare[question.order](a, b) || byTitle(a, b));
  troubled.sort((a, b) => compare.trouble(a, b) || byTitle(a, b));
  return {
    ids: fitting.slice(question.from, question.from + question.limit).map(({ id }) => id),
    found: fitting.length,
    troubled: troubled.slice(0, shownTroubled).map(({ id }) => id),
    troubledCount: troubled.length,
    total,
  };
}

/** Checks of one hour, by how they ended. */
export type HourOutcomes = Readonly<Record<Check['outcome'], number>>;

/** Hours that `countOutcomes` looks back. */
export const outcomeHours = 24;

/** How the checks of all sources ended, per hour, the oldest first; the last hour ends now. */
export function countOutcomes(reports: Iterable<SourceReport>, now: Instant): readonly HourOutcomes[] {
  const counted = Array.from({ length: outcomeHours }, () => ({ updated: 0, 'not-modified': 0, failed: 0 }));
  for (const { state } of reports) {
    if (state.lastCheckedAt === undefined || now - state.lastCheckedAt >= outcomeHours * hourMs) continue;
    for (const { at, outcome } of readChecks(state)) {
      const hour = counted[outcomeHours - 1 - Math.floor(Math.max(0, now - at) / hourMs)];
      if (hour !== undefined) hour[outcome] += 1;
    }
  }
  return counted;
}

interface SortKeys {
  readonly id: SourceId;
  readonly rank: number;
  readonly failures: number;
  readonly title: string;
  readonly checkedAt: number;
  readonly nextAt: number;
  readonly entries: number;
  readonly faults: number;
}

function toSortKeys({ source, state, entries }: SourceReport, condition: SourceCondition): SortKeys {
  const isAsked = condition !== 'archive' && condition !== 'paused' && condition !== 'gone';
  return {
    id: source.id,
    rank: sourceConditions.indexOf(condition),
    failures: state.consecutiveFailures,
    title: source.title,
    checkedAt: state.lastCheckedAt ?? 0,
    nextAt: isAsked ? state.nextCheckAt : Number.MAX_SAFE_INTEGER,
    entries,
    faults: state.defects.length,
  };
}

/** Compares numbers in titles by their value. */
const titles = new Intl.Collator('en', { numeric: true });

const byTitle = (a: SortKeys, b: SortKeys): number => titles.compare(a.title, b.title) || (a.id < b.id ? -1 : 1);

const compare: Readonly<Record<SourceOrder, (a: SortKeys, b: SortKeys) => number>> = {
  trouble: (a, b) => a.rank - b.rank || b.failures - a.failures,
  title: byTitle,
  checked: (a, b) => b.checkedAt - a.checkedAt,
  next: (a, b) => a.nextAt - b.nextAt,
  entries: (a, b) => b.entries - a.entries,
  faults: (a, b) => b.faults - a.faults,
};

function isShown({ source, state }: SourceReport, condition: SourceCondition, filter: SourceFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'trouble':
      return condition === 'gone' || condition === 'failing';
    case 'faults':
      return state.defects.length > 0;
    case 'paused':
      return condition === 'paused';
    case 'feeds':
      return isAsked(source);
  }
}

function holds({ source }: SourceReport, words: readonly string[]): boolean {
  const text = [source.title, source.url, ...source.tags.map(({ label }) => label)].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
