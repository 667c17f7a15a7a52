/**
 * Turns a view into digests: asks the Archive for them, and renders them as entries. Feeds and pages both use this.
 */
import type { Origin } from '../../domain/entry.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PeriodKind } from '../../domain/period.ts';
import type { PeriodDigest } from '../../domain/period-digest.ts';
import type { SourceId } from '../../domain/source.ts';
import type { FeedFormat } from '../../domain/view.ts';
import { toDigestEntry } from '../../feed/render/digest-entry.ts';
import type { DigestLinks } from '../../feed/render/digest-html.ts';
import { renderEntry } from '../../feed/render/render-entry.ts';
import type { DigestAnswer } from '../../pipeline/digest-question.ts';
import { canonicalQuery } from '../../query/language/canonical.ts';
import { everything, type Query } from '../../query/language/query.ts';
import { joinFragments } from '../../window/join-fragments.ts';
import type { Selection } from '../../window/selection.ts';
import { feedAddress, pageAddress, pathOf, type ViewPlace, withKey } from '../../window/view-address.ts';
import { deflateFragments, type FeedSources } from '../answer.ts';

/** Digests of a view, with their period and zone. */
export interface AskedDigests extends DigestAnswer {
  readonly kind: PeriodKind;
  readonly links: (digest: PeriodDigest) => DigestLinks;
  readonly origin: Origin;
}

/**
 * Asks for the digests of a view; `undefined` when the request does not ask for digests. @param query the request's own
 * parameters, without those of the place
 */
export async function askDigests(
  { archive, config }: Pick<FeedSources, 'archive' | 'config'>,
  siteOrigin: string,
  place: ViewPlace,
  query: Query,
  asked: Query,
): Promise<AskedDigests | undefined> {
  const { digest: kind, zone = config.siteTimezone } = asked;
  if (kind === undefined) return undefined;
  const selected = toSelected(query);
  const name = `${pathOf(place)}?${canonicalQuery(selected)} ${kind} ${zone}`;
  const answer = await archive.digests({ name, kind, zone, query: asked });
  const at = (address: string): HttpUrl => `${siteOrigin}${address}` as HttpUrl;
  const origin = {
    sourceId: 'digest' as SourceId,
    title: config.siteTitle,
    feedUrl: at(feedAddress(place, 'rss', selected)),
    siteUrl: at(pageAddress(place, selected)),
  };
  const links = ({ period: { start, end } }: PeriodDigest): DigestLinks => {
    const since = { kind: 'instant', at: start } as const;
    const until = { kind: 'instant', at: (end - 1) as Instant } as const;
    return {
      page: at(withKey(place, pageAddress(place, { ...selected, since, until }))),
      entry: ({ id, url }) => url ?? at(`/entries/${id}`),
    };
  };
  return { ...answer, kind, links, origin };
}

/** What a request selects, without limit and content. */
function toSelected(query: Query): Query {
  const { before: _, digest: __, zone: ___, ...selected } = query;
  const { limit, content, titles } = everything;
  return { ...selected, limit, content, titles };
}

/** The digests as the selection of a feed. */
export function selectDigests(
  { digests, kind, links, origin, next }: AskedDigests,
  format: FeedFormat,
  { content }: Pick<Query, 'content'>,
): Selection {
  const encoder = new TextEncoder();
  const rendered = digests.map((digest) => {
    const entry = toDigestEntry(digest, kind, origin, links(digest));
    return { entry, text: renderEntry(format, entry, content) };
  });
  const last = digests.at(-1);
  const isNextPage = next !== undefined && next.id === last?.id;
  return {
    entries: rendered.map(({ entry: { id, sortAt, modified, sequence, language = '' }, text }) => ({
      id,
      sortAt,
      modified,
      sequence,
      digest: fingerprint(text),
      language,
    })),
    fragments: async () => {
      const { bytes, ends } = joinFragments(rendered.map(({ text }) => encoder.encode(text)));
      return await deflateFragments(bytes, ends);
    },
    more: isNextPage,
    ...(next === undefined || isNextPage ? {} : { horizon: next }),
  };
}
