/**
 * Charts as drawings of bars, each with what it shows as words and, where there is room, as a table.
 */

import { attribute, html, type Markup } from '../../../page/html.ts';
import { count } from '../../../page/plural.ts';
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

/** The bars of one series; `className` gives the size. */
export function renderBars({ label, counts }: Series, className: 'chart' | 'spark'): Markup {
  const most = Math.max(1, ...counts);
  const bars = counts.map((amount, position) => {
    // Even one entry among thousands is seen.
    const size = amount === 0 ? 0 : Math.max(2, Math.round((amount / most) * height));
    return html`<rect x="${position * step}" y="${height - size}" width="${barWidth}" height="${size}" rx="1"/>`;
  });
  const width = counts.length * step - (step - barWidth);
  return html`<svg class="${className}" viewBox="0 0 ${width} ${height + 2}" preserveAspectRatio="none" role="img" aria-label="${label}"><rect class="base" x="0" y="${height}" width="${width}" height="1.5"/>${bars.filter((_, position) => counts[position] !== 0)}</svg>`;
}

/** A chart with its axis and, behind it, the table of its numbers. */
export function renderChart(scale: ActivityScale, counts: readonly number[]): Markup {
  const total = counts.reduce((sum, amount) => sum + amount, 0);
  const label = `Entries per ${scale.unit}: ${count(total, 'entry', 'entries')} from ${partName(scale, 0)} to ${partName(scale, counts.length - 1)}`;
  return html`${renderBars({ label, counts }, 'chart')}<p class="axis" aria-hidden="true"><span>${partName(scale, 0)}</span><span>${partName(scale, counts.length - 1)}</span></p>${renderFigures(scale, [{ label: 'Entries', counts }])}`;
}

/** The numbers behind charts that share a scale; newest first, parts in which nothing came left out. */
export function renderFigures(scale: ActivityScale, series: readonly Series[]): Markup {
  const rows = Array.from({ length: scale.length }, (_, back) => scale.length - 1 - back)
    .filter((position) => series.some(({ counts }) => counts[position] !== 0))
    .map(
      (position) =>
        html`<tr><th scope="row">${partName(scale, position)}</th>${series.map(({ counts }) => html`<td class="number">${counts[position] ?? 0}</td>`)}</tr>`,
    );
  const heads = series.map(
    ({ label }) => html`<th scope="col" class="number"${attribute('dir', 'auto')}>${label}</th>`,
  );
  return html`<details class="figures"><summary>The numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="Entries per ${scale.unit}"><table><thead><tr><th scope="col">${scale.unit === 'week' ? 'Week of' : capitalised(scale.unit)}</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
