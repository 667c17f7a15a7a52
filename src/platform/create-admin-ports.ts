/**
 * The world as the owner's side sees it. Loaded on demand with the admin API: it brings the retriever.
 */
import type { Instant } from '../domain/instant.ts';
import type { ArchiveOwner } from '../pipeline/archive-owner.ts';
import { type Config, listSettings, type SettingInForce } from '../pipeline/config.ts';
import type { Enqueue, RefreshPorts } from '../pipeline/ports.ts';
import { createVisit } from '../pipeline/visit.ts';
import { archiveDoor } from './archive-doors.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueue } from './jobs.ts';
import { createRefreshPorts } from './refresh-ports.ts';
import { version } from './version.ts';

/** What the admin API is wired to; its own interface is in src/admin, which this floor does not know. */
export function createAdminPorts(
  env: Bindings,
  config: Config,
): {
  readonly archive: ArchiveOwner;
  readonly enqueue: Enqueue;
  readonly refreshPorts: (ownHost: string) => RefreshPorts;
  readonly now: () => Instant;
  readonly pause: (ms: number) => Promise<void>;
  readonly adminToken: string | undefined;
  readonly siteTitle: string;
  readonly version: string;
  readonly settings: () => readonly SettingInForce[];
  readonly kvWritesPerDay: number;
} {
  return {
    archive: archiveDoor(env, 'owner'),
    enqueue: createEnqueue(env.JOBS),
    refreshPorts: (ownHost) => {
      const ports = createRefreshPorts(env, config, [ownHost]);
      const visit = createVisit(ports);
      return {
        ...ports,
        retrieve: async (request) => {
          await archiveDoor(env, 'writer').noteOwnHost(ownHost);
          return visit(request);
        },
      };
    },
    now: () => Date.now() as Instant,
    pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    adminToken: config.adminToken,
    siteTitle: config.siteTitle,
    version,
    settings: () => listSettings(env),
    kvWritesPerDay: config.kvWritesPerDay,
  };
}
