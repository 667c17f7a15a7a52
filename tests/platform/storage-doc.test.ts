/**
 * docs/storage.md names every table, column and meta key of the Archive, and none that is gone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/platform/archive/ground/migrations.ts';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/storage.md'), 'utf8');

/** A new database with all migrations applied, as far as migrations use the runtime's interface. */
function migrated(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  const exec = (query: string, ...values: SQLInputValue[]) => {
    const statement = database.prepare(query);
    const rows = statement.columns().length > 0 ? statement.all(...values) : [];
    if (statement.columns().length === 0) statement.run(...values);
    return { toArray: () => rows };
  };
  migrate({ sql: { exec }, transactionSync: (work: () => void) => work() } as unknown as DurableObjectStorage);
  return database;
}

function column(database: DatabaseSync, query: string): readonly string[] {
  return database
    .prepare(query)
    .all()
    .map((row) => String(Object.values(row)[0]));
}

/** The names in backticks in the cells of one column of a table under a heading. */
function documented(heading: string, cell: number): readonly string[] {
  const section = text.split(`### ${heading}\n`)[1]?.split(/\n#{2,3} /)[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...(row.split('|')[cell] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
}

describe('docs/storage.md', () => {
  const database = migrated();
  // The tables of a full-text index's own are SQLite's.
  const tables = column(database, "SELECT name FROM sqlite_master WHERE type = 'table'").filter(
    (name) => !/_(?:data|idx|docsize|config|content)$/.test(name),
  );

  it('names every table and no other', () => {
    expect(documented('Tables', 1).toSorted()).toEqual(tables.toSorted());
  });

  it('names every column', () => {
    const missing = tables.flatMap((table) => {
      const row = text
        .split('\n')
        .find((line) => line.startsWith('| `') && line.split('|')[1]?.includes(`\`${table}\``));
      const columns = column(database, `SELECT name FROM pragma_table_info('${table}')`);
      return columns.filter((name) => row?.includes(`\`${name}\``) !== true).map((name) => `${table}.${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('names every meta key and no other', () => {
    const sources = readdirSync(join(root, 'src/platform'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('migrations.ts'))
      .map((path) => readFileSync(join(root, 'src/platform', path), 'utf8'));
    const used = sources.flatMap((source) =>
      [...source.matchAll(/(?:Meta\(\s*[\w.]+,|key =|VALUES \()\s*'([a-z_]+)'/g)].map(([, key]) => key ?? ''),
    );
    expect(documented('Meta keys', 1).toSorted()).toEqual([...new Set(used)].toSorted());
  });
});
