/**
 * Stands in for `postcss` in the bundle: sanitize-html needs it for style attributes only, and those never survive here.
 *
 * The build replaces the package by this file (esbuild alias), which spares every Worker 57 KB of parser.
 */

/** Refuses: the sanitizer's policy has `parseStyleAttributes: false`, so that nobody calls it. */
export function parse(): never {
  throw new Error('style attributes are not parsed here');
}
