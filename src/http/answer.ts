/**
 * Finds the entries of a view: in the window when it provably holds them all, else in the Archive.
 *
 * The same few steps serve feeds and pages.
 */

import type { Instant } from '../domain/instant.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import type { Config } from '../pipeline/config.ts';
import type { ArchiveAnswer, ArchiveReader, PublishedWindow } from '../pipeline/ports.ts';
import { isEverything, type Query } from '../query/language/query.ts';
import { previousPage } from '../window/previous-page.ts';
import { selectFromWindow, sliceFragments } from '../window/select.ts';
import type { Selection } from '../window/selection.ts';
import type { ArchiveTotals, FragmentFormat } from '../window/window.ts';

/** What a view is made of. */
export interface Answer {
  readonly selection: Selection;
  readonly totals: ArchiveTotals;
  /** Version of the window at hand; empty when there is none. */
  readonly version: string;
  readonly from: 'window' | 'archive';
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
}

/** Answers a query with fragments of one format. The default view has a value of its own, a cold isolate's quickest answer. */
export async function answerFrom(
  { window, archive }: AnswerSources,
  query: Query,
  format: FragmentFormat,
  now: Instant,
): Promise<Answer> {
  const front = format !== 'card' && isEverything(query) ? await window.front(format) : undefined;
  if (front !== undefined) {
    const { selection, totals, version, frames } = front;
    return { selection, totals, version, from: 'window', frames };
  }
  const view = query.text === undefined ? await window.view(format) : undefined;
  const found = view === undefined ? undefined : selectFromWindow(view.window, query, now);
  const previous = view === undefined ? undefined : previousPage(view.window, query, now);
  const paging = previous === undefined ? {} : { previous };
  if (view !== undefined && found !== undefined) {
    const selection = { ...sliceFragments(view.window, format, view.fragments, found), ...paging };
    const { totals, version, frames } = view.window;
    return { selection, totals, version, from: 'window', frames };
  }
  const answer = await archive.answer(query, format);
  const version = (await window.current())?.version ?? '';
  return {
    selection: { ...toSelection(answer), ...paging },
    totals: answer.totals,
    version,
    from: 'archive',
    frames: view?.window.frames,
  };
}

function toSelection({ entries, bytes, ends, more, horizon, previous }: ArchiveAnswer): Selection {
  return {
    entries,
    fragments: ends.map((end, position) => bytes.subarray(position === 0 ? 0 : ends[position - 1], end)),
    more,
    ...(horizon === undefined ? {} : { horizon }),
    ...(previous === undefined ? {} : { previous }),
  };
}
