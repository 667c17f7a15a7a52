/**
 * Defines a moment in time, as whole milliseconds since 1970-01-01T00:00:00Z.
 *
 * Only moments of the years 1000 to 9999 exist here: those are the ones every output format can write.
 */
declare const instant: unique symbol;

/** Epoch milliseconds, an integer that RFC 3339 and RFC 822 can both express. */
export type Instant = number & { readonly [instant]: true };

const earliestMs = Date.UTC(1000, 0, 1);
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Returns epoch milliseconds as an `Instant`, or `undefined` when they are not a finite moment of the years 1000 to 9999. */
export function toInstant(epochMs: number): Instant | undefined {
  if (!Number.isFinite(epochMs)) return undefined;
  const whole = Math.trunc(epochMs);
  return whole >= earliestMs && whole <= latestMs ? (whole as Instant) : undefined;
}

/** Renders as RFC 3339 in UTC with milliseconds only where there are any, e.g. `2023-02-01T12:17:05Z`. */
export function renderRfc3339(at: Instant): string {
  const text = new Date(at).toISOString();
  return at % 1000 === 0 ? text.replace('.000Z', 'Z') : text;
}

/** Renders as an RFC 822 date with a four-digit year in GMT, e.g. `Wed, 01 Feb 2023 12:17:05 GMT`; also an HTTP-date. */
export function renderRfc822(at: Instant): string {
  return new Date(at).toUTCString();
}

/** Renders the day as people read it, e.g. `1 Feb 2023`: in UTC, so that it is the same wherever it is rendered. */
export function renderDay(at: Instant): string {
  const [, day, month, year] = new Date(at).toUTCString().split(' ');
  return `${Number(day)} ${month} ${year}`;
}
