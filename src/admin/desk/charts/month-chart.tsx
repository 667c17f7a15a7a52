/**
 * Draws how many entries of a source came on each of the last 30 days.
 */
import type { Instant } from '../../../domain/instant.ts';
import { renderDay } from '../../../feed/render/day.ts';
import type { Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import { chartedDays } from '../../../pipeline/archive-owner.ts';
import { ChartTable } from './chart-table.tsx';
import { ColumnChart } from './column-chart.tsx';

const dayMs = 24 * 3_600_000;
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
