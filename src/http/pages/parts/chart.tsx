/**
 * Charts: a drawing of bars that says in words what it shows and, where there is room, the table of its numbers.
 */

import type { Markup } from '../../../page/markup.ts';
import { capitalised, count } from '../../../page/plural.ts';
import { type ActivityScale, partName } from './activity.ts';

/** Units of a drawing: a bar with the gap after it, and the height of the highest bar. */
const step = 10;
const barWidth = 7;
const height = 40;

/** A named row of counts over one scale. */
export interface Series {
  readonly label: string;
  readonly counts: readonly number[];
}

/** The bars of one series; `size` is a class of the stylesheet. */
export function Bars({ label, counts, size }: Series & { readonly size: 'chart' | 'spark' }): Markup {
  const most = Math.max(1, ...counts);
  const width = counts.length * step - (step - barWidth);
  return (
    <svg class={size} viewBox={`0 0 ${width} ${height + 2}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="base" x="0" y={height} width={width} height="1.5"></rect>
      {counts.map((amount, position) => {
        if (amount === 0) return undefined;
        // Even one entry among thousands is seen.
        const size = Math.max(2, Math.round((amount / most) * height));
        return <rect x={position * step} y={height - size} width={barWidth} height={size} rx="1"></rect>;
      })}
    </svg>
  );
}

interface ChartProps {
  readonly scale: ActivityScale;
  readonly counts: readonly number[];
}

/** A chart with its axis and, behind it, the table of its numbers. */
export function Chart({ scale, counts }: ChartProps): Markup {
  const total = counts.reduce((sum, amount) => sum + amount, 0);
  const [first, last] = [partName(scale, 0), partName(scale, counts.length - 1)];
  const label = `Entries per ${scale.unit}: ${count(total, 'entry', 'entries')} from ${first} to ${last}`;
  return (
    <>
      <Bars label={label} counts={counts} size="chart" />
      <p class="axis" aria-hidden="true">
        <span>{first}</span>
        <span>{last}</span>
      </p>
      <Figures scale={scale} series={[{ label: 'Entries', counts }]} />
    </>
  );
}

/** The numbers behind charts that share a scale; newest first, parts in which nothing came left out. */
export function Figures({
  scale,
  series,
}: {
  readonly scale: ActivityScale;
  readonly series: readonly Series[];
}): Markup {
  const positions = Array.from({ length: scale.length }, (_, back) => scale.length - 1 - back).filter((position) =>
    series.some(({ counts }) => counts[position] !== 0),
  );
  return (
    <details class="figures">
      <summary>The numbers</summary>
      <div class="scroll" tabindex="0" role="region" aria-label={`Entries per ${scale.unit}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{scale.unit === 'week' ? 'Week of' : capitalised(scale.unit)}</th>
              {series.map(({ label }) => (
                <th scope="col" class="number" dir="auto">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {positions.map((position) => (
              <tr>
                <th scope="row">{partName(scale, position)}</th>
                {series.map(({ counts }) => (
                  <td class="number">{counts[position] ?? 0}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
