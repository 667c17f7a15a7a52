/**
 * Finds the rows that a round wrote: copies the Archive's SQLite file while the product runs, and compares row by row.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Digest of each row by table and row. */
export type RowDigests = ReadonlyMap<string, readonly string[]>;

/** Reads the rows of all tables of the Archive kept under a `--persist-to` folder. */
export function readRows(persistTo: string): RowDigests {
  const folder = join(persistTo, 'v3/do/tributary-Archive');
  const files = readdirSync(folder).filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite');
  const file = files.toSorted((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size)[0];
  if (file === undefined) throw new Error(`no archive in ${folder}`);
  const copies = mkdtempSync(join(tmpdir(), 'tributary-rows-'));
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(join(folder, file + suffix))) copyFileSync(join(folder, file + suffix), join(copies, file + suffix));
  }
  const database = new DatabaseSync(join(copies, file));
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
      .all()
      .map((row) => String(row['name']))
      // The runtime's own bookkeeping (its alarm) is not the product's.
      .filter((name) => !name.startsWith('_cf_') && !name.startsWith('sqlite_'));
    return new Map(
      tables.map((name) => [
        name,
        database
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => createHash('sha1').update(Object.values(row).map(textOf).join('\u0000')).digest('base64')),
      ]),
    );
  } finally {
    database.close();
    rmSync(copies, { recursive: true });
  }
}

/** How many rows of each table are new or other than before; tables without any are left out. */
export function changedRows(before: RowDigests, after: RowDigests): ReadonlyMap<string, number> {
  const changes = [...after].map(([table, rows]) => {
    const known = new Set(before.get(table) ?? []);
    return [table, rows.filter((row) => !known.has(row)).length] as const;
  });
  return new Map(changes.filter(([, count]) => count > 0));
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value);
}
