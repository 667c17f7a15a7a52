/**
 * Numbers with their noun, grouped as English does: `1 entry`, `12,700 entries`.
 */

/** `singular` for exactly one. */
export function count(amount: number, singular: string, plural: string = `${singular}s`): string {
  return `${group(amount)} ${amount === 1 ? singular : plural}`;
}

/** The number alone. */
export function group(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
