/**
 * Proposes selectors for a page without a feed, with the entries that each finds.
 */
import type { Document } from '../../../domain/document.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { PageSelectors } from '../../../domain/page-selectors.ts';
import { proposeForDocument } from '../../../feed/read/page-list/propose-selectors.ts';

/** Proposed selectors. */
export interface OfferedSelectors {
  readonly page: PageSelectors;
  /** How many entries they find, and the titles of the first. */
  readonly entries: number;
  readonly newest: readonly string[];
}

/** How many titles are shown, so that a person recognises the list. */
const shownTitles = 3;

/** The likeliest selectors first; empty when no document came, or nothing in it looks like a list of entries. */
export function offerSelectors(document: Document | undefined, now: Instant): readonly OfferedSelectors[] {
  if (document === undefined) return [];
  return proposeForDocument(document, now).map(({ page, entries }) => ({
    page,
    entries: entries.length,
    newest: entries
      .flatMap(({ texts }) => texts.find(({ from }) => from === 'title')?.text ?? [])
      .slice(0, shownTitles),
  }));
}
