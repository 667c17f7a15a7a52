/**
 * Handles the calls that read, change, remove and refresh sources.
 */

import { parsePastedUrl } from '../../../domain/http-url.ts';
import { tidySelectors } from '../../../domain/page-selectors.ts';
import { splitLogin } from '../../../domain/secret-address.ts';
import type { SourceId } from '../../../domain/source.ts';
import { toTags } from '../../../feed/tag/tag-entry.ts';
import type { SourceChange } from '../../../pipeline/archive-owner.ts';
import { toMessages } from '../../../pipeline/job-message.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import type { SourcePlace } from '../../../pipeline/source-list.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toInputProblem, toJsonResponse, toStreamedArray, toUnknownSource } from '../admin-problem.ts';
import { sourceChange } from '../contract/schema.ts';
import { readJson } from '../request-body.ts';
import { moveSource } from './move-source.ts';
import { toSourceJson, toWholeSourceJson } from './source-json.ts';
import { toRequest } from './source-request.ts';

/** `GET /admin/api/sources`: an array, streamed a part at a time, because ten thousand states exceed one message. */
export function listSources({ archive }: AdminPorts): Response {
  return toStreamedArray(async (after: SourcePlace | undefined) => {
    const { reports, next } = await archive.sourcePage(after);
    return { items: reports.map(toSourceJson), ...(next === undefined ? {} : { next }) };
  });
}

/** `GET /admin/api/sources/{id}` */
export async function showSource({ archive }: AdminPorts, id: string): Promise<Response> {
  const report = await archive.source(id as SourceId);
  return report === undefined ? toUnknownSource(id) : toJsonResponse(toWholeSourceJson(report));
}

/** `PATCH /admin/api/sources/{id}` */
export async function changeSource(
  adminPorts: AdminPorts,
  ports: RefreshPorts,
  id: string,
  request: Request,
): Promise<Response> {
  const { archive } = adminPorts;
  const held = await archive.source(id as SourceId);
  if (held === undefined) return toUnknownSource(id);
  const body = await readJson(request, sourceChange);
  if (!body.ok) return body.failure;
  const {
    title,
    tags,
    enabled,
    fullText,
    maxEntries,
    private: isPrivate,
    secret: isSecret,
    deduplicate,
    url: _url,
    page,
    ...own
  } = body.value;
  if (isPrivate === true && held.source.kind === 'site') return toPublicSite(id);
  if (page !== undefined && held.source.kind !== 'page') return toNoPage(id);
  const given = new URL(request.url).searchParams.get('feed') ?? body.value.url;
  const [address = held.source.url] = given === undefined ? [] : parsePastedUrl(given);
  const { url: moved, login } = splitLogin(address);
  const said = toRequest(login === undefined ? own : { basicAuth: login, ...own }, moved, held.source.request);
  const change: SourceChange = {
    ...(title === undefined ? {} : { title }),
    ...(tags === undefined ? {} : { tags: toTags(tags, held.source.tags) }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(fullText === undefined ? {} : { fullText }),
    ...(maxEntries === undefined ? {} : { maxEntries }),
    ...(isPrivate === undefined ? {} : { isPrivate }),
    ...(isSecret === undefined ? login && { isSecret: true } : { isSecret }),
    ...(deduplicate === undefined ? {} : { keepsDuplicates: !deduplicate }),
    ...(said === undefined ? {} : { request: said }),
    ...(page === undefined ? {} : { page: page && tidySelectors(page) }),
  };
  const asked = said === undefined ? held.source.request : (said ?? undefined);
  const refusal =
    given === undefined ? undefined : await moveSource(adminPorts, ports, held.source, { given, request: asked });
  if (refusal !== undefined) return refusal;
  const report =
    Object.keys(change).length === 0
      ? await archive.source(id as SourceId)
      : await archive.changeSource(id as SourceId, change);
  return report === undefined ? toUnknownSource(id) : toJsonResponse(toWholeSourceJson(report));
}

function toPublicSite(id: string): Response {
  return toAdminProblem({
    status: 409,
    title: 'A site of archived articles is public',
    detail: 'Its articles are files that were published with this installation. Only a feed can be private.',
    problems: [{ field: 'private', detail: 'cannot be true for a site of archived articles' }],
    id,
  });
}

function toNoPage(id: string): Response {
  return toAdminProblem({
    status: 409,
    title: 'The source is no page',
    detail: 'Only a page without a feed is read by selectors. Add the page as a source of its own.',
    problems: [{ field: 'page', detail: 'is only for sources of the kind page' }],
    id,
  });
}

/** `DELETE /admin/api/sources/{id}`: its entries are kept, not shown; adding it again shows them again. */
export async function removeSource({ archive }: AdminPorts, id: string): Promise<Response> {
  switch (await archive.removeSource(id as SourceId)) {
    case 'removed':
      return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
    case 'unknown':
      return toUnknownSource(id);
    case 'declared-by-seeds':
      return toAdminProblem({
        status: 409,
        title: 'The source comes from seed files',
        detail: 'Its articles are files under seeds/articles: remove them there, and the source goes with them.',
        id,
      });
  }
}

/** `POST /admin/api/sources/{id}/refresh` */
export async function refreshOne(ports: AdminPorts, id: string, request: Request): Promise<Response> {
  const report = await ports.archive.source(id as SourceId);
  if (report === undefined) return toUnknownSource(id);
  if (!report.source.enabled) {
    return toAdminProblem({
      status: 409,
      title: 'The source is switched off',
      detail: `It is not asked until it is enabled: PATCH /admin/api/sources/${id} with { "enabled": true }.`,
      id,
    });
  }
  return refresh(ports, [report.source.id], request);
}

/** `POST /admin/api/refresh` */
export async function refreshAll(ports: AdminPorts, request: Request): Promise<Response> {
  return refresh(ports, undefined, request);
}

async function refresh(
  { archive, enqueue }: AdminPorts,
  ids: readonly SourceId[] | undefined,
  request: Request,
): Promise<Response> {
  const force = new URL(request.url).searchParams.get('force') ?? '0';
  if (force !== '0' && force !== '1') return toInputProblem([{ field: 'force', detail: 'must be 0 or 1' }]);
  const { jobs, waiting } = await archive.claimSources(ids, force === '1');
  if (jobs.length > 0) await enqueue(toMessages(jobs));
  return toJsonResponse({ enqueued: jobs.length + waiting }, 202);
}
