/**
 * Shows a moment: its day for everyone, its instant for the script that says how long ago it was.
 */
import { type Instant, renderRfc3339 } from '../domain/instant.ts';
import { renderDay } from '../feed/render/day.ts';
import type { Markup } from './markup.ts';

/** A moment; `isExact` keeps the day where "3 weeks ago" would be the wrong answer, as in tables. */
export function Moment({ at, isExact }: { readonly at: Instant; readonly isExact?: boolean }): Markup {
  return (
    <time datetime={renderRfc3339(at)} data-exact={isExact}>
      {renderDay(at)}
    </time>
  );
}
