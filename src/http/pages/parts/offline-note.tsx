/**
 * Says once that this machine is offline, on the pages that list entries and sources.
 */
import { type Markup, nothing } from '../../../page/markup.ts';
import { describeOffline } from '../../../pipeline/source-list.ts';
import type { ArchiveTotals } from '../../../window/window.ts';

/** The note; nothing while servers can be reached. */
export function OfflineNote({ totals: { offline } }: { readonly totals: Pick<ArchiveTotals, 'offline'> }): Markup {
  if (offline === undefined) return nothing;
  return (
    <p class="offline" role="status">
      {describeOffline(offline)} What is here came before.
    </p>
  );
}
