/**
 * Faults that were forgiven, as a list: where, what, and what was done about it.
 */
import type { Defect } from '../../../domain/defect.ts';
import { html, type Markup } from '../../../page/html.ts';
import { group } from '../../../page/plural.ts';

/** More of them say nothing new. */
const maxShown = 30;

/** The list. */
export function renderDefects(defects: readonly Defect[]): Markup {
  const rest = defects.length - maxShown;
  return html`<ul class="plainlist">${defects.slice(0, maxShown).map(({ kind, detail, line, entryIndex }) => {
    const place = [line !== undefined && `line ${line}`, entryIndex !== undefined && `entry ${entryIndex + 1}`].filter(
      (words) => words !== false,
    );
    return html`<li>${place.length > 0 && html`<span class="soft">${place.join(', ')}: </span>`}<bdi>${detail}</bdi> <code>${kind}</code></li>`;
  })}${rest > 0 && html`<li>and ${group(rest)} more</li>`}</ul>`;
}
