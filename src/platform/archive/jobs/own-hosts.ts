/**
 * Remembers the hosts at which the owner reached this installation, so that it never follows itself in a loop when
 * `SITE_URL` is empty.
 */
import { readMeta, writeMeta } from '../ground/meta.ts';

/** Enough for a custom domain, the platform's own name, and a laptop's ports. */
const maxOwnHosts = 8;

/** `host` or `host:port`, the last one first. */
export function readOwnHosts(sql: SqlStorage): readonly string[] {
  return JSON.parse(readMeta(sql, 'own_hosts') ?? '[]');
}

/** Remembers a host; the last few are kept. */
export function addOwnHost(sql: SqlStorage, host: string): void {
  const known = readOwnHosts(sql);
  if (known.includes(host)) return;
  writeMeta(sql, 'own_hosts', JSON.stringify([host, ...known].slice(0, maxOwnHosts)));
}
