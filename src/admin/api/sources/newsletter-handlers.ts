/**
 * Adds newsletter sources, and handles the owner's decisions about waiting mails.
 */
import { newsletterRandomLength, parseNewsletterName, toNewsletterUrl } from '../../../domain/newsletter-address.ts';
import { type Source, type SourceId, toSourceId } from '../../../domain/source.ts';
import { toInitialState } from '../../../domain/source-state.ts';
import { toTags } from '../../../feed/tag/tag-entry.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toInputProblem, toJsonResponse, toUnknownSource } from '../admin-problem.ts';
import type { newSource } from '../contract/schema.ts';
import { toWholeSourceJson } from './source-json.ts';

type NewSource = (typeof newSource)['_zod']['output'];

/** Members of a new source that do not apply to mails. */
const ofFeeds = ['fullText', 'secret', 'headers', 'userAgent', 'basicAuth'] as const;

/**
 * `POST /admin/api/sources` with `newsletter`: 201 with the address to subscribe with. Private unless the request says
 * otherwise.
 */
export async function addNewsletter(
  { archive, mailDomain, randomName, now }: AdminPorts,
  request: Request,
  wanted: NewSource & { readonly newsletter: string },
): Promise<Response> {
  const foreign = ofFeeds.filter((name) => wanted[name] !== undefined);
  if (foreign.length > 0) {
    return toInputProblem(foreign.map((field) => ({ field, detail: 'does not apply to a newsletter: leave it out' })));
  }
  const name = parseNewsletterName(wanted.newsletter);
  const domain = mailDomain ?? new URL(request.url).hostname;
  const url = name === undefined ? undefined : toNewsletterUrl(name, randomName(newsletterRandomLength), domain);
  if (name === undefined || url === undefined) return toInputProblem([{ field: 'newsletter', detail: mustBeName }]);
  const { title = wanted.newsletter.trim(), tags = [], maxEntries = 0, private: isPrivate = true } = wanted;
  const source: Source = {
    id: toSourceId(url),
    kind: 'newsletter',
    url,
    title,
    tags: toTags(tags, []),
    enabled: true,
    fullText: false,
    maxEntries,
    declaredBy: 'api',
    // Anyone who knows the address can send mail to it.
    isSecret: true,
    ...(isPrivate && { isPrivate: true }),
  };
  const state = { ...toInitialState(now()), nextCheckWhy: 'its mails come by themselves' };
  const report = await archive.addSource(source, { kind: 'source', sourceId: source.id, state, entries: [] });
  return toJsonResponse(toWholeSourceJson(report), 201, { Location: `/admin/api/sources/${source.id}` });
}

/** The message for a name that cannot be part of an address. */
const mustBeName = 'must be a name of letters a-z, digits and hyphens, at most 40, such as weekly';

/** `POST /admin/api/sources/{id}/mail/{mail}`: accepts the sender of a waiting mail. */
export async function acceptMail({ archive }: AdminPorts, id: string, mail: string): Promise<Response> {
  if (!(await archive.acceptSender(id as SourceId, Number(mail)))) return toUnknownMail(mail);
  const report = await archive.source(id as SourceId);
  return report === undefined ? toUnknownSource(id) : toJsonResponse(toWholeSourceJson(report));
}

/** `DELETE /admin/api/sources/{id}/mail/{mail}`: deletes a waiting mail. */
export async function dropMail({ archive }: AdminPorts, id: string, mail: string): Promise<Response> {
  if (!(await archive.dropMail(id as SourceId, Number(mail)))) return toUnknownMail(mail);
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
}

function toUnknownMail(mail: string): Response {
  return toAdminProblem({
    status: 404,
    title: 'No such mail',
    detail: `There is no waiting mail ${mail}. GET /admin/api/sources/{id} lists the waiting ones under "mail".`,
  });
}
