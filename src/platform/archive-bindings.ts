/**
 * Types the bindings that the Archive uses itself. `bindings.ts` adds the Archive's own binding for everybody else.
 */
import type { JobMessage } from '../pipeline/job-message.ts';

/** KV, Queue and settings. `parseConfig` reads the settings. */
export interface ArchiveBindings {
  readonly WINDOW: KVNamespace;
  readonly JOBS: Queue<JobMessage>;
  readonly [setting: string]: unknown;
}
