/**
 * Draws charts of bars. Each says in words what it shows and, where there is room, has the table of its numbers.
 */

import type { Markup } from '../../../page/markup.ts';
import { capitalised, count, group } from '../../../page/plural.ts';
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

interface BarsProps extends Series {
  /** A class of the stylesheet. */
  readonly size: 'chart' | 'spark';
  /** The name of each bar; without names, the bars show no value. */
  readonly names?: readonly string[];
}

/** The bars of one series. */
export function Bars({ label, counts, size, names }: BarsProps): Markup {
  const most = Math.max(1, ...counts);
  const width = counts.length * step - (step - barWidth);
  return (
    <svg class={size} viewBox={`0 0 ${width} ${height + 2}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="base" x="0" y={height} width={width} height="1.5" />
      {counts.map((amount, position) => {
        // Even one entry among thousands gets a visible bar.
        const size = amount === 0 ? 0 : Math.max(2, Math.round((amount / most) * height));
        const bar = <rect x={position * step} y={height - size} width={barWidth} height={size} rx="1" />;
        if (names === undefined) return amount > 0 && bar;
        return (
          <g>
            <title>
              {names[position]}: {amount}
            </title>
            {bar}
          </g>
        );
      })}
    </svg>
  );
}

interface ChartProps {
  readonly scale: ActivityScale;
  readonly counts: readonly number[];
}

/** A chart with its axes and the table of its numbers. The script shows the value of the bar under the pointer. */
export function Chart({ scale, counts }: ChartProps): Markup {
  const total = counts.reduce((sum, amount) => sum + amount, 0);
  const names = counts.map((_, position) => partName(scale, position));
  const [first = '', last = ''] = [names[0], names.at(-1)];
  const label = `Entries per ${scale.unit}: ${count(total, 'entry', 'entries')} from ${first} to ${last}`;
  return (
    <div class="plot">
      <p class="axis">
        <span>
          {group(Math.max(0, ...counts))} a {scale.unit} at most
        </span>
        <output class="value" />
      </p>
      <Bars label={label} counts={counts} size="chart" names={names} />
      <p class="axis" aria-hidden="true">
        <span>{first}</span>
        <span>{last}</span>
      </p>
      <Figures scale={scale} series={[{ label: 'Entries', counts }]} />
    </div>
  );
}

/** The numbers of charts that share a scale; newest first, empty parts left out. */
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
