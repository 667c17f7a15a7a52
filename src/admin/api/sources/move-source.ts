/**
 * Handles `PATCH /admin/api/sources/{id}` with a `url`: gives the source another address, after reading what is there.
 */
import { parsePastedUrl } from '../../../domain/http-url.ts';
import { splitLogin } from '../../../domain/secret-address.ts';
import { isAsked, type Source, type SourceRequest } from '../../../domain/source.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import { refreshSource } from '../../../pipeline/refresh-source.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toFeedChoice, toInputProblem, toNoFeed, toUnknownSource } from '../admin-problem.ts';
import { mustBeAddress } from './add-source.ts';
import { findFeed } from './find-feed.ts';

/**
 * Moves `source` to the feed at an address; when it cannot, the returned response says why. `request` has the header
 * fields of its requests from then on.
 */
export async function moveSource(
  { archive }: AdminPorts,
  { retrieve: ask, ...others }: RefreshPorts,
  source: Source,
  { given, request: own }: { readonly given: string; readonly request: SourceRequest | undefined },
): Promise<Response | undefined> {
  const ports: RefreshPorts = { ...others, retrieve: (asked) => ask(own === undefined ? asked : { own, ...asked }) };
  const addresses = parsePastedUrl(given);
  const [first] = addresses;
  if (first === undefined) return toInputProblem([{ field: 'url', detail: mustBeAddress }]);
  if (!isAsked(source)) {
    return toAdminProblem({
      status: 409,
      title: 'The source has no feed',
      detail: 'A site of archived articles or a newsletter has no address to ask.',
      id: source.id,
    });
  }
  if (source.url === first) return undefined;
  const found = await findFeed(
    archive,
    ports,
    addresses.map((each) => splitLogin(each).url),
    { passKnown: true, page: source.page },
  );
  if (!found.ok) return toNoFeed(found.failure.tried);
  if (found.value.kind === 'choice') return toFeedChoice(found.value.feeds);
  if (found.value.kind === 'known') return toNoFeed([]);
  if (found.value.as !== source.kind) return toOtherKind(source, found.value.as);
  const { url, answer } = found.value;
  const moved = await archive.moveSource(source.id, url);
  if (moved === undefined) return toUnknownSource(source.id);
  let isAnswered = false;
  const retrieve: RefreshPorts['retrieve'] = async (request) => {
    if (isAnswered) return ports.retrieve(request);
    isAnswered = true;
    return { ok: true, value: answer };
  };
  const job = { kind: 'source', source: moved.source, state: moved.state } as const;
  const { url: _adopted, ...recording } = await refreshSource({ ...ports, retrieve }, job);
  await ports.archive.record([recording]);
  return undefined;
}

/** A feed cannot become a page, nor a page a feed: entries of feeds are identified by guids, those of pages by links. */
function toOtherKind({ id, kind }: Source, found: 'feed' | 'page'): Response {
  const detail =
    kind === 'page'
      ? 'There is a feed at this address. Add it as a source, and remove the page: its entries are kept.'
      : `There is no feed at this address, only a ${found} that lists entries. Add it as a source of its own.`;
  return toAdminProblem({
    status: 409,
    title: 'The address has another kind of source',
    detail,
    problems: [{ field: 'url', detail }],
    id,
  });
}
