import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { writeNames } from '../../src/platform/archive/entries/facet-rows.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { bindings } from '../support/given-owner.ts';

it('a tag is called as somebody wrote it first, not as a folder is', async () => {
  await runInDurableObject(bindings.ARCHIVE.getByName('labels'), (_, state) => {
    const { sql } = wakeArchive(state.storage);
    const label = (): unknown => sql.exec(`SELECT label FROM tag WHERE slug = 'rivers'`).one()['label'];
    const write = (rowid: number, label: string): void =>
      writeNames(
        sql,
        { sortAt: rowid as Instant, id: `e${rowid}`, rowid },
        { sources: [], tags: [{ slug: 'rivers', label }] },
      );
    write(1, 'rivers');
    expect(label()).toBe('rivers');
    write(2, 'Rivers');
    expect(label()).toBe('Rivers');
    write(3, 'RIVERS');
    write(4, 'rivers');
    expect(label()).toBe('Rivers');
  });
});
