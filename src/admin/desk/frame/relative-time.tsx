/**
 * Shows times relative to now. The server makes them: pages of the desk are never cached, so they are true.
 */
import { dayMs, hourMs, minuteMs } from '../../../domain/duration.ts';
import { type Instant, renderDay, renderRfc3339 } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';

/** Such as `5 minutes ago`, `in 3 hours`, `12 Jan 2026`; the exact time is in the title. */
export function RelativeTime({ at, now }: { readonly at: Instant; readonly now: Instant }): Markup {
  return (
    <time datetime={renderRfc3339(at)} title={renderRfc3339(at)}>
      {tellWhen(at, now)}
    </time>
  );
}

/** The words alone. */
export function tellWhen(at: Instant, now: Instant): string {
  const distance = Math.abs(at - now);
  if (distance < minuteMs) return at > now ? 'in a moment' : 'just now';
  if (distance >= 30 * dayMs) return renderDay(at);
  const words =
    distance < hourMs
      ? count(Math.floor(distance / minuteMs), 'minute')
      : distance < 2 * dayMs
        ? count(Math.floor(distance / hourMs), 'hour')
        : count(Math.floor(distance / dayMs), 'day');
  return at > now ? `in ${words}` : `${words} ago`;
}
