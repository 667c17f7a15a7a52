/**
 * Escapes control characters in text of others before it is printed, so that it cannot control a terminal or begin a line of
 * its own.
 */

/** Controls of both sets (C1 has terminal escapes, too), line separators, and marks that turn the direction of text. */
const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line, with each such character written as JSON writes it: `\u001b`. */
export function toPrintable(text: string): string {
  return text.replaceAll(controls, escapeUnit);
}

/** The same for text of several lines. */
export function toPrintableLines(text: string): string {
  return text.split('\n').map(toPrintable).join('\n');
}

/** JSON on one line with control characters escaped. It parses to the same value. */
export function toPrintableJson(value: unknown): string {
  return toPrintable(JSON.stringify(value));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
