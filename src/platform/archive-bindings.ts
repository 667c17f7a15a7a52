/**
 * Types the bindings that the Archive uses itself. `bindings.ts` adds the Archive's own binding for everybody else.
 */
import type { Settings } from '../pipeline/config.ts';
import type { JobMessage } from '../pipeline/job-message.ts';

/** KV, Queue, static assets and settings: those of wrangler.toml (`npm run bindings` generates their types) and those with a default. */
export interface ArchiveBindings extends Pick<GeneratedBindings, 'WINDOW' | 'ASSETS'>, Settings {
  readonly JOBS: Queue<JobMessage>;
  /** Set by `npm start` only (retrieve/outbound-fetch.ts). */
  readonly OUTBOUND_PROXY?: string;
}
