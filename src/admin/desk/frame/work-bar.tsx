/**
 * Shows long work as a bar with counts. The script moves the bar; without a script, a link loads the page again.
 */
import type { Markup } from '../../../page/markup.ts';
import type { ArchiveHealth } from '../../../pipeline/archive-owner.ts';

/** The bar while the queue has work, else nothing. */
export function WorkBar({
  health: { due, inFlight, sources, seeds },
  path,
}: {
  readonly health: ArchiveHealth;
  readonly path: string;
}): Markup {
  const left = due + inFlight;
  if (left === 0) return <></>;
  const isLoading = seeds.loaded < seeds.total;
  const all = isLoading ? seeds.total : Math.max(sources.total, left);
  return (
    <section class="panel work" id="work" aria-label="Work">
      <p data-words role="status">
        {due} waiting, {inFlight} in work.{inFlight === 0 && ' The next wake-up takes them.'}
        {isLoading && ` ${seeds.loaded} of ${seeds.total} archived articles are loaded.`}
      </p>
      <progress max={all} value={isLoading ? seeds.loaded : all - left} aria-label="Work done">
        {''}
      </progress>
      <p class="soft" data-after>
        <a href={path}>Look again</a>
      </p>
    </section>
  );
}
