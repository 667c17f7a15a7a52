/**
 * Writes English numbers with their noun (`1 entry`, `12,700 entries`), and the capital at the start of a sentence.
 */

/** A number with its noun; `singular` for exactly one. */
export function count(amount: number, singular: string, plural: string = `${singular}s`): string {
  return `${group(amount)} ${amount === 1 ? singular : plural}`;
}

/** The number alone. */
export function group(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The text with a capital first letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
