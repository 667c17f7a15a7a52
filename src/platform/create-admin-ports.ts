/**
 * Makes the ports of the owner's side. Loaded on demand with the admin API, because it needs the retriever.
 */
import type { Instant } from '../domain/instant.ts';
import { type Config, listSettings } from '../pipeline/config.ts';
import type { RefreshPorts } from '../pipeline/ports.ts';
import { createVisit } from '../pipeline/visit.ts';
import { archiveDoor } from './archive-doors.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueue } from './enqueue.ts';
import { createRefreshPorts } from './refresh-ports.ts';
import { version } from './user-agent.ts';

/** Letters and digits that cannot be mistaken for one another: 32 of them. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Wires the admin API. Its interface is in src/admin, which this floor does not import; worker.ts checks that both fit. */
export function createAdminPorts(env: Bindings, config: Config) {
  return {
    archive: archiveDoor(env, 'owner'),
    enqueue: createEnqueue(env.JOBS),
    refreshPorts: (ownHost: string): RefreshPorts => {
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
    pause: (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms)),
    adminToken: config.adminToken,
    siteTitle: config.siteTitle,
    version,
    mailDomain: config.mailDomain,
    randomName,
    settings: () => listSettings(env),
    kvWritesPerDay: config.kvWritesPerDay,
  };
}

function randomName(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) =>
    letters.charAt(byte % letters.length),
  ).join('');
}
