/**
 * `explain=1` at any feed's address, and `GET /admin/api/explain`: why a view is as it is, and what it costs.
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import type { NamedEntry } from '../../pipeline/archive-owner.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { toInputProblem, toJsonResponse } from './admin-problem.ts';

/** Explains the query of the request. `now` is epoch milliseconds. */
export async function explainQuery({ archive }: AdminPorts, request: Request, now: () => number): Promise<Response> {
  const query = parseQuery(new URL(request.url).searchParams);
  if (!query.ok) return toInputProblem(query.failure.map(({ parameter, detail }) => ({ field: parameter, detail })));
  const startedAt = now();
  const { kept, dropped, cost, horizon, ...rest } = await archive.explain(query.value);
  // The Archive's own clock stands still while it works, so the time is that of the whole question.
  const ms = now() - startedAt;
  return toJsonResponse({
    ...rest,
    cost: { ...cost, ms },
    ...(horizon === undefined ? {} : { horizon: renderRfc3339(horizon) }),
    kept: kept.map(toJson),
    dropped: dropped.map(toJson),
  });
}

function toJson({ sortAt, ...named }: NamedEntry): object {
  return { ...named, sortAt: renderRfc3339(sortAt) };
}
