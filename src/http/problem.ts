/**
 * Errors for programs and people: RFC 9457 problem details with what to do about it.
 */

/** A problem; `title` names the kind, `detail` says what to do. Further members carry the evidence. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** The response for a problem. Never cached longer than a minute: what is wrong now may be right soon. */
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
