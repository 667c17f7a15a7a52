/**
 * Lists what the owner's side needs from outside. The platform makes it, tests fake it.
 */
import type { Instant } from '../domain/instant.ts';
import type { ArchiveOwner } from '../pipeline/archive-owner.ts';
import type { SettingInForce } from '../pipeline/config.ts';
import type { Enqueue, RefreshPorts } from '../pipeline/ports.ts';

/** Everything that the admin API needs. */
export interface AdminPorts {
  readonly archive: ArchiveOwner;
  readonly enqueue: Enqueue;
  /** For asking and reading a source as refreshes do. `ownHost` is the host of this request: it is never asked. */
  readonly refreshPorts: (ownHost: string) => RefreshPorts;
  readonly now: () => Instant;
  readonly pause: (ms: number) => Promise<void>;
  readonly adminToken: string | undefined;
  readonly siteTitle: string;
  readonly version: string;
  /** The domain of newsletters' addresses; absent when the settings name none. */
  readonly mailDomain: string | undefined;
  /** Random characters for an address that cannot be guessed. */
  readonly randomName: (length: number) => string;
  /** All settings in force. */
  readonly settings: () => readonly SettingInForce[];
  /** KV writes of a day that publishing may use; 0 = no bound. */
  readonly kvWritesPerDay: number;
}
