/**
 * Finds saved views: in the window's index, so that the edge serves them without waking the Archive.
 *
 * The Archive is asked about private views, which are never published, and about a view that the window lacks: it may be
 * new.
 */
import { opensView, type SavedView } from '../domain/saved-view.ts';
import { parseQuery } from '../query/language/parse-query.ts';
import type { ViewPlace } from '../window/view-address.ts';
import type { FeedSources } from './feeds/feeds.ts';
import { toProblemResponse } from './problem.ts';

/** Finds the place of a view by the request's URL; `undefined` when there is none, or its key is missing. */
export type FindView = (name: string, url: string) => Promise<ViewPlace | undefined>;

/** One isolate asks the Archive at most this often, whatever names are tried. Milliseconds. */
const rememberedMs = 5000;

/** Creates the finder. */
export function createFindView({ window, archive, now }: Pick<FeedSources, 'window' | 'archive' | 'now'>): FindView {
  let held: { readonly views: readonly SavedView[]; readonly until: number } | undefined;
  const listFromArchive = async (): Promise<readonly SavedView[]> => {
    if (held === undefined || held.until <= now()) held = { views: await archive.views(), until: now() + rememberedMs };
    return held.views;
  };
  return async (name, url) => {
    const key = new URL(url).searchParams.get('key') ?? undefined;
    // A key is checked each time: a revoked one must open nothing.
    if (key !== undefined) return openPlace(await archive.views(), name, key);
    const published = (window.fresh() ?? (await window.index()))?.views ?? [];
    return openPlace(published, name, key) ?? openPlace(await listFromArchive(), name, key);
  };
}

function openPlace(views: readonly SavedView[], name: string, key: string | undefined): ViewPlace | undefined {
  const view = views.find((candidate) => candidate.name === name);
  if (view === undefined || !opensView(view, key)) return undefined;
  const query = parseQuery(new URLSearchParams(view.query));
  if (!query.ok) return undefined;
  const isPrivate = view.keyHash !== undefined;
  return {
    kind: 'view',
    name,
    title: view.title,
    query: query.value,
    isPrivate,
    ...(isPrivate && key !== undefined && { key }),
  };
}

/** The answer for a view that does not exist or may not be seen: both get the same. */
export function unknownView(name: string): Response {
  return toProblemResponse(
    {
      status: 404,
      title: 'Unknown view',
      detail: `There is no view "${name}" here. A private one opens with its whole address, key included.`,
    },
    { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  );
}
