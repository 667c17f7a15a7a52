/**
 * Lists the defects of a document: the place of each, and its repair.
 */
import type { Markup } from '../../../page/markup.ts';
import { group } from '../../../page/plural.ts';

/** Most defects that are listed. */
const maxShown = 30;

/** A defect, from the archive or from the API. */
export interface ShownDefect {
  readonly kind: string;
  readonly detail: string;
  readonly line?: number | undefined;
  readonly entryIndex?: number | undefined;
}

/** The list. */
export function DefectList({ defects }: { readonly defects: readonly ShownDefect[] }): Markup {
  const rest = defects.length - maxShown;
  return (
    <ul class="plainlist">
      {defects.slice(0, maxShown).map((defect) => (
        <li>
          <span class="soft">{placeOf(defect)}</span>
          <bdi>{defect.detail}</bdi> <code>{defect.kind}</code>
        </li>
      ))}
      {rest > 0 && <li>and {group(rest)} more</li>}
    </ul>
  );
}

function placeOf({ line, entryIndex }: ShownDefect): string {
  const places = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(entryIndex === undefined ? [] : [`entry ${entryIndex + 1}`]),
  ];
  return places.length === 0 ? '' : `${places.join(', ')}: `;
}
