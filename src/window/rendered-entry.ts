/**
 * Renders one entry into every fragment format, and names the rendered state.
 */

import type { RecordedEntry } from '../domain/entry.ts';
import { fingerprintAll } from '../domain/fingerprint.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import { renderCard } from '../feed/render/card.ts';
import { renderEntry } from '../feed/render/render-entry.ts';
import { toFacets } from '../query/language/facets.ts';
import type { EntryState, FragmentFormat } from './window.ts';

/** An entry's text in every format. */
export type EntryTexts = Readonly<Record<FragmentFormat, string>>;

/** Renders an entry into all formats. Deterministic. */
export function renderForWindow(entry: RecordedEntry<SafeHtml>): EntryTexts {
  return {
    rss: renderEntry('rss', entry, 'full'),
    atom: renderEntry('atom', entry, 'full'),
    json: renderEntry('json', entry, 'full'),
    card: renderCard(entry),
  };
}

/** The facts that queries use. @param epoch names the code that renders it, and its archive */
export function toEntryState(entry: RecordedEntry<SafeHtml>, epoch: string): EntryState {
  return {
    id: entry.id,
    sortAt: entry.sortAt,
    modified: entryChangedAt(entry),
    sequence: entry.sequence,
    digest: nameState(entry, epoch),
    ...toFacets({ ...entry, sourceIds: sourcesOf(entry) }),
    ...(entry.language === undefined ? {} : { language: entry.language }),
  };
}

/** All sources of an entry, first the one whose text is shown. */
function sourcesOf({ origin, also = [] }: Pick<RecordedEntry<SafeHtml>, 'origin' | 'also'>): readonly SourceId[] {
  return [origin.sourceId, ...also.map((other) => other.origin.sourceId)];
}

/**
 * When readers of a feed see this entry as a change (RFC 9110 section 8.8.2): a late entry when it was first seen, an
 * edit with an old date when it was recorded.
 */
export function entryChangedAt({
  modified,
  firstSeen,
  changed = firstSeen,
}: Pick<RecordedEntry<SafeHtml>, 'modified' | 'firstSeen' | 'changed'>): Instant {
  return Math.max(modified, firstSeen, changed) as Instant;
}

/**
 * The digest of an entry's state. Each recorded change has its own sequence number; its source and its tags are rendered,
 * too, and change without one. So the window and the Archive agree without comparing texts.
 */
export function nameState(
  entry: Pick<RecordedEntry<SafeHtml>, 'id' | 'sequence' | 'modified' | 'origin' | 'tags' | 'also'>,
  epoch: string,
): string {
  const { id, sequence, modified, origin, tags, also } = entry;
  const others = also === undefined ? [] : [JSON.stringify(also)];
  return fingerprintAll([
    epoch,
    id,
    `${sequence} ${modified}`,
    JSON.stringify(origin),
    JSON.stringify(tags),
    ...others,
  ]);
}
