/**
 * How the checks of all sources ended in the last 24 hours, hour by hour.
 */
import { type Check, keptChecks, readChecks } from '../../../domain/check-history.ts';
import type { Instant } from '../../../domain/instant.ts';
import { html, type Markup } from '../../../page/html.ts';
import { count, group } from '../../../page/plural.ts';
import type { SourceReport } from '../../../pipeline/archive-owner.ts';
import { renderFigures } from './chart-table.ts';
import { drawColumns, renderLegend } from './column-chart.ts';

const hours = 24;
const hourMs = 3_600_000;
const space = { above: 40, below: 14, step: 13 };
const heads = ['Hour', 'Read', 'Not modified', 'Failed'];

type Outcomes = Readonly<Record<Check['outcome'], number>>;

/** The section; nothing when nothing was asked within a day. */
export function renderOutcomes(reports: readonly SourceReport[], now: Instant): Markup | undefined {
  const counted = countOutcomes(reports, now);
  const sum = (outcome: Check['outcome']): number => counted.reduce((total, hour) => total + hour[outcome], 0);
  const [read, same, failed] = [sum('updated'), sum('not-modified'), sum('failed')];
  if (read + same + failed === 0) return undefined;
  const most = counted.reduce((found, hour) => Math.max(found, hour.updated + hour['not-modified'], hour.failed), 1);
  const heightOf = (amount: number, room: number): number =>
    amount === 0 ? 0 : Math.max(3, Math.floor((amount / most) * room));
  const columns = counted.map((hour) => ({
    same: heightOf(hour['not-modified'], space.above - 3),
    read: heightOf(hour.updated, space.above - 3),
    failed: heightOf(hour.failed, space.below),
  }));
  const title = `${count(read + same + failed, 'check')} in the last ${hours} hours: ${group(read)} read, ${group(same)} not modified, ${group(failed)} failed`;
  const figures = { label: 'Checks by hour', heads, rows: toRows(counted), numbersFrom: 1 };
  const note = `Of each source the last ${keptChecks} checks are known.`;
  return html`<section class="outcomes" aria-label="Checks of the last ${hours} hours">${drawColumns(title, columns, hours, space)}${renderLegend()}${renderFigures(figures, title, note)}</section>`;
}

/** Per hour, the oldest first; the last ends now. A source asked more often than hourly does not remember them all. */
function countOutcomes(reports: readonly SourceReport[], now: Instant): readonly Outcomes[] {
  const counted = Array.from({ length: hours }, () => ({ updated: 0, 'not-modified': 0, failed: 0 }));
  for (const { state } of reports) {
    if (state.lastCheckedAt === undefined || now - state.lastCheckedAt >= hours * hourMs) continue;
    for (const { at, outcome } of readChecks(state)) {
      const hour = counted[hours - 1 - Math.floor(Math.max(0, now - at) / hourMs)];
      if (hour !== undefined) hour[outcome] += 1;
    }
  }
  return counted;
}

/** Newest first; hours in which nothing was asked are left out. */
function toRows(counted: readonly Outcomes[]): readonly (readonly string[])[] {
  return counted.toReversed().flatMap((hour, back) => {
    const figures = [hour.updated, hour['not-modified'], hour.failed];
    const name = back === 0 ? 'the last hour' : `${count(back, 'hour')} ago`;
    return figures.every((figure) => figure === 0) ? [] : [[name, ...figures.map(group)]];
  });
}
