/**
 * Counts reads and writes. Can be saved to a folder and started from it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** Reads and writes since the last `reset`. */
export interface ValueCounts {
  reads: number;
  readBytes: number;
  writes: number;
  writtenBytes: number;
  deletes: number;
  lists: number;
}

/** A running namespace. */
export interface Values {
  readonly port: number;
  readonly counts: ValueCounts;
  readonly reset: () => void;
  readonly save: (folder: string) => void;
  readonly stop: () => Promise<void>;
}

const nothing: ValueCounts = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0, deletes: 0, lists: 0 };

/**
 * Starts it, with the values of `folder` if there are any. Answers the requests of workerd's KV binding: GET, PUT,
 * DELETE, list.
 */
export async function startValues(folder?: string): Promise<Values> {
  const values = new Map<string, Buffer>();
  for (const name of folder !== undefined && existsSync(folder) ? readdirSync(folder) : []) {
    values.set(decodeURIComponent(name), readFileSync(join(folder ?? '', name)));
  }
  const counts = { ...nothing };
  const answer = (method: string, key: string, prefix: string, body: Buffer): Buffer | undefined => {
    if (method === 'PUT') {
      values.set(key, body);
      counts.writes += 1;
      counts.writtenBytes += body.length;
    } else if (method === 'DELETE') {
      values.delete(key);
      counts.deletes += 1;
    } else if (key === '') {
      counts.lists += 1;
      const keys = [...values.keys()].filter((name) => name.startsWith(prefix)).map((name) => ({ name }));
      return Buffer.from(JSON.stringify({ keys, list_complete: true }));
    } else {
      counts.reads += 1;
      counts.readBytes += values.get(key)?.length ?? 0;
      return values.get(key);
    }
    return Buffer.alloc(0);
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kv');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const key = decodeURIComponent(pathname.slice(1));
      const found = answer(request.method ?? '', key, searchParams.get('prefix') ?? '', Buffer.concat(parts));
      if (found === undefined) response.writeHead(404).end();
      else response.end(found);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    counts,
    reset: () => Object.assign(counts, nothing),
    save: (into) => {
      mkdirSync(into, { recursive: true });
      for (const [key, value] of values) writeFileSync(join(into, encodeURIComponent(key)), value);
    },
    stop: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}
