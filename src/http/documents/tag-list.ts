/**
 * `/tags.json`: every tag with how many entries it has and when the newest of them changed.
 */

import { fingerprint } from '../../domain/fingerprint.ts';
import { renderRfc822, renderRfc3339 } from '../../domain/instant.ts';
import type { ArchiveTotals } from '../../window/window.ts';
import { isNotModified } from '../conditional.ts';
import type { FeedSources } from '../feeds/feeds.ts';

/** Creates the handler. */
export function createTagList(sources: FeedSources): (context: { req: { raw: Request } }) => Promise<Response> {
  return async ({ req }) => {
    const totals = (await sources.window.index())?.totals ?? (await sources.archive.totals());
    const body = renderTagList(totals);
    const etag = `"${fingerprint(body)}"`;
    const headers = {
      ETag: etag,
      'Last-Modified': renderRfc822(totals.updated),
      'Cache-Control': 'public, max-age=300, stale-while-revalidate=3600',
      'Access-Control-Allow-Origin': '*',
    };
    if (isNotModified(req.raw, etag, totals.updated)) return new Response(null, { status: 304, headers });
    return new Response(body, { headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' } });
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
