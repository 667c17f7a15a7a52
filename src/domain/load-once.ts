/**
 * Loads something at the first call and gives it to every later one; a load that failed is tried again.
 *
 * An `import()` that is awaited on every request costs a twentieth of a millisecond each time. Calls that come while the
 * first is loading load for themselves: a promise of another request is not waited for, because the runtime ties it to
 * that request and may drop it with it. Whichever is ready first is kept, so all of them get the same.
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
