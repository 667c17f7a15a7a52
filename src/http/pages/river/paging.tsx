/**
 * Shows the links to older entries and back to the newest.
 */
import { type Markup, nothing } from '../../../page/markup.ts';
import type { Query } from '../../../query/language/query.ts';
import { pageAddress, type ViewPlace, withKey } from '../../../window/view-address.ts';

interface PagingProps {
  readonly place: ViewPlace;
  readonly newest: Query | undefined;
  readonly older: Query | undefined;
}

/** The links under a river. */
export function Paging({ place, newest, older }: PagingProps): Markup {
  if (newest === undefined && older === undefined) return nothing;
  return (
    <nav class="paging" aria-label="Pages">
      {older !== undefined && (
        <a class="button" rel="next" data-load href={withKey(place, pageAddress(place, older))}>
          Older entries
        </a>
      )}
      {newest !== undefined && (
        <a class="button quiet" rel="first" href={withKey(place, pageAddress(place, newest))}>
          Back to the newest
        </a>
      )}
    </nav>
  );
}
