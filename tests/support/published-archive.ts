/**
 * Publishes an Archive of a test into a KV in memory, and reads it back the way an isolate does.
 */
import type { Instant } from '../../src/domain/instant.ts';
import type { PublishedWindow } from '../../src/pipeline/ports.ts';
import { type ArchiveState, readEpoch } from '../../src/platform/archive/ground/state.ts';
import { openBase, planPublish } from '../../src/platform/archive/publish/publish.ts';
import { openRenderedEntries } from '../../src/platform/archive/publish/rendered-entries.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { loadDeflate } from '../../src/window/compress.ts';
import type { Piece } from '../../src/window/gzip-join.ts';
import type { FragmentFormat, Window, WindowEntry } from '../../src/window/window.ts';

/** A KV in memory that notes what is written. */
export function createMemoryKv(): {
  readonly kv: KVNamespace;
  readonly values: Map<string, Uint8Array>;
  readonly writes: { readonly key: string; readonly bytes: number }[];
  readonly deletes: string[];
} {
  const values = new Map<string, Uint8Array>();
  const writes: { key: string; bytes: number }[] = [];
  const deletes: string[] = [];
  const kv = {
    get: async (key: string, { type }: { readonly type: string }) => {
      const value = values.get(key);
      if (value === undefined) return null;
      return type === 'text' ? new TextDecoder().decode(value) : value.slice().buffer;
    },
    put: async (key: string, value: string | Uint8Array) => {
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value.slice();
      values.set(key, bytes);
      writes.push({ key, bytes: bytes.length });
    },
    delete: async (key: string) => {
      values.delete(key);
      deletes.push(key);
    },
    list: async ({ prefix }: { readonly prefix: string }) => ({
      keys: [...values.keys()].filter((name) => name.startsWith(prefix)).map((name) => ({ name })),
      list_complete: true,
    }),
  };
  return { kv: kv as unknown as KVNamespace, values, writes, deletes };
}

/** Publishes the archive as it is now; returns how many writes were planned. */
export async function publishArchive(archive: ArchiveState, kv: KVNamespace, now: Instant): Promise<number> {
  const rendered = openRenderedEntries(archive.sql, readEpoch(archive), await loadDeflate());
  const planned = planPublish(archive, { rendered, base: openBase(archive.sql) }, undefined, 1);
  if (planned.writes > 0) await planned.write(kv, now);
  return planned.writes;
}

/** The window of an archive. */
export interface ReadWindow {
  readonly index: Window;
  readonly fragments: (format: FragmentFormat, entries: readonly WindowEntry[]) => Promise<readonly Piece[]>;
}

/** Publishes an archive and reads what it published. */
export async function readPublished(archive: ArchiveState): Promise<ReadWindow> {
  const { kv } = createMemoryKv();
  await publishArchive(archive, kv, 0 as Instant);
  return await readWindow(createWindowReader({ kv, now: () => 0, lookEveryMs: 1000 }));
}

/** Reads a window that must be there. */
export async function readWindow(reader: PublishedWindow): Promise<ReadWindow> {
  const index = await reader.index();
  if (index === undefined) throw new Error('nothing was published');
  return {
    index,
    fragments: async (format, entries) => {
      const pieces = await reader.fragments(index, format, entries);
      if (pieces === undefined) throw new Error('a segment is not there');
      return pieces;
    },
  };
}
