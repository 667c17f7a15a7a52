/**
 * Types the lists of all sources, which are read a part at a time, and the counts over them.
 */

import type { Instant } from '../domain/instant.ts';
import type { PageSelectors } from '../domain/page-selectors.ts';
import type { Source, SourceRequest } from '../domain/source.ts';
import type { Tag } from '../domain/tag.ts';
import type { SourceReport } from './source-table.ts';

/** Sources counted by how their checks go. */
export interface SourceCounts {
  readonly total: number;
  readonly ok: number;
  readonly failing: number;
  readonly stopped: number;
  /** Failing sources whose last check reached no server at all. */
  readonly unreachable: number;
  /** Sources whose last check reached a server. */
  readonly reached: number;
  /** Defects in the last documents of all sources. */
  readonly defects: number;
  /** Failing sources by their last failure. */
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

/** The sentence for people, with the number of sources. */
export function describeOffline(unreachable: number): string {
  return `This machine seems to be offline: ${unreachable} of ${unreachable} sources could not be reached.`;
}

/** A place in the list of all sources, which is in the order of titles. */
export type SourcePlace = Pick<Source, 'title' | 'id'>;

/** A part of the list of all sources; `next` continues it. */
export interface SourcePage {
  readonly reports: readonly SourceReport[];
  readonly next?: SourcePlace;
}

/** The owner's changes to a source; absent = unchanged. */
export interface SourceChange {
  readonly title?: string;
  readonly tags?: readonly Tag[];
  readonly enabled?: boolean;
  readonly fullText?: boolean;
  readonly maxEntries?: number;
  readonly isSecret?: boolean;
  readonly isPrivate?: boolean;
  readonly keepsDuplicates?: boolean;
  /** `null` removes it. */
  readonly request?: SourceRequest | null;
  /** Other selectors of a page, which is due at once; `null` = as the page itself says. */
  readonly page?: PageSelectors | null;
}

/** A part of the list of all sources without their states. */
export interface SubscriptionPage {
  readonly sources: readonly Source[];
  readonly next?: SourcePlace;
}

/** Reads all sources, a part at a time: ten thousand of them may exceed one message. */
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
