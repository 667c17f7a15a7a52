/**
 * The Archive: one SQLite Durable Object that holds the truth. One writer, real transactions.
 *
 * This class is the shell the runtime demands. Every isolate at the edge has it and never wakes it, so all that it does
 * is in a chunk of its own (archive/core.ts) that is loaded when the object wakes.
 */
import { DurableObject } from 'cloudflare:workers';
import type { ArchiveCore } from './archive/core.ts';
import type { ArchiveBindings } from './archive-bindings.ts';

/** The arguments and the answer of a call, as the core has them. */
type Given<Name extends keyof ArchiveCore> = Parameters<ArchiveCore[Name]>;
type Answer<Name extends keyof ArchiveCore> = Promise<Awaited<ReturnType<ArchiveCore[Name]>>>;

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

  async loadSeeds(...given: Given<'loadSeeds'>): Answer<'loadSeeds'> {
    return await (await this.#core).loadSeeds(...given);
  }

  async answer(...given: Given<'answer'>): Answer<'answer'> {
    return await (await this.#core).answer(...given);
  }

  async count(...given: Given<'count'>): Answer<'count'> {
    return await (await this.#core).count(...given);
  }

  async month(...given: Given<'month'>): Answer<'month'> {
    return await (await this.#core).month(...given);
  }

  async months(...given: Given<'months'>): Answer<'months'> {
    return await (await this.#core).months(...given);
  }

  async views(...given: Given<'views'>): Answer<'views'> {
    return await (await this.#core).views(...given);
  }

  async entry(...given: Given<'entry'>): Answer<'entry'> {
    return await (await this.#core).entry(...given);
  }

  async totals(...given: Given<'totals'>): Answer<'totals'> {
    return await (await this.#core).totals(...given);
  }

  async bootstrap(...given: Given<'bootstrap'>): Answer<'bootstrap'> {
    return await (await this.#core).bootstrap(...given);
  }

  async rewrite(...given: Given<'rewrite'>): Answer<'rewrite'> {
    return await (await this.#core).rewrite(...given);
  }

  async claimDue(...given: Given<'claimDue'>): Answer<'claimDue'> {
    return await (await this.#core).claimDue(...given);
  }

  async openJobs(...given: Given<'openJobs'>): Answer<'openJobs'> {
    return (await this.#core).openJobs(...given);
  }

  async unknownEntries(...given: Given<'unknownEntries'>): Answer<'unknownEntries'> {
    return (await this.#core).unknownEntries(...given);
  }

  async record(...given: Given<'record'>): Answer<'record'> {
    return await (await this.#core).record(...given);
  }

  async recordPoison(...given: Given<'recordPoison'>): Answer<'recordPoison'> {
    return await (await this.#core).recordPoison(...given);
  }

  async enterHost(...given: Given<'enterHost'>): Answer<'enterHost'> {
    return (await this.#core).enterHost(...given);
  }

  async leaveHost(...given: Given<'leaveHost'>): Answer<'leaveHost'> {
    return (await this.#core).leaveHost(...given);
  }

  async ownHosts(...given: Given<'ownHosts'>): Answer<'ownHosts'> {
    return (await this.#core).ownHosts(...given);
  }

  async noteOwnHost(...given: Given<'noteOwnHost'>): Answer<'noteOwnHost'> {
    (await this.#core).noteOwnHost(...given);
  }

  async retireExpired(...given: Given<'retireExpired'>): Answer<'retireExpired'> {
    return await (await this.#core).retireExpired(...given);
  }

  async administer(...given: Given<'administer'>): Answer<'administer'> {
    return await (await this.#core).administer(...given);
  }

  override async alarm(): Promise<void> {
    await (await this.#core).alarm();
  }
}
