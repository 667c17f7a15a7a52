/**
 * Finds the entries of a view: in the window when it provably holds them all, else in the Archive.
 *
 * The same few steps serve feeds and pages.
 */
import type { Instant } from '../domain/instant.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import type { Config } from '../pipeline/config.ts';
import type { ArchiveAnswer, ArchiveReader, PublishedWindow } from '../pipeline/ports.ts';
import type { Query } from '../query/language/query.ts';
import { loadDeflate } from '../window/compress.ts';
import type { Piece } from '../window/gzip-join.ts';
import { previousPage } from '../window/previous-page.ts';
import { selectFromWindow, selectToHorizon } from '../window/select.ts';
import type { Selection } from '../window/selection.ts';
import type { ArchiveTotals, FragmentFormat } from '../window/window.ts';
import type { Admit } from './admission.ts';
import type { ViewMemory } from './feeds/view-memory.ts';

/** What a view is made of. `from` the `part`: the Archive did not answer, and the window holds only the newest of it. */
export interface Answer {
  readonly selection: Selection;
  readonly totals: ArchiveTotals;
  /** Version of the window at hand; empty when there is none. */
  readonly version: string;
  readonly from: 'window' | 'archive' | 'part';
  /** What is written around entries, when the window at hand has it. */
  readonly frames: FrameTemplates | undefined;
}

/** Where answers come from. */
export interface AnswerSources {
  readonly window: PublishedWindow;
  readonly archive: ArchiveReader;
}

/** What every view is served from: where answers come from, the settings, and the time in epoch milliseconds. */
export interface FeedSources extends AnswerSources {
  readonly config: Config;
  readonly now: () => number;
  /** The isolate's one memory of views. */
  readonly views: ViewMemory;
  /** Refuses clients that ask for too many views that are not remembered. */
  readonly admit?: Admit;
}

/** Answers a query; the fragments, in one format, are fetched when they are needed. */
export async function answerFrom(
  { window, archive }: AnswerSources,
  query: Query,
  format: FragmentFormat,
  now: Instant,
): Promise<Answer> {
  const held = query.text === undefined ? await window.index() : window.fresh();
  // Private entries are never published: whoever may see them asks the Archive.
  const isPublic = query.withPrivate !== true;
  const found = held === undefined || !isPublic ? undefined : selectFromWindow(held, query, now);
  const isInWindow = isPublic && (query.isOwn !== true || found !== undefined);
  const previous = held === undefined || !isInWindow ? undefined : previousPage(held, query, now);
  const paging = previous === undefined ? {} : { previous };
  if (held !== undefined && found !== undefined && window.isAtHand(held, format, found.entries)) {
    const fragments = () => window.fragments(held, format, found.entries);
    const { totals, version, frames } = held;
    return { selection: { ...found, fragments, ...paging }, totals, version, from: 'window', frames };
  }
  try {
    const { selection, ...answer } = await answerFromArchive({ window, archive }, query, format);
    return { ...answer, selection: { ...selection, ...paging }, frames: held?.frames };
  } catch (error) {
    const part = held === undefined ? undefined : selectToHorizon(held, query, now);
    if (held === undefined || part === undefined || !window.isAtHand(held, format, part.entries)) throw error;
    const fragments = async () => {
      const pieces = await window.fragments(held, format, part.entries);
      if (pieces === undefined) throw error;
      return pieces;
    };
    const { totals, version, frames } = held;
    return { selection: { ...part, fragments, ...paging }, totals, version, from: 'part', frames };
  }
}

/** Answers a query by the Archive, whatever the window holds. */
export async function answerFromArchive(
  { window, archive }: AnswerSources,
  query: Query,
  format: FragmentFormat,
): Promise<Answer> {
  const answer = await archive.answer(query, format);
  const version = (await window.current())?.version ?? '';
  return { selection: toSelection(answer), totals: answer.totals, version, from: 'archive', frames: undefined };
}

function toSelection({ entries, bytes, ends, more, horizon, previous }: ArchiveAnswer): Selection {
  return {
    entries,
    fragments: () => deflateFragments(bytes, ends),
    more,
    ...(horizon === undefined ? {} : { horizon }),
    ...(previous === undefined ? {} : { previous }),
  };
}

/** The Archive's fragments as pieces: compressed here, because the Archive is one thread for everybody. */
export async function deflateFragments(bytes: Uint8Array, ends: readonly number[]): Promise<readonly Piece[]> {
  const deflate = await loadDeflate();
  return ends.map((end, position) => deflate(bytes.subarray(position === 0 ? 0 : ends[position - 1], end)));
}
