/**
 * Handles `POST /admin/api/sources`: finds the feed, reads it, and adds the source with its entries, in one request to
 * the site.
 */
import { type HttpUrl, parsePastedUrl } from '../../../domain/http-url.ts';
import { type PageSelectors, tidySelectors } from '../../../domain/page-selectors.ts';
import { isSecretAddress, mayBeSecret, splitLogin } from '../../../domain/secret-address.ts';
import { type Source, toSourceId } from '../../../domain/source.ts';
import { type SourceState, toInitialState } from '../../../domain/source-state.ts';
import type { Tag } from '../../../domain/tag.ts';
import { toTags } from '../../../feed/tag/tag-entry.ts';
import { askHubsMessage } from '../../../pipeline/job-message.ts';
import { isConditional } from '../../../pipeline/polling/request.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import { refreshSource } from '../../../pipeline/refresh-source.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toFeedChoice, toInputProblem, toJsonResponse, toNoFeed } from '../admin-problem.ts';
import { newSource } from '../contract/schema.ts';
import { readJson } from '../request-body.ts';
import { type FoundFeed, findFeed } from './find-feed.ts';
import { addNewsletter } from './newsletter-handlers.ts';
import { offerSelectors } from './page-proposals.ts';
import { toWholeSourceJson } from './source-json.ts';
import { type GivenRequest, toRequest } from './source-request.ts';

/** The message for a text that is no address. */
export const mustBeAddress = 'must be an http(s) URL such as https://example.org/feed.xml';

interface Wanted {
  readonly url: HttpUrl;
  readonly title: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly fullText: boolean;
  readonly maxEntries: number;
  readonly isPrivate: boolean;
  readonly keepsDuplicates: boolean;
  /** Absent: decided by the address. */
  readonly isSecret: boolean | undefined;
  /** Of a page without a feed. */
  readonly page: PageSelectors | undefined;
  readonly own: GivenRequest;
}

/**
 * Answers 201 with the source, 300 with the feeds to choose from, 409 when the source exists, 422 when the address has no
 * readable feed.
 */
export async function addSource(admin: AdminPorts, ports: RefreshPorts, request: Request): Promise<Response> {
  const { archive, enqueue } = admin;
  const body = await readJson(request, newSource);
  if (!body.ok) return body.failure;
  const { newsletter } = body.value;
  if (newsletter !== undefined) {
    return addNewsletter(admin, request, { ...body.value, newsletter });
  }
  const picked = new URL(request.url).searchParams.get('feed');
  const addresses = parsePastedUrl(picked ?? body.value.url ?? '');
  const [url] = addresses;
  if (url === undefined) return toInputProblem([{ field: picked === null ? 'url' : 'feed', detail: mustBeAddress }]);
  const {
    title,
    tags,
    fullText = false,
    maxEntries = 0,
    private: isPrivate = false,
    secret: isSecret,
    page,
    deduplicate = true,
    ...own
  } = body.value;
  const login = addresses.map(splitLogin).find((one) => one.login !== undefined)?.login;
  const wanted: Wanted = {
    url,
    title,
    tags: tags && toTags(tags, []),
    fullText,
    maxEntries,
    isPrivate,
    page: page && tidySelectors(page),
    keepsDuplicates: !deduplicate,
    isSecret: isSecret ?? (login === undefined ? undefined : true),
    own: { ...own, ...(own.basicAuth === undefined && login !== undefined && { basicAuth: login }) },
  };
  const { known, former, formerState } = await archive.lookUp([url]);
  if (known !== undefined) return toKnown(known.source);
  const rest = formerState === undefined ? undefined : restUntil(formerState, ports.now());
  if (formerState !== undefined && rest !== undefined) {
    const source = toSource(wanted, splitLogin(url).url, former, undefined);
    const report = await archive.addSource(source, { kind: 'source', sourceId: source.id, state: rest, entries: [] });
    return toCreated(report);
  }
  const found = await findFeed(
    archive,
    withOwn(ports, wanted),
    addresses.map((each) => splitLogin(each).url),
    { page: wanted.page },
  );
  if (!found.ok) {
    const { tried, document } = found.failure;
    return toNoFeed(tried, wanted.page === undefined ? offerSelectors(document, ports.now()) : []);
  }
  if (found.value.kind === 'choice') return toFeedChoice(found.value.feeds);
  if (found.value.kind === 'known') return toKnown(found.value.report.source);
  const report = await record(archive, withOwn(ports, wanted), wanted, found.value);
  if (report.subscription?.status === 'wanted') await enqueue([askHubsMessage]);
  return toCreated(report);
}

