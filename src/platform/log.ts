/**
 * Writes logs: one JSON object a line, which is what the platform's log search reads.
 *
 * Titles, addresses and messages of others are among the fields: control characters are escaped.
 */
import { toPrintableJson } from '../domain/printable.ts';

/** Writes one line. `event` names what happened. */
export function logEvent(line: { readonly event: string; readonly [field: string]: unknown }): void {
  console.log(toPrintableJson(line));
}
