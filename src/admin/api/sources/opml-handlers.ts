/**
 * Imports and exports subscription lists (OPML), as other readers write and read them.
 */

import { describeFailure } from '../../../domain/failure.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { isAsked, type Source, type SourceId, toSourceId } from '../../../domain/source.ts';
import { toFlags } from '../../../domain/source-flags.ts';
import { type OpmlOutline, readOpml } from '../../../feed/read/formats/opml.ts';
import { renderOpml } from '../../../feed/render/opml-writer.ts';
import { toTags } from '../../../feed/tag/tag-entry.ts';
import { toMessages } from '../../../pipeline/job-message.ts';
import { gatherSubscriptions } from '../../../pipeline/source-list.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toInputProblem, toJsonResponse } from '../admin-problem.ts';
import { opmlImport } from '../contract/schema.ts';
import { maxUploadBytes, mediaTypeOf, readBytes, readForm, readJson, wrongMediaType } from '../request-body.ts';

/** How many new sources an import enqueues itself: as many as a wake-up does. */
const askedAtOnce = 1000;

const opmlTypes = ['text/x-opml', 'application/xml', 'text/xml', 'application/octet-stream', 'text/plain'];

/** `GET /admin/api/opml`: every followed feed, switched-off ones included, with the owner's settings. */
export async function exportSubscriptions({ archive, siteTitle }: AdminPorts): Promise<Response> {
  const feeds = (await gatherSubscriptions(archive.subscriptions)).filter(isAsked);
  const sources = feeds.map((feed) => ({ ...feed, flags: toFlags(feed) }));
  return new Response(renderOpml({ title: siteTitle, sources }), {
    headers: {
      'Content-Type': 'text/x-opml; charset=utf-8',
      'Content-Disposition': 'attachment; filename="subscriptions.opml"',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** `POST /admin/api/opml`: multipart, raw XML or JSON. New sources are enqueued at once. */
export async function importSubscriptions(ports: AdminPorts, request: Request): Promise<Response> {
  const upload = await readUpload(request);
  if (!upload.ok) return upload.failure;
  const base = parseHttpUrl('https://tributary.invalid/subscriptions.opml') as HttpUrl;
  const list = readOpml({ ...upload.value, url: base });
  if (!list.ok) {
    return toAdminProblem({
      status: 422,
      title: 'No subscription list can be read',
      detail: describeFailure(list.failure),
      problems: [{ field: 'opml', detail: describeFailure(list.failure) }],
    });
  }
  const { outlines, rejected } = list.value;
  const outcome = await ports.archive.importSources(outlines.map(toSource));
  await ask(ports, outcome.added);
  return toJsonResponse({
    added: outcome.added.length,
    updated: outcome.updated.length,
    unchanged: outcome.unchanged.length,
    rejected,
  });
}

async function ask({ archive, enqueue }: AdminPorts, added: readonly SourceId[]): Promise<void> {
  if (added.length === 0) return;
  // The others are due as well: the next cron takes them.
  const { jobs } = await archive.claimSources(added.slice(0, askedAtOnce), false);
  if (jobs.length > 0) await enqueue(toMessages(jobs));
}

/** A list as bytes; without a charset in its headers, the document itself decides. */
interface Upload {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}

async function readUpload(request: Request): Promise<Result<Upload, Response>> {
  const type = mediaTypeOf(request);
  if (type === 'application/json') {
    const body = await readJson(request, opmlImport, maxUploadBytes);
    return body.ok ? ok(toUpload(body.value.opml)) : body;
  }
  if (type === 'multipart/form-data') return readPart(request);
  if (type === '' || opmlTypes.includes(type) || type.endsWith('+xml')) {
    const bytes = await readBytes(request, maxUploadBytes);
    return bytes.ok ? ok({ bytes: bytes.value, contentType: request.headers.get('Content-Type') ?? '' }) : bytes;
  }
  return fail(wrongMediaType(request, ['text/x-opml', 'application/xml', 'multipart/form-data', 'application/json']));
}

async function readPart(request: Request): Promise<Result<Upload, Response>> {
  const form = await readForm(request, maxUploadBytes);
  if (!form.ok) return form;
  const part = form.value.map(([, value]) => value)[0];
  if (part === undefined) {
    return fail(toInputProblem([{ field: 'opml', detail: 'must be a part of the form that holds the list' }]));
  }
  return ok(typeof part === 'string' ? toUpload(part) : { bytes: new Uint8Array(await part.arrayBuffer()) });
}

/** Text that was decoded already: its declared charset no longer applies. */
function toUpload(text: string): Upload {
  return { bytes: new TextEncoder().encode(text), contentType: 'text/x-opml; charset=utf-8' };
}

function toSource(outline: OpmlOutline): Source {
  return {
    id: toSourceId(outline.url),
    kind: outline.isPage === true ? 'page' : 'feed',
    url: outline.url,
    // Without a title of its own, it gets the feed's title later; until then the address is the title.
    title: outline.title === '' ? outline.url : outline.title,
    ...(outline.siteUrl === undefined ? {} : { siteUrl: outline.siteUrl }),
    tags: toTags(outline.categories, []),
    ...outline.flags,
    declaredBy: 'api',
    ...(outline.page === undefined ? {} : { page: outline.page }),
  };
}
