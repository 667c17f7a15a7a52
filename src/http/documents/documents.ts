/**
 * Routes the documents that are no live feeds: archives by month, the list of tags, the subscription list, health.
 *
 * This is a chunk of its own, because feed readers do not poll these.
 */
import { Hono } from 'hono';
import { renderRfc3339 } from '../../domain/instant.ts';
import { feedFileNames, feedFormats } from '../../domain/view.ts';
import type { ArchiveOwner } from '../../pipeline/archive-owner.ts';
import type { ArchiveTotals } from '../../window/window.ts';
import type { FeedSources } from '../answer.ts';
import { preflight } from '../other-addresses.ts';
import { createLlmsText } from '../programs/llms-text.ts';
import { sendText } from '../send-text.ts';
import { createArchiveFeeds } from './archive-feeds.ts';
import { createHealth, type HealthPorts } from './health.ts';
import { type FetchAsset, servePicture } from './seed-pictures.ts';
import { createSubscriptionList } from './subscription-list.ts';

/** What monitors and other readers need. */
export interface DocumentPorts extends Omit<HealthPorts, 'now'> {
  readonly subscriptions: ArchiveOwner['subscriptions'];
  readonly asset: FetchAsset;
}

/** Creates the routes; `ports` is absent where there is no Archive. */
export function createDocuments(sources: FeedSources, ports?: DocumentPorts): Hono {
  const { config, now } = sources;
  const routes = new Hono();
  const archiveFeeds = createArchiveFeeds(sources);
  for (const format of feedFormats) {
    const path = `/archive/:month/${feedFileNames[format]}` as const;
    routes.get(path, async ({ req }) => await archiveFeeds(req.raw, req.param('month'), format));
    routes.options(path, () => preflight());
  }
  routes.get('/tags.json', createTagList(sources));
  routes.get('/llms.txt', createLlmsText(sources));
  if (ports !== undefined) {
    const { health, version, subscriptions, asset } = ports;
    routes.get('/health', createHealth({ health, version, now }));
    routes.get('/media/*', async ({ req }, next) => (await servePicture(asset, req.raw)) ?? (await next()));
    routes.get(
      '/opml.xml',
      createSubscriptionList({ subscriptions, title: config.siteTitle, now, views: sources.views }),
    );
  }
  return routes;
}

/** `/tags.json`: every tag, its number of entries, and when the newest of them changed. */
function createTagList(sources: FeedSources): (context: { req: { raw: Request } }) => Promise<Response> {
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
