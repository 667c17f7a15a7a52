/**
 * What the local runtime costs by itself: a Worker with the product's shape (a claim in a Durable Object, a Queue message a
 * source, a conditional request, one row and one log line, and as few calls) and nothing else in it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadUpstream } from './upstream.ts';

const worker = `
import { DurableObject } from 'cloudflare:workers';
import urls from './urls.js';

export class Archive extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    this.claimed = new Set();
    this.sql.exec('CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY, next INTEGER NOT NULL, state TEXT NOT NULL)');
  }
  claim(at, limit) {
    const known = new Map(this.sql.exec('SELECT id, next FROM state').toArray().map((row) => [row.id, row.next]));
    const due = urls.map((_, id) => id).filter((id) => (known.get(id) ?? 0) <= at && !this.claimed.has(id)).slice(0, limit);
    for (const id of due) this.claimed.add(id);
    return due;
  }
  open(ids) {
    return ids.map((id) => {
      const row = this.sql.exec('SELECT state FROM state WHERE id = ?', id).toArray()[0];
      return { id, url: urls[id], state: row === undefined ? {} : JSON.parse(row.state) };
    });
  }
  record(outcomes) {
    for (const { id, state } of outcomes) {
      this.claimed.delete(id);
      this.sql.exec('INSERT INTO state VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET next = excluded.next, state = excluded.state', id, Date.now() + 3600000, JSON.stringify(state));
    }
  }
  inFlight() {
    return this.claimed.size;
  }
}

const archive = (env) => env.ARCHIVE.getByName('archive');

export default {
  async fetch(request, env) {
    return Response.json({ name: 'Tributary', entries: 0, sources: {}, queue: { due: 0, inFlight: await archive(env).inFlight() } });
  },
  async scheduled(controller, env) {
    const ids = await archive(env).claim(controller.scheduledTime, 1000);
    for (let at = 0; at < ids.length; at += 100) {
      await env.JOBS.sendBatch(ids.slice(at, at + 100).map((body) => ({ body, contentType: 'json' })));
    }
  },
  async queue(batch, env) {
    const opened = (await archive(env).open(batch.messages.map(({ body }) => body))).values();
    const outcomes = [];
    const work = async () => {
      for (const { id, url, state } of opened) {
        const headers = {
          ...(state.etag ? { 'If-None-Match': state.etag } : {}),
          ...(state.date ? { 'If-Modified-Since': state.date } : {}),
        };
        // The product's requests go through the local proxy, too.
        const response = await fetch(env.OUTBOUND_PROXY, { headers: { ...headers, 'tributary-target': url }, redirect: 'manual' });
        await response.arrayBuffer();
        outcomes.push({ id, state: { etag: response.headers.get('etag'), date: response.headers.get('last-modified') } });
        console.log(JSON.stringify({ event: 'refresh', added: 0, revised: 0, outcome: String(response.status) }));
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    await archive(env).record(outcomes);
    batch.ackAll();
  },
};
`;

const config = `
name = "tributary"
main = "worker.js"
compatibility_date = "2026-11-17"
no_bundle = true
find_additional_modules = true
rules = [{ type = "ESModule", globs = ["**/*.js"] }]
[[durable_objects.bindings]]
name = "ARCHIVE"
class_name = "Archive"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["Archive"]
[[queues.producers]]
binding = "JOBS"
queue = "tributary-jobs"
[[queues.consumers]]
queue = "tributary-jobs"
max_batch_size = 10
max_batch_timeout = 1
max_retries = 3
`;

/** Writes it into a folder; returns the path of its wrangler.toml. */
export function writeEmptyProduct(folder: string, upstream: LoadUpstream): string {
  mkdirSync(folder);
  writeFileSync(join(folder, 'worker.js'), worker);
  writeFileSync(join(folder, 'urls.js'), `export default ${JSON.stringify(upstream.feeds.map(({ url }) => url))};`);
  writeFileSync(join(folder, 'wrangler.toml'), config);
  return join(folder, 'wrangler.toml');
}
