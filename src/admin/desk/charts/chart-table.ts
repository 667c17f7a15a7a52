/**
 * The table behind a drawing, closed until it is asked for.
 */
import { type Hole, html, type Markup } from '../../../page/html.ts';

/** What the table holds: `heads` and the cells of each row, of which the first names the row. */
export interface Figures {
  /** What the table is about. */
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Hole[])[];
  /** The first column of numbers; they are set flush. */
  readonly numbersFrom: number;
}

/** Draws it; `summary` stands there while it is closed. */
export function renderFigures({ label, heads, rows, numbersFrom }: Figures, summary: string, note?: string): Markup {
  const look = (column: number): Markup | undefined => (column < numbersFrom ? undefined : html` class="number"`);
  return html`<details class="fold"><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="figures"><thead><tr>${heads.map(
    (head, column) => html`<th scope="col"${look(column)}>${head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([name, ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell, place) => html`<td${look(place + 1)}>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>${note !== undefined && html`<p class="soft">${note}</p>`}</details>`;
}
