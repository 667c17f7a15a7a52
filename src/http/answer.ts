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

/**
 * The entries of a view. `from` the `part`: the Archive did not answer, and the window holds only the newest entries of
 * it.
 */
export interface Answer {
  readonly selection: Selection;
  readonly totals: ArchiveTotals;
  /** Version of the window; empty when there is none. */
  readonly version: string;
  readonly from: 'window' | 'archive' | 'part';
  /** The frame templates, when the window has them. */
  readonly frames: FrameTemplates | undefined;
}

/** Where answers come from. */
export interface AnswerSources {
  readonly window: PublishedWindow;
  readonly archive: ArchiveReader;
}

/** Everything that serving a view needs: window and Archive, the settings, and the time in epoch milliseconds. */
export interface FeedSources extends AnswerSources {
  readonly config: Config;
  readonly now: () => number;
  /** The isolate's one memory of views. */
  readonly views: ViewMemory;
  /** Refuses clients with too many requests for views that are not remembered. */
  readonly admit?: Admit;
}

/** Answers a query. Its fragments, in one format, are fetched when they are needed. */
export async function answerFrom(
  { window, archive }: AnswerSources,
  query: Query,
  format: FragmentFormat,
  now: Instant,
): Promise<Answer> {
  const held = query.text === undefined ? await window.index() : window.fresh();
  // Private entries are never published, so only the Archive can answer with them.
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

/** Answers a query from the Archive, whatever the window holds. */
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

/** Compresses the Archive's fragments. This happens here, because the Archive is one thread for all readers. */
export async function deflateFragments(bytes: Uint8Array, ends: readonly number[]): Promise<readonly Piece[]> {
  const deflate = await loadDeflate();
  return ends.map((end, position) => deflate(bytes.subarray(position === 0 ? 0 : ends[position - 1], end)));
}
