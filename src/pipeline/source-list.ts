/**
 * Types the lists of all sources, which are read a part at a time, and what is counted of them.
 */

import type { Instant } from '../domain/instant.ts';
import type { PageSelectors } from '../domain/page-selectors.ts';
import type { Source, SourceRequest } from '../domain/source.ts';
import type { Tag } from '../domain/tag.ts';
import type { SourceReport } from './source-table.ts';

/** Sources by how their checks go. */
export interface SourceCounts {
  readonly total: number;
  readonly ok: number;
  readonly failing: number;
  readonly stopped: number;
  /** Failing ones whose last check met no server at all. */
  readonly unreachable: number;
  /** Those whose last check met a server that answered. */
  readonly reached: number;
  /** Faults forgiven in the last documents of all. */
  readonly defects: number;
  /** Failing ones by their last failure. */
  readonly failures: Readonly<Record<string, number>>;
  /** When any source or page was last asked. */
  readonly refreshedAt?: Instant;
}

/** Whether every source that was asked failed to reach any server. Known under `npm start` only. */
export function isOffline({
  failing,
  unreachable,
  reached,
}: Pick<SourceCounts, 'failing' | 'unreachable' | 'reached'>): boolean {
  return reached === 0 && unreachable > 0 && unreachable === failing;
}

/** Says so, of so many sources. */
export function describeOffline(unreachable: number): string {
  return `This machine seems to be offline: ${unreachable} of ${unreachable} sources could not be reached.`;
}

/** A place in the list of all sources, which is in the order of titles. */
export type SourcePlace = Pick<Source, 'title' | 'id'>;

/** A part of the list of all sources; `next` asks for the part after it. */
export interface SourcePage {
  readonly reports: readonly SourceReport[];
  readonly next?: SourcePlace;
}

/** What the owner wants changed; absent = stays. */
export interface SourceChange {
  readonly title?: string;
  readonly tags?: readonly Tag[];
  readonly enabled?: boolean;
  readonly fullText?: boolean;
  readonly maxEntries?: number;
  readonly isSecret?: boolean;
  readonly isPrivate?: boolean;
  readonly keepsDuplicates?: boolean;
  /** `null` takes it away. */
  readonly request?: SourceRequest | null;
  /** Other selectors of a page, which is due at once; `null`: as the page itself says. */
  readonly page?: PageSelectors | null;
}

/** A part of the list of all sources without their states. */
export interface SubscriptionPage {
  readonly sources: readonly Source[];
  readonly next?: SourcePlace;
}

/** Reads all sources, a part at a time: ten thousand of them may be more than one message carries. */
export async function gatherSubscriptions(
  ask: (after?: SourcePlace) => Promise<SubscriptionPage>,
): Promise<readonly Source[]> {
  const all: Source[] = [];
  let page = await ask();
  all.push(...page.sources);
  while (page.next !== undefined) {
    page = await ask(page.next);
    all.push(...page.sources);
  }
  return all;
}
