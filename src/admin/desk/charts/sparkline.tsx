/**
 * Draws when the newest entries of a source came: a mark for each, the oldest at the start, now at the end.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import { tellWhen } from '../frame/relative-time.tsx';

const width = 144;
const height = 24;

/** The least time that is shown, so that a busy day does not look like a quiet month. Milliseconds. */
const leastMs = 7 * 24 * 60 * 60_000;

/** The drawing; nothing when no entry has a date. */
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
