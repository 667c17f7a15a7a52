/**
 * What wrangler.toml binds to the Worker.
 */
import type { RefreshJob } from '../pipeline/recording.ts';
import type { Archive } from './archive.ts';

/** The environment of every handler. The settings beside these are read by `parseConfig`. */
export interface Bindings {
  readonly ARCHIVE: DurableObjectNamespace<Archive>;
  readonly WINDOW: KVNamespace;
  readonly JOBS: Queue<RefreshJob>;
  readonly [setting: string]: unknown;
}
