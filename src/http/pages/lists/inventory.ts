/**
 * Makes the pages that list everything (sources, tags, months) from the totals.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Frame } from '../../../feed/render/frame.ts';
import { assemble } from '../../../window/assemble.ts';
import { nothingSelected } from '../../../window/selection.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import type { MadePage } from '../frame/page-response.ts';

/** The totals: the window's if there is a window, else the Archive's. */
export interface Inventory {
  readonly totals: ArchiveTotals;
  readonly window: Window | undefined;
}

/** How old the Archive's totals may be when there is no window. Milliseconds. */
const archiveAnswerMs = 10_000;

/** Reads the totals. */
export async function takeInventory({ window, archive }: FeedSources): Promise<Inventory> {
  const index = await window.index();
  return { totals: index?.totals ?? (await archive.totals()), window: index };
}

/** Sends a page without cards. */
export function toListPage(frame: Frame, { totals, window }: Inventory, now: number): MadePage {
  return {
    ...assemble(frame, nothingSelected, totals.updated satisfies Instant),
    ...(window === undefined ? { expiresAt: now + archiveAnswerMs } : { version: window.version }),
  };
}
