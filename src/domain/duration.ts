/**
 * Defines the units of time, and writes durations for people.
 */

/** One minute in milliseconds. */
export const minuteMs = 60_000;

/** One hour in milliseconds. */
export const hourMs = 60 * minuteMs;

/** One day in milliseconds. */
export const dayMs = 24 * hourMs;

/** Writes a duration in the largest unit that gives at least two (or exactly one), e.g. `90 minutes`, `1 day`, `36 hours`. */
export function describeDuration(ms: number): string {
  for (const [unitMs, unit] of [
    [dayMs, 'day'],
    [hourMs, 'hour'],
    [minuteMs, 'minute'],
  ] as const) {
    if (ms === unitMs) return `1 ${unit}`;
    if (ms >= 2 * unitMs) return `${Math.round(ms / unitMs)} ${unit}s`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
