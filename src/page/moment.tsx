/**
 * Shows a moment: its day, and its instant for the script that shows its age.
 */
import { type Instant, renderDay, renderRfc3339 } from '../domain/instant.ts';
import type { Markup } from './markup.ts';

/** A moment; `isExact` keeps the day where "3 weeks ago" would not fit, as in tables. */
export function Moment({ at, isExact }: { readonly at: Instant; readonly isExact?: boolean }): Markup {
  return (
    <time datetime={renderRfc3339(at)} data-exact={isExact}>
      {renderDay(at)}
    </time>
  );
}
