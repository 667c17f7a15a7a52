/**
 * Makes something at its first use and gives the same to every later use: loaded modules, and regular expressions.
 */
/**
 * Wraps `load`. A load that failed is tried again.
 *
 * An `import()` that is awaited on every request costs a twentieth of a millisecond each time. Calls that come while the first
 * is loading load for themselves: the runtime ties a promise to its request and may drop it with that request. The first result
 * is kept, so all callers get the same object.
 */
export function loadOnce<T extends object>(load: () => Promise<T>): () => Promise<T> {
  let loaded: T | undefined;
  return async () => {
    if (loaded !== undefined) return loaded;
    const own = await load();
    loaded ??= own;
    return loaded;
  };
}

/**
 * Returns a function that gives the pattern, always the same object: with the flag `g`, use it only where `lastIndex` does not
 * matter. V8 checks every regular expression literal when it parses a module, and each `\p{...}` makes it build a character set:
 * ten such literals cost an isolate as much of its start as the whole router.
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
}
