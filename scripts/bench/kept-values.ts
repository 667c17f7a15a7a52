/**
 * A KV of its own process, in memory: its CPU time is not the product's. Survives as a folder.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** A running KV. */
export interface KeptValues {
  readonly port: number;
  readonly save: (folder: string) => void;
  readonly stop: () => Promise<void>;
}

/** Starts it with the values of a folder, if there is one. Answers what workerd's KV binding asks: GET, PUT, DELETE, list. */
export async function startKeptValues(folder?: string): Promise<KeptValues> {
  const values = new Map<string, Uint8Array>();
  for (const name of folder !== undefined && existsSync(folder) ? readdirSync(folder) : []) {
    values.set(decodeURIComponent(name), readFileSync(join(folder ?? '', name)));
  }
  const list = (prefix: string): string => {
    const names = [...values.keys()].filter((name) => name.startsWith(prefix));
    return JSON.stringify({ keys: names.map((name) => ({ name })), list_complete: true });
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kv');
    const key = decodeURIComponent(pathname.slice(1));
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => {
      const value = values.get(key);
      if (request.method === 'PUT') values.set(key, Buffer.concat(parts));
      if (request.method === 'DELETE') values.delete(key);
      if (request.method !== 'GET') response.end();
      else if (key === '') response.end(list(searchParams.get('prefix') ?? ''));
      else if (value === undefined) response.writeHead(404).end();
      else response.end(value);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    save: (into) => {
      mkdirSync(into, { recursive: true });
      for (const [key, value] of values) writeFileSync(join(into, encodeURIComponent(key)), value);
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
