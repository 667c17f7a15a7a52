/**
 * Remembers what is made of the Archive's rows and asked for with every answer, until something is written.
 */

/**
 * Wraps `make`, which only reads; its value is kept as long as this object's database has seen no write. Not to be called
 * inside a transaction: what it made of rows that are then taken back would be kept.
 */
export function rememberUnchanged<Given, Value>(
  sql: SqlStorage,
  make: (given: Given) => Value,
): (given: Given) => Value {
  let held: { readonly writes: number; readonly value: Value } | undefined;
  return (given) => {
    const { writes } = sql.exec<{ writes: number }>('SELECT total_changes() AS writes').one();
    if (held?.writes !== writes) held = { writes, value: make(given) };
    return held.value;
  };
}
