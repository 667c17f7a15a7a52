/**
 * Types the bindings that the Archive itself uses. `bindings.ts` adds the binding of the Archive for all other code.
 */
import type { Settings } from '../pipeline/config.ts';
import type { JobMessage } from '../pipeline/job-message.ts';

/** KV, Queue, static assets and settings: those of wrangler.toml (`npm run bindings` generates their types) and those with a default. */
export interface ArchiveBindings extends Pick<GeneratedBindings, 'WINDOW' | 'ASSETS'>, Settings {
  readonly JOBS: Queue<JobMessage>;
  /** Set by `npm start` only (retrieve/outbound-fetch.ts). */
  readonly OUTBOUND_PROXY?: string;
}
