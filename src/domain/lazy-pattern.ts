/**
 * Compiles regular expressions over Unicode properties when they are first used.
 *
 * V8 checks every regular expression literal when it parses a module, and each `\p{...}` makes it build a character set:
 * ten such literals cost an isolate as much of its start as the whole router.
 */

/** Returns a function that gives the pattern, always the same object: with the flag `g`, use it only where `lastIndex` does not matter. */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
}
