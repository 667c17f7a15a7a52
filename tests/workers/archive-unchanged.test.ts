/**
 * What is kept of the Archive's rows is never older than they are.
 */
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { rememberUnchanged } from '../../src/platform/archive/ground/meta.ts';
import type { Bindings } from '../../src/platform/bindings.ts';

const bindings = env as unknown as Bindings;

it('is made anew after every kind of write, and only then', async () => {
  await runInDurableObject(bindings.ARCHIVE.getByName('unchanged'), (_, { storage }) => {
    const { sql } = storage;
    let made = 0;
    const labels = rememberUnchanged(sql, () => {
      made += 1;
      return sql
        .exec<{ label: string }>('SELECT label FROM tag ORDER BY slug')
        .toArray()
        .map((row) => row.label);
    });
    expect([labels(undefined), labels(undefined), made]).toEqual([[], [], 1]);
    sql.exec(`INSERT INTO tag VALUES ('a', 'A')`);
    expect([labels(undefined), labels(undefined), made]).toEqual([['A'], ['A'], 2]);
    sql.exec(`UPDATE tag SET label = 'B'`);
    expect(labels(undefined)).toEqual(['B']);
    const undone = (): void =>
      storage.transactionSync(() => {
        sql.exec(`DELETE FROM tag`);
        throw new Error('undone');
      });
    expect(undone).toThrow('undone');
    expect(labels(undefined)).toEqual(['B']);
  });
});
