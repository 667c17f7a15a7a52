/**
 * Replaces `postcss` in the bundle: sanitize-html needs it for style attributes only, and those are always removed here.
 *
 * The build replaces the package by this file (esbuild alias), which saves every Worker 57 KB of parser.
 */

/** Throws: the sanitizer's policy has `parseStyleAttributes: false`, so it is never called. */
export function parse(): never {
  throw new Error('style attributes are not parsed here');
}
