/**
 * Shows the numbers of a drawing in a table that is closed at first.
 */
import type { Child, Markup } from '../../../page/markup.ts';

/** The table: its column heads, and the cells of each row. The first cell names the row. */
export interface ChartNumbers {
  /** The caption. */
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Child[])[];
  /** The first column of numbers; numbers are aligned at the end. */
  readonly numbersFrom: number;
}

/** The closed table; `summary` is the text that opens it. */
export function ChartTable({
  numbers: { label, heads, rows, numbersFrom },
  summary,
  note,
}: {
  readonly numbers: ChartNumbers;
  readonly summary: string;
  readonly note?: string;
}): Markup {
  const lookOf = (column: number): string | undefined => (column < numbersFrom ? undefined : 'number');
  return (
    <details class="fold">
      <summary>{summary}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label={label}>
        <table class="figures">
          <thead>
            <tr>
              {heads.map((head, column) => (
                <th scope="col" class={lookOf(column)}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr>
                <th scope="row">{name}</th>
                {cells.map((cell, place) => (
                  <td class={lookOf(place + 1)}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note !== undefined && <p class="soft">{note}</p>}
    </details>
  );
}
