/**
 * Hosts this installation answers at, learnt from requests of its owner, so that it never follows itself in a loop
 * where `SITE_URL` does not say where it is.
 */
import { readMeta, writeMeta } from '../ground/meta.ts';

/** A custom domain, the platform's own name, a laptop's ports. */
const maxOwnHosts = 8;

/** `host` or `host:port`, the last learnt first. */
export function readOwnHosts(sql: SqlStorage): readonly string[] {
  return JSON.parse(readMeta(sql, 'own_hosts') ?? '[]');
}

/** Remembers such a host; the last few are enough. */
export function addOwnHost(sql: SqlStorage, host: string): void {
  const known = readOwnHosts(sql);
  if (known.includes(host)) return;
  writeMeta(sql, 'own_hosts', JSON.stringify([host, ...known].slice(0, maxOwnHosts)));
}
