/**
 * Writes a day for people, e.g. `1 Feb 2023`, in UTC, so that it is the same wherever it is rendered.
 */
import type { Instant } from '../../domain/instant.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Day, short month, year. */
export function renderDay(at: Instant): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
