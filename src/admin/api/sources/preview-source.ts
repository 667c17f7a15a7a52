/**
 * Answers `GET /admin/api/preview?url=`: reads the address as a source would, and records nothing.
 *
 * A page without a feed is read by the selectors of `page=`, else by the first proposed ones.
 */
import { parsePastedUrl } from '../../../domain/http-url.ts';
import { type PageSelectors, tidySelectors } from '../../../domain/page-selectors.ts';
import { sanitizeEntry } from '../../../feed/sanitize/sanitize-entry.ts';
import { tagEntry, uniteTags } from '../../../feed/tag/tag-entry.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import { compileRules } from '../../../rules/compile-rules.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toFeedChoice, toInputProblem, toJsonResponse, toNoFeed } from '../admin-problem.ts';
import { pageSelectors } from '../contract/page-members.ts';
import { check } from '../contract/zod.ts';
import { mustBeAddress } from './add-source.ts';
import { findFeed } from './find-feed.ts';
import { offerSelectors } from './page-proposals.ts';
import { toTime } from './source-json.ts';

/** Entries that are shown. Defects are counted over the whole document. */
const shownEntries = 50;

/** Answers with the feed, its newest entries with the tags they would get, and every defect. */
export async function previewSource({ archive }: AdminPorts, ports: RefreshPorts, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const addresses = parsePastedUrl(searchParams.get('url') ?? '');
  if (addresses.length === 0) return toInputProblem([{ field: 'url', detail: mustBeAddress }]);
  const given = readSelectors(searchParams.get('page'));
  if (given instanceof Response) return given;
  const first = await findFeed(archive, ports, addresses, { passKnown: true, page: given });
  const proposals = first.ok || given !== undefined ? [] : offerSelectors(first.failure.document, ports.now());
  const page = given ?? proposals[0]?.page;
  const found =
    first.ok || page === given ? first : await findFeed(archive, ports, addresses, { passKnown: true, page });
  if (found.ok && found.value.kind === 'choice') return toFeedChoice(found.value.feeds);
  const feed = found.ok && found.value.kind === 'found' ? found.value : undefined;
  if (feed?.reading === undefined) return toNoFeed(found.ok ? [] : found.failure.tried);
  const { reading, sourceId, lookup } = { ...feed, reading: feed.reading };
  const rules = compileRules(lookup.rules);
  const sourceTags = lookup.known?.source.tags ?? [];
  const dropped: (readonly DroppedMarkup[])[] = [];
  const entries = reading.feed.entries.slice(0, shownEntries).map((untrusted) => {
    const entry = sanitizeEntry(untrusted);
    const { tagged } = rules({ entry, sourceId, tags: tagEntry(entry, sourceTags) });
    dropped.push(countDropped(untrusted.content?.markup ?? '', entry.content ?? ''));
    return {
      id: entry.id,
      title: entry.title,
      url: entry.url ?? null,
      published: toTime(entry.published),
      updated: toTime(entry.updated),
      summary: entry.summary,
      image: entry.image ?? null,
      tags: uniteTags(
        tagged.map(({ tag }) => tag),
        tagEntry(entry, sourceTags),
      ).map((tag) => tag.slug),
    };
  });
  return toJsonResponse({
    url: feed.url,
    kind: feed.as,
    page: (feed.as === 'page' ? page : undefined) ?? null,
    ...(proposals.length === 0 ? {} : { proposals }),
    discoveredFrom: addresses.includes(feed.url) ? null : (addresses[0] ?? null),
    format: reading.format,
    title: reading.feed.title,
    description: reading.feed.description,
    siteUrl: reading.feed.siteUrl ?? null,
    language: reading.feed.language ?? null,
    entries,
    defects: reading.defects,
    dropped: addDropped(dropped),
    known: lookup.known?.source.id ?? null,
  });
}

/** The selectors of the parameter, which is JSON; a response when they are unusable. */
function readSelectors(text: string | null): PageSelectors | Response | undefined {
  if (text === null || text.trim() === '') return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return toInputProblem([{ field: 'page', detail: 'must be JSON such as {"item":"article","title":"h2"}' }]);
  }
  const checked = check(pageSelectors, json);
  if (checked.ok) return tidySelectors(checked.value);
  return toInputProblem(checked.failure.map(({ field, detail }) => ({ field: `page.${field}`, detail })));
}

/** Elements of one name that sanitizing removed, and how many. */
export interface DroppedMarkup {
  readonly element: string;
  readonly count: number;
}

/** Counts the elements of the publisher's markup that sanitizing removed; the most frequent first. */
function countDropped(before: string, after: string): readonly DroppedMarkup[] {
  const left = countElements(after);
  return [...countElements(before)]
    .map(([element, amount]) => ({ element, count: amount - (left.get(element) ?? 0) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.element < b.element ? -1 : 1));
}

/** Sums up the removed elements of several entries. */
function addDropped(lists: readonly (readonly DroppedMarkup[])[]): readonly DroppedMarkup[] {
  const sums = new Map<string, number>();
  for (const { element, count } of lists.flat()) sums.set(element, (sums.get(element) ?? 0) + count);
  return [...sums].map(([element, count]) => ({ element, count })).toSorted((a, b) => b.count - a.count);
}

function countElements(markup: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of markup.matchAll(/<([a-z][a-z0-9-]{0,30})(?=[\s/>])/gi)) {
    const element = name.toLowerCase();
    counts.set(element, (counts.get(element) ?? 0) + 1);
  }
  return counts;
}
