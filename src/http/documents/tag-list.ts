/**
 * `/tags.json`: every tag with how many entries it has and when the newest of them changed.
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import type { ArchiveTotals } from '../../window/window.ts';
import type { FeedSources } from '../answer.ts';
import { sendText } from '../send-text.ts';

/** Creates the handler. */
export function createTagList(sources: FeedSources): (context: { req: { raw: Request } }) => Promise<Response> {
  return async ({ req }) => {
    const totals = (await sources.window.index())?.totals ?? (await sources.archive.totals());
    return await sendText(req.raw, sources.views, 'tags.json', {
      text: renderTagList(totals),
      lastModified: totals.updated,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'public, max-age=300, stale-while-revalidate=3600',
        'Access-Control-Allow-Origin': '*',
      },
    });
  };
}

function renderTagList(totals: ArchiveTotals): string {
  const list = totals.tags.map(({ slug, label, count, updated }) => ({
    tag: slug,
    label,
    count,
    updated: renderRfc3339(updated),
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
