/**
 * Opens the Archive's door for pages and feeds.
 */
import type { ArchiveReader } from '../../../pipeline/ports.ts';
import type { Query } from '../../../query/language/query.ts';
import type { FragmentFormat } from '../../../window/window.ts';
import { createAnswers } from '../answers/answer-query.ts';
import { findPlaces } from '../answers/find-places.ts';
import { readDigests } from '../answers/read-digests.ts';
import { readMonth } from '../answers/read-month.ts';
import { findIcon } from '../answers/source-icons.ts';
import { createTotalsSaver, type SentAnswer } from '../answers/totals-on-the-wire.ts';
import { findPrivateEntry } from '../answers/unindexed-entries.ts';
import { resolveAlias } from '../entries/entry-rows.ts';
import { findEntry } from '../entries/read-entries.ts';
import { readSequence } from '../ground/meta.ts';
import { listMonths } from '../ground/months.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { Publisher } from '../publish/publisher.ts';
import { findMergedTarget } from '../rows/merged-sources.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { listViews } from '../rows/view-rows.ts';
import { now } from './clock.ts';

/** The readers' port, except that an answer lacks the totals that the caller already has. */
export interface ReaderDoor extends Omit<ArchiveReader, 'answer'> {
  readonly answer: (query: Query, format: FragmentFormat, knownState?: string) => Promise<SentAnswer>;
}

/** Opens the door of an awake Archive. */
export function createReaderDoor(archive: ArchiveState, publisher: Publisher): ReaderDoor {
  const answer = createAnswers(archive);
  const withoutKnown = createTotalsSaver();
  return {
    answer: async (query, format, knownState) => withoutKnown(answer(query, format, now()), knownState),
    count: async (query, most) => {
      const { places, more } = findPlaces(archive, { ...query, limit: most }, now());
      return { amount: places.length, more };
    },
    month: async (month, before, format) => readMonth(archive, month, before, format, now()),
    digests: async (question) => readDigests(archive, question, now()),
    months: async () => listMonths(archive.sql),
    views: async () => listViews(archive.sql),
    entry: async (id, opened) => {
      const origins = listOrigins(archive.sql);
      const meant = resolveAlias(archive.sql, id);
      const found = findEntry(archive.sql, id, origins) ?? (meant && findEntry(archive.sql, meant, origins));
      if (found !== undefined || opened?.withPrivate !== true) return found;
      return findPrivateEntry(archive, id, opened, now());
    },
    mergedSource: async (id) => findMergedTarget(archive.sql, id),
    icon: async (id) => findIcon(archive.sql, id, now()),
    totals: async () => archive.totals.snapshot(readSequence(archive.sql)),
    // A reader found nothing published, or other seeds: values that KV lacks are published again.
    bootstrap: async () => void (await publisher.verify()),
    rewrite: async (keys) => {
      await publisher.verifyKeys(keys);
      // A KV that fails is looked at in the next round.
      await publisher.verify().catch(() => undefined);
    },
  };
}
