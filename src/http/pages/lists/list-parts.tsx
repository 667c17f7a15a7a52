/**
 * Divides long lists into pages (`?page=`), with links to the pages around, and shows the note that this machine is offline.
 */
import { type Markup, nothing } from '../../../page/markup.ts';
import { describeOffline } from '../../../pipeline/source-list.ts';
import type { ArchiveTotals } from '../../../window/window.ts';

/** One part of a list. */
export interface Part<T> {
  readonly items: readonly T[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** The asked part; `undefined` when it does not exist. The first part exists even when the list is empty. */
export function partOf<T>(list: readonly T[], asked: string | null, size: number): Part<T> | undefined {
  const pages = Math.max(1, Math.ceil(list.length / size));
  const page = /^[1-9]\d{0,5}$/.test(asked ?? '1') ? Number(asked ?? 1) : Number.NaN;
  if (!(page <= pages)) return undefined;
  return { items: list.slice((page - 1) * size, page * size), page, pages };
}

/** Links to the parts before and after; empty when all fits on one page. */
export function PartLinks({ path, part }: { readonly path: string; readonly part: Part<unknown> }): Markup {
  const { page, pages } = part;
  if (pages === 1) return nothing;
  const address = (to: number): string => (to === 1 ? path : `${path}?page=${to}`);
  return (
    <nav class="paging" aria-label="Pages">
      <span>
        Page {page} of {pages}
      </span>
      {page > 1 && (
        <a class="button quiet" rel="prev" href={address(page - 1)}>
          Previous page
        </a>
      )}
      {page < pages && (
        <a class="button quiet" rel="next" href={address(page + 1)}>
          Next page
        </a>
      )}
    </nav>
  );
}

/** Shows the note; nothing while servers can be reached. */
export function OfflineNote({ totals: { offline } }: { readonly totals: Pick<ArchiveTotals, 'offline'> }): Markup {
  if (offline === undefined) return nothing;
  return (
    <p class="offline" role="status">
      {describeOffline(offline)} What is here came before.
    </p>
  );
}
