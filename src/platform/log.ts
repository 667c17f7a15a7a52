/**
 * Writes logs: one JSON object a line, as the platform's log search expects.
 *
 * Some fields hold titles, addresses and messages of others: control characters are escaped.
 */
import { toPrintableJson } from '../domain/printable.ts';

/** Writes one line. `event` names what happened. */
export function logEvent(line: { readonly event: string; readonly [field: string]: unknown }): void {
  console.log(toPrintableJson(line));
}
