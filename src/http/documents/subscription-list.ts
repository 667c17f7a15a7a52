/**
 * Answers `GET /opml.xml`: the followed feeds, for other readers; `?tag=` selects the sources with these tags.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import { isAsked, type Source } from '../../domain/source.ts';
import { type OpmlSource, renderOpml } from '../../feed/render/opml-writer.ts';
import type { ArchiveOwner } from '../../pipeline/archive-owner.ts';
import { gatherSubscriptions } from '../../pipeline/source-list.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import { holds } from '../../query/match/matches.ts';
import type { ViewMemory } from '../feeds/view-memory.ts';
import { toProblemResponse } from '../problem.ts';
import { sendText } from '../send-text.ts';

/** What the list needs. `now` is epoch milliseconds. */
export interface SubscriptionPorts {
  readonly subscriptions: ArchiveOwner['subscriptions'];
  readonly title: string;
  readonly now: () => number;
  readonly views: ViewMemory;
}

/** One isolate asks the Archive at most this often for the list. Milliseconds. */
const rememberedMs = 10_000;

/** Creates the handler. */
export function createSubscriptionList(
  ports: SubscriptionPorts,
): (context: { readonly req: { readonly raw: Request } }) => Promise<Response> {
  let held: { readonly sources: readonly Source[]; readonly until: number } | undefined;
  const list = async (): Promise<readonly Source[]> => {
    if (held !== undefined && held.until > ports.now()) return held.sources;
    try {
      // Each request waits for its own call: the runtime may drop one that another request began.
      const sources = await gatherSubscriptions(ports.subscriptions);
      held = { sources, until: ports.now() + rememberedMs };
      return sources;
    } catch (error) {
      // An older list is better than none.
      if (held === undefined) throw error;
      return held.sources;
    }
  };
  const followed = async (): Promise<readonly Source[]> => {
    return (await list()).filter((source) => isAsked(source) && source.enabled && source.isPrivate !== true);
  };
  return async ({ req }) => {
    const parameters = new URL(req.raw.url).searchParams;
    const unknown = [...parameters.keys()].filter((name) => name !== 'tag');
    const query = parseQuery(parameters);
    if (unknown.length > 0 || !query.ok) {
      return toProblemResponse({
        status: 400,
        title: 'The query cannot be understood',
        detail:
          'The subscription list knows one parameter: tag, as in ?tag=news, ?tag=a,b (a or b) or ?tag=-a (not a).',
        problems: unknown.map((parameter) => ({ parameter, detail: 'is not known here' })),
      });
    }
    const sources = (await followed()).filter((source) =>
      holds(query.value.tags, (slug) => source.tags.some((tag) => tag.slug === slug)),
    );
    const { origin } = new URL(req.raw.url);
    return await sendText(req.raw, ports.views, `opml ${req.raw.url}`, {
      text: renderOpml({ title: ports.title, sources: sources.map((one) => toPublic(one, origin)) }),
      headers: {
        'Content-Type': 'text/x-opml; charset=utf-8',
        'Cache-Control': 'public, max-age=300, stale-while-revalidate=3600',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'ETag',
      },
    });
  };
}

/**
 * The address of a source in the list. A source with a secret address, or a page, has the address of our feed of it:
 * subscribers get the same entries.
 */
function toPublic(source: Source, origin: string): OpmlSource {
  // Other readers cannot read a page: they subscribe to our feed of it.
  if (source.isSecret !== true && source.kind === 'feed') return source;
  const title = source.title === source.url ? new URL(source.url).host : source.title;
  return { ...source, title, url: `${origin}/sources/${source.id}/rss.xml` as HttpUrl };
}
