/**
 * Makes error responses for programs and people: RFC 9457 problem details that say what to do.
 */

/** A problem; `title` names the kind, `detail` says what to do. Other members carry the evidence. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** The response for a problem. Caches keep it for a minute at most: the problem may be over soon. */
export function toProblemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${JSON.stringify({ type: 'about:blank', ...problem }, undefined, 2)}\n`, {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Cache-Control': problem.status === 404 ? 'public, max-age=60' : 'no-store',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}
