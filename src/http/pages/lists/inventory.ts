/**
 * What the pages that list everything are made from, and how they become pages.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Frame } from '../../../feed/render/frame.ts';
import { assemble } from '../../../window/assemble.ts';
import { nothingSelected } from '../../../window/selection.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import type { MadePage } from '../frame/page-response.ts';

/** Totals from the window when there is one, else from the Archive. */
export interface Inventory {
  readonly totals: ArchiveTotals;
  readonly window: Window | undefined;
}

/** Without a window, the Archive's totals may be this old. Milliseconds. */
const archiveAnswerMs = 10_000;

/** Looks them up. */
export async function takeInventory({ window, archive }: FeedSources): Promise<Inventory> {
  const index = await window.index();
  return { totals: index?.totals ?? (await archive.totals()), window: index };
}

/** A page without cards, made from an inventory. */
export function toListPage(frame: Frame, { totals, window }: Inventory, now: number): MadePage {
  return {
    ...assemble(frame, nothingSelected, totals.updated satisfies Instant),
    ...(window === undefined ? { expiresAt: now + archiveAnswerMs } : { version: window.version }),
  };
}
