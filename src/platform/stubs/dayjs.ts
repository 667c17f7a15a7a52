/**
 * Stands in for `dayjs` in the bundle: sanitize-html brings it through launder, of which it uses one check of addresses.
 *
 * The build replaces the package by this file (esbuild alias).
 */

/** Refuses: launder's dates are nobody's business here. */
export default function dayjs(): never {
  throw new Error('dates are not laundered here');
}
