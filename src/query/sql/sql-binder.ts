/**
 * Binds SQL parameters by name: the values become the columns of one row, `ask`, and statements read them from it.
 *
 * A value that is used many times is bound once, which keeps statements under the 100 parameters of a Durable Object. Numbers
 * arrive as integers, which FTS5 demands of row ids: a Durable Object binds numbers as floating point, and FTS5 silently
 * ignores such a condition.
 */

/** A statement to run as it is. */
export interface SqlQuery {
  readonly sql: string;
  /** At most 100. */
  readonly params: readonly (string | number)[];
}

/** Collects the parameters of one statement. */
export interface Binder {
  /** SQL that stands for the value. */
  readonly bind: (value: string | number) => string;
  /** The statement with its parameters; `tables` are further common table expressions. */
  readonly finish: (body: string, tables?: readonly string[]) => SqlQuery;
}

/** Starts a statement without parameters. */
export function createBinder(): Binder {
  const params: (string | number)[] = [];
  return {
    bind: (value) => {
      params.push(value);
      return `(SELECT p${params.length} FROM ask)`;
    },
    finish: (body, tables = []) => {
      const names = params.map((_, index) => `p${index + 1}`).join(', ');
      const values = params.map((value) => (typeof value === 'number' ? 'CAST(? AS INTEGER)' : '?')).join(', ');
      const ask = `ask(${names}) AS MATERIALIZED (VALUES (${values}))`;
      return { sql: `WITH ${[ask, ...tables].join(',\n')}\n${body}`, params };
    },
  };
}
