/**
 * Shows long work as a bar with counts. The script moves the bar; without a script, a link reloads the page.
 */
import type { Markup } from '../../../page/markup.ts';
import type { ArchiveHealth, EntryWork } from '../../../pipeline/archive-owner.ts';

/** The bar while the queue has work, else nothing. */
export function WorkBar({
  health: { due, inFlight, sources, seeds, work },
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
        {work !== undefined && ` ${describeWork(work)}`}
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

/** The change that the counted entries still have to follow. */
function describeWork({ merging, removing, changing, retagging }: EntryWork): string {
  const parts = [
    merging > 0 && `${merging} move to the source that theirs was merged into`,
    removing > 0 && `${removing} of removed sources are being hidden`,
    changing > 0 && `${changing} follow a change of their source`,
    retagging > 0 && `${retagging} follow changed rules`,
  ];
  return `Entries: ${parts.filter((part) => part !== false).join(', ')}.`;
}
