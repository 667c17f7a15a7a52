/**
 * Makes text of others harmless where it is printed: no control character reaches a terminal or begins a line of its own.
 */

/** Controls of both sets (C1 has escapes of terminals, too), separators of lines, and marks that turn the direction of text. */
const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line, with each such character written as JSON writes it: `\u001b`. */
export function toPrintable(text: string): string {
  return text.replaceAll(controls, escapeUnit);
}

/** The same for text of several lines. */
export function toPrintableLines(text: string): string {
  return text.split('\n').map(toPrintable).join('\n');
}

/** JSON on one line. What it escapes by itself is escaped already, so the value stays the same. */
export function toPrintableJson(value: unknown): string {
  return toPrintable(JSON.stringify(value));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
