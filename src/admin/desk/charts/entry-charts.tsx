/**
 * Draws when entries of a source came: how many on each of the last 30 days, and a mark for each of the newest.
 */
import { dayMs } from '../../../domain/duration.ts';
import { type Instant, renderDay } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import { chartedDays } from '../../../pipeline/archive-owner.ts';
import { tellWhen } from '../frame/relative-time.tsx';
import { ChartTable } from './chart-table.tsx';
import { ColumnChart } from './column-chart.tsx';

const space = { above: 48, below: 0, step: 12 };

/** The section; nothing when no entry came in this time. `days` are the oldest first. */
export function MonthChart({ days, now }: { readonly days: readonly number[]; readonly now: Instant }): Markup {
  const sum = days.reduce((total, amount) => total + amount, 0);
  if (sum === 0) return <></>;
  const most = Math.max(...days);
  const columns = days.map((amount) => ({
    same: 0,
    failed: 0,
    read: amount === 0 ? 0 : Math.max(3, Math.round((amount / most) * space.above)),
  }));
  const title = `${count(sum, 'entry', 'entries')} in the last ${chartedDays} days, at most ${group(most)} a day`;
  const rows = days
    .map((amount, at) => [renderDay((now - (days.length - 1 - at) * dayMs) as Instant), group(amount)] as const)
    .filter((_, at) => days[at] !== 0)
    .toReversed();
  return (
    <section class="outcomes" aria-label="Entries of the last month">
      <ColumnChart title={title} columns={columns} slots={chartedDays} space={space} />
      <ChartTable
        numbers={{ label: 'Entries by day', heads: ['Day', 'Entries'], rows, numbersFrom: 1 }}
        summary={title}
      />
    </section>
  );
}

const width = 144;
const height = 24;

/** The least time that is shown, so that a busy day does not look like a quiet month. Milliseconds. */
const leastMs = 7 * 24 * 60 * 60_000;

/** A mark for each entry, the oldest at the left end, now at the right. Empty when no entry has a date. */
export function Sparkline({ entries, now }: { readonly entries: readonly Instant[]; readonly now: Instant }): Markup {
  const shown = entries.filter((at) => at <= now).sort((a, b) => a - b);
  const [oldest] = shown;
  const newest = shown.at(-1);
  if (oldest === undefined || newest === undefined) return <></>;
  const from = Math.min(oldest, now - leastMs);
  const label = `${count(shown.length, 'newest entry', 'newest entries')}: the first ${tellWhen(oldest, now)}, the last ${tellWhen(newest, now)}`;
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="base" x="0" y={height - 1.5} width={width} height="1.5" />
      {shown.map((at) => (
        <rect x={Math.round(((at - from) / (now - from)) * (width - 3))} y="3" width="3" height={height - 4} rx="1" />
      ))}
    </svg>
  );
}
