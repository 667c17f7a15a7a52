/**
 * `PATCH /admin/api/sources/{id}` with a `url`: the source gets another address, after a look at what is there.
 */
import { parsePastedUrl } from '../../../domain/http-url.ts';
import { splitLogin } from '../../../domain/secret-address.ts';
import type { Source } from '../../../domain/source.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import { refreshSource } from '../../../pipeline/refresh-source.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toFeedChoice, toInputProblem, toNoFeed, toUnknownSource } from '../admin-problem.ts';
import { mustBeAddress } from './add-source.ts';
import { findFeed } from './find-feed.ts';

/** Moves `source` to the feed that is found at an address; returns the response that says why not, when it cannot. */
export async function moveSource(
  { archive }: AdminPorts,
  ports: RefreshPorts,
  source: Source,
  given: string,
): Promise<Response | undefined> {
  const addresses = parsePastedUrl(given);
  const [first] = addresses;
  if (first === undefined) return toInputProblem([{ field: 'url', detail: mustBeAddress }]);
  if (source.kind !== 'feed') {
    return toAdminProblem({
      status: 409,
      title: 'The source has no feed',
      detail: 'It holds archived articles of a site, and its address is that of the site.',
      id: source.id,
    });
  }
  if (source.url === first) return undefined;
  const found = await findFeed(
    archive,
    ports,
    addresses.map((each) => splitLogin(each).url),
    true,
  );
  if (!found.ok) return toNoFeed(found.failure);
  if (found.value.kind === 'choice') return toFeedChoice(found.value.feeds);
  if (found.value.kind === 'known') return toNoFeed([]);
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
