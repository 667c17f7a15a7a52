/**
 * Long work as a bar with counts: what the queue still has to do. The script moves it; without one, the page says how to.
 */
import { html, type Markup } from '../../../page/html.ts';
import type { ArchiveHealth } from '../../../pipeline/archive-owner.ts';

/** The bar while there is work, else nothing. `most` is how much there was at first, where that is known. */
export function renderWork(
  { due, inFlight, sources }: ArchiveHealth,
  path: string,
  most: number = sources.total,
): Markup {
  const left = due + inFlight;
  if (left === 0) return html``;
  const all = Math.max(most, left);
  return html`<section class="panel work" id="work" aria-label="Work"><p data-words role="status">${due} waiting, ${inFlight} in work.${inFlight === 0 && ' The next wake-up takes them.'}</p><progress max="${all}" value="${all - left}" aria-label="Work done"></progress><p class="soft" data-after><a href="${path}">Look again</a></p></section>`;
}
