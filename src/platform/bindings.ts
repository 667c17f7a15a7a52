/**
 * Types the bindings of wrangler.toml for the Worker.
 */
import type { Archive } from './archive.ts';
import type { ArchiveBindings } from './archive-bindings.ts';

/** The environment of every handler. */
export interface Bindings extends ArchiveBindings, Pick<GeneratedBindings, 'QUESTIONS'> {
  readonly ARCHIVE: DurableObjectNamespace<Archive>;
}
