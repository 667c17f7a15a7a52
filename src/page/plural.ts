/**
 * Words as English sets them: numbers with their noun (`1 entry`, `12,700 entries`), the first letter of a sentence.
 */

/** `singular` for exactly one. */
export function count(amount: number, singular: string, plural: string = `${singular}s`): string {
  return `${group(amount)} ${amount === 1 ? singular : plural}`;
}

/** The number alone. */
export function group(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Text that begins a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
