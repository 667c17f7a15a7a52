/**
 * Draws outcomes as columns: read checks stand on the line above unchanged ones; failed ones hang below the line as a
 * wedge, so that place and shape differ, not only colour.
 */
import type { Markup } from '../../../page/markup.ts';

/** Heights of one column's parts. Unit: CSS pixels, whole. */
export interface Column {
  readonly same: number;
  readonly read: number;
  readonly failed: number;
}

/** The space of a drawing. Unit: CSS pixels. */
export interface ColumnSpace {
  /** Above the line, and below it. */
  readonly above: number;
  readonly below: number;
  /** From one column to the next, the gap of one pixel included. */
  readonly step: number;
}

/**
 * The columns from left to right; when there are fewer than `slots`, the left ones are empty. `title` describes the
 * drawing.
 */
export function ColumnChart({
  title,
  columns,
  slots,
  space: { above, below, step },
}: {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly slots: number;
  readonly space: ColumnSpace;
}): Markup {
  const width = slots * step;
  const bar = step - 1;
  const paths = { same: '', read: '', failed: '' };
  for (const [position, { same, read, failed }] of columns.entries()) {
    const x = (slots - columns.length + position) * step;
    if (same > 0) paths.same += `M${x} ${above - same}h${bar}v${same}h-${bar}z`;
    if (read > 0) paths.read += `M${x} ${above - same - read}h${bar}v${read}h-${bar}z`;
    if (failed > 0) paths.failed += `M${x} ${above + 2}h${bar}l-${bar / 2} ${failed}z`;
  }
  const height = above + 2 + below;
  return (
    <svg class="columns" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img">
      <title>{title}</title>
      <path class="base" d={`M0 ${above}h${width}v1H0z`} />
      {Object.entries(paths).map(([name, path]) => path !== '' && <path class={name} d={path} />)}
    </svg>
  );
}

/** The legend. */
export function ColumnLegend(): Markup {
  return (
    <p class="legend" aria-hidden="true">
      <span class="read">Read</span>
      <span class="same">Not modified</span>
      <span class="failed">Failed</span>
    </p>
  );
}
