/**
 * Lists what the owner's side needs from outside. The platform makes it, tests fake it.
 */
import type { Instant } from '../domain/instant.ts';
import type { ArchiveOwner } from '../pipeline/archive-owner.ts';
import type { SettingInForce } from '../pipeline/config.ts';
import type { Enqueue, RefreshPorts } from '../pipeline/ports.ts';

/** Everything the admin API is made of. */
export interface AdminPorts {
  readonly archive: ArchiveOwner;
  readonly enqueue: Enqueue;
  /** For asking and reading a source the way refreshes do. `ownHost` is the host the request came to: never asked. */
  readonly refreshPorts: (ownHost: string) => RefreshPorts;
  readonly now: () => Instant;
  readonly pause: (ms: number) => Promise<void>;
  readonly adminToken: string | undefined;
  readonly siteTitle: string;
  readonly version: string;
  /** The domain of newsletters' addresses; absent where the settings name none. */
  readonly mailDomain: string | undefined;
  /** Random characters for an address that nobody finds by trying. */
  readonly randomName: (length: number) => string;
  /** All settings as they hold. */
  readonly settings: () => readonly SettingInForce[];
  /** KV writes of a day that publishing may take; 0 = without a bound. */
  readonly kvWritesPerDay: number;
}
