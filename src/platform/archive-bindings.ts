/**
 * Types the bindings that the Archive uses itself. `bindings.ts` adds the Archive's own binding for everybody else.
 */
import type { RefreshJob } from '../pipeline/recording.ts';

/** KV, Queue and settings. `parseConfig` reads the settings. */
export interface ArchiveBindings {
  readonly WINDOW: KVNamespace;
  readonly JOBS: Queue<RefreshJob>;
  readonly [setting: string]: unknown;
}
