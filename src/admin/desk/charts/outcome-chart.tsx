/**
 * Draws how the checks of all sources ended in the last 24 hours, hour by hour.
 */
import { type Check, keptChecks } from '../../../domain/check-history.ts';
import type { Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import { type HourOutcomes, outcomeHours } from '../../../pipeline/source-table.ts';
import { ChartTable } from './chart-table.tsx';
import { ColumnChart, ColumnLegend } from './column-chart.tsx';

const space = { above: 40, below: 14, step: 13 };
const heads = ['Hour', 'Read', 'Not modified', 'Failed'];

/** The section; nothing when no source was asked within a day. `hours` are the oldest first. */
export function OutcomeChart({ hours }: { readonly hours: readonly HourOutcomes[] }): Markup {
  const sum = (outcome: Check['outcome']): number => hours.reduce((total, hour) => total + hour[outcome], 0);
  const [read, same, failed] = [sum('updated'), sum('not-modified'), sum('failed')];
  if (read + same + failed === 0) return <></>;
  const most = hours.reduce((found, hour) => Math.max(found, hour.updated + hour['not-modified'], hour.failed), 1);
  const heightOf = (amount: number, room: number): number =>
    amount === 0 ? 0 : Math.max(3, Math.floor((amount / most) * room));
  const columns = hours.map((hour) => ({
    same: heightOf(hour['not-modified'], space.above - 3),
    read: heightOf(hour.updated, space.above - 3),
    failed: heightOf(hour.failed, space.below),
  }));
  const title = `${count(read + same + failed, 'check')} in the last ${outcomeHours} hours: ${group(read)} read, ${group(same)} not modified, ${group(failed)} failed`;
  return (
    <section class="outcomes" aria-label={`Checks of the last ${outcomeHours} hours`}>
      <ColumnChart title={title} columns={columns} slots={outcomeHours} space={space} />
      <ColumnLegend />
      <ChartTable
        numbers={{ label: 'Checks by hour', heads, rows: toRows(hours), numbersFrom: 1 }}
        summary={title}
        note={`Of each source the last ${keptChecks} checks are known.`}
      />
    </section>
  );
}

/** Newest first; hours without a check are left out. */
function toRows(hours: readonly HourOutcomes[]): readonly (readonly string[])[] {
  return hours.toReversed().flatMap((hour, back) => {
    const figures = [hour.updated, hour['not-modified'], hour.failed];
    const name = back === 0 ? 'the last hour' : `${count(back, 'hour')} ago`;
    return figures.every((figure) => figure === 0) ? [] : [[name, ...figures.map(group)]];
  });
}