/** Requests with the new source's own header fields. */
function withOwn(ports: RefreshPorts, { own, url }: Wanted): RefreshPorts {
  const said = toRequest(own, splitLogin(url).url);
  if (said === null || said === undefined) return ports;
  return { ...ports, retrieve: (request) => ports.retrieve({ own: said, ...request }) };
}

async function record(
  archive: AdminPorts['archive'],
  ports: RefreshPorts,
  wanted: Wanted,
  found: FoundFeed,
): ReturnType<AdminPorts['archive']['addSource']> {
  const source = toSource(wanted, found.url, found.lookup.former, found);
  let isAnswered = false;
  const retrieve: RefreshPorts['retrieve'] = async (request) => {
    // The feed was just asked for; only pages for its full text are asked now.
    if (isAnswered) return ports.retrieve(request);
    isAnswered = true;
    return { ok: true, value: found.answer };
  };
  const state = found.lookup.formerState ?? toInitialState(ports.now());
  const recording = await refreshSource({ ...ports, retrieve }, { kind: 'source', source, state });
  return archive.addSource(source, recording);
}

/** Members that the request leaves open are those of the `former` source at this address, else the feed's. */
function toSource(
  wanted: Wanted,
  url: HttpUrl,
  former: Source | undefined,
  found: Pick<FoundFeed, 'as' | 'reading'> | undefined,
): Source {
  const feed = found?.reading?.feed;
  const kind = wanted.page === undefined ? (found?.as ?? former?.kind ?? 'feed') : 'page';
  const page = wanted.page ?? former?.page;
  // Without a title yet, the address is the title until the feed gives one.
  const title = wanted.title ?? former?.title ?? (feed === undefined ? url : feed.title || new URL(url).host);
  const siteUrl = feed?.siteUrl ?? former?.siteUrl;
  const isSecret = wanted.isSecret ?? (former?.isSecret === true || isSecretAddress(url) || mayBeSecret(url));
  const request = toRequest(wanted.own, url) ?? former?.request;
  return {
    id: toSourceId(url),
    kind,
    url,
    title,
    ...(siteUrl === undefined ? {} : { siteUrl }),
    tags: wanted.tags ?? former?.tags ?? [],
    enabled: true,
    fullText: wanted.fullText,
    maxEntries: wanted.maxEntries,
    declaredBy: 'api',
    ...(isSecret && { isSecret: true }),
    ...((wanted.isPrivate || former?.isPrivate === true) && { isPrivate: true }),
    ...(kind === 'page' && page !== undefined && { page }),
    ...((wanted.keepsDuplicates || former?.keepsDuplicates === true) && { keepsDuplicates: true }),
    ...(request === undefined ? {} : { request }),
  };
}

/**
 * The state of a removed source that is added again before its next check: it is known to be a feed and has no
 * validators, so it is not asked before that check.
 */
function restUntil(former: SourceState, now: number): SourceState | undefined {
  const { lastDocumentAt, lastOutcome, nextCheckAt, validators } = former;
  const isResting = lastDocumentAt !== undefined && lastOutcome !== 'failed' && nextCheckAt > now;
  return isResting && !isConditional(validators) ? { ...former, stopped: false } : undefined;
}

function toCreated(report: Parameters<typeof toWholeSourceJson>[0]): Response {
  return toJsonResponse(toWholeSourceJson(report), 201, { Location: `/admin/api/sources/${report.source.id}` });
}

function toKnown(source: Source): Response {
  return toAdminProblem(
    {
      status: 409,
      title: 'The source is known already',
      detail: `${source.url} is followed as "${source.title}". PATCH /admin/api/sources/${source.id} changes it.`,
      id: source.id,
      problems: [{ field: 'url', detail: `is followed already by the source ${source.id}` }],
    },
    { Location: `/admin/api/sources/${source.id}` },
  );
}
