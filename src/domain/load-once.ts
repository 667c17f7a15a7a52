/**
 * Loads something at the first call and gives it to every later one; a load that failed is tried again.
 *
 * An `import()` that is awaited on every request costs a twentieth of a millisecond each time.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
