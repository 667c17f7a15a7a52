/**
 * A moment in a page: the day for everyone, the instant for the script that says how long ago it is.
 */
import { type Instant, renderRfc3339 } from '../domain/instant.ts';
import { renderDay } from '../feed/render/day.ts';
import { html, type Markup } from './html.ts';

/** A `time` element. */
export function renderMoment(at: Instant): Markup {
  return html`<time datetime="${renderRfc3339(at)}">${renderDay(at)}</time>`;
}

/** A day that stays a day: in tables, where "3 weeks ago" would be the wrong answer. */
export function renderExactDay(at: Instant): Markup {
  return html`<time datetime="${renderRfc3339(at)}" data-exact>${renderDay(at)}</time>`;
}
