/**
 * Defines the Archive's class: one SQLite Durable Object that holds the truth. One writer, real transactions.
 *
 * The runtime demands a class. Every isolate loads it and hardly one wakes it, so its work is in a chunk of its own
 * (archive/core.ts) that is loaded when the object wakes.
 */
import { DurableObject } from 'cloudflare:workers';
import type { ArchiveCore } from './archive/core.ts';
import type { ArchiveBindings } from './archive-bindings.ts';

export class Archive extends DurableObject<ArchiveBindings> {
  readonly #core: Promise<ArchiveCore>;

  constructor(ctx: DurableObjectState, env: ArchiveBindings) {
    super(ctx, env);
    this.#core = ctx.blockConcurrencyWhile(async () => {
      const { createArchiveCore } = await import('./archive/core.ts');
      const core = createArchiveCore(ctx, env);
      await core.publishWhatIsUnpublished();
      return core;
    });
  }

  /** The only call: `archiveDoor` types both ends. */
  async ask(...given: Parameters<ArchiveCore['ask']>): Promise<unknown> {
    return await (await this.#core).ask(...given);
  }

  override async alarm(): Promise<void> {
    await (await this.#core).alarm();
  }
}
