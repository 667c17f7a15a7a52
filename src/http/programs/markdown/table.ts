/**
 * Renders a table as GFM. A table of one column is layout: its cells are written as blocks.
 */
import { descendants, type HtmlElement, isElement } from '../../../feed/read/page/dom.ts';
import { renderLine } from './inline.ts';

/** Most columns: no article has more, and each row is filled up to the widest one. */
const maxColumns = 60;

/** Renders a table; `renderCell` renders a cell of a table that is layout. */
export function renderTable(
  table: HtmlElement,
  renderCell: (cell: HtmlElement) => readonly string[],
): readonly string[] {
  const inside = [...descendants(table)].filter(isElement);
  const captions = inside
    .filter(({ localName }) => localName === 'caption')
    .map(({ childNodes }) => renderLine(childNodes));
  const rows = inside.filter((element) => element.localName === 'tr' && element.closest('table') === table);
  const cells = rows.map((row) => [...row.childNodes].filter(isCell));
  const isLayout =
    inside.some(({ localName }) => localName === 'table') || cells.every((each) => each.reduce(addSpan, 0) <= 1);
  const before = captions.filter((caption) => caption !== '');
  if (isLayout) return [...before, ...cells.flat().flatMap(renderCell)];
  const lines = layOut(cells);
  const width = Math.min(maxColumns, Math.max(...lines.map((line) => line.length)));
  const hasHead = cells[0]?.every(({ localName }) => localName === 'th') ?? false;
  const [head = [], ...body] = hasHead ? lines : [[], ...lines];
  const toRow = (line: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => line[at] ?? '').join(' | ')} |`;
  return [...before, [toRow(head), toRow(Array.from({ length: width }, () => '---')), ...body.map(toRow)].join('\n')];
}

function isCell(node: Parameters<typeof isElement>[0]): node is HtmlElement {
  return isElement(node) && (node.localName === 'td' || node.localName === 'th');
}

function spanOf(cell: HtmlElement, name: 'colspan' | 'rowspan'): number {
  return Math.min(maxColumns, Math.max(1, Number(cell.getAttribute(name) ?? 1) || 1));
}

function addSpan(sum: number, cell: HtmlElement): number {
  return sum + spanOf(cell, 'colspan');
}

/** The texts of all cells by column; the further places that a cell spans are empty. */
function layOut(rows: readonly (readonly HtmlElement[])[]): readonly (readonly string[])[] {
  /** For each column, how many more rows the cell above covers. */
  const covered: number[] = [];
  return rows.map((cells) => {
    const line: string[] = [];
    const skipCovered = (): void => {
      while ((covered[line.length] ?? 0) > 0) {
        covered[line.length] = (covered[line.length] ?? 1) - 1;
        line.push('');
      }
    };
    for (const cell of cells) {
      skipCovered();
      if (line.length >= maxColumns) break;
      const rowspan = spanOf(cell, 'rowspan');
      for (let at = 0; at < spanOf(cell, 'colspan'); at += 1) {
        covered[line.length] = rowspan - 1;
        line.push(at === 0 ? toCellText(cell) : '');
      }
    }
    skipCovered();
    return line;
  });
}

function toCellText(cell: HtmlElement): string {
  return renderLine(cell.childNodes).replaceAll('\\\n', '<br>').replaceAll('\n', ' ').replaceAll('|', '\\|');
}
