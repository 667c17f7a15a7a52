/**
 * Draws a QR code: phones open an address with it, which is tedious to type there.
 */
import { encode } from 'uqr';
import type { Markup } from './markup.ts';

/** White border, in modules: scanners need it, on dark pages too. */
const border = 2;

/** The code of a text as a drawing; `label` describes it to people who cannot see it. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): Markup {
  const { data, size } = encode(text, { border, ecc: 'M' });
  // One path of horizontal strokes: a tenth of the size of a square for each module.
  const path = data
    .flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        if (!isDark || row[x - 1] === true) return [];
        let end = x;
        while (row[end] === true) end += 1;
        return [`M${x} ${y}.5h${end - x}`];
      }),
    )
    .join('');
  return (
    <svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} stroke="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
