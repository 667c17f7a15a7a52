/**
 * Writes logs: one JSON object a line, which is what the platform's log search reads.
 */

/** Writes one line. `event` names what happened. */
export function logEvent(line: { readonly event: string; readonly [field: string]: unknown }): void {
  console.log(JSON.stringify(line));
}
