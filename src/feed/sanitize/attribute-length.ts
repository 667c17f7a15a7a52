/**
 * Whether an attribute, written out, is still one that would be read again: what grows past the limit by being made
 * absolute or escaped goes at once, or sanitizing a second time would take it.
 */
import { maxAttributeLength } from './policy.ts';

/** Tells whether the escaped value is within `maxAttributeLength`. */
export function fitsAttribute(value: string): boolean {
  // `&quot;` is the longest escape.
  if (value.length * 6 <= maxAttributeLength) return true;
  let length = value.length;
  for (const special of value.match(/[&<>"]/g) ?? []) length += special === '"' ? 5 : special === '&' ? 4 : 3;
  return length <= maxAttributeLength;
}
