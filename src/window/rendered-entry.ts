/**
 * Renders one entry into every fragment format, and names the state that was rendered.
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

/** What can be asked of an entry. @param epoch names the code that renders it and the archive it is in */
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

/** All sources that bring an entry, the one whose words are shown first. */
function sourcesOf({ origin, also = [] }: Pick<RecordedEntry<SafeHtml>, 'origin' | 'also'>): readonly SourceId[] {
  return [origin.sourceId, ...also.map((other) => other.origin.sourceId)];
}

/**
 * When a feed changed for its readers by this entry (RFC 9110 section 8.8.2): one that arrives late counts when it is first seen,
 * an edit with an old date when it was recorded.
 */
export function entryChangedAt({
  modified,
  firstSeen,
  changed = firstSeen,
}: Pick<RecordedEntry<SafeHtml>, 'modified' | 'firstSeen' | 'changed'>): Instant {
  return Math.max(modified, firstSeen, changed) as Instant;
}

/**
 * The digest of an entry's state. Each recorded change has a sequence number of its own; what else is rendered with an entry
 * is its source and its tags, which change without it. So the window and the Archive agree without comparing texts.
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
