/**
 * Makes the admin API's error answers: RFC 9457 problem details, every problem named with its field.
 */

/** One wrong field. */
export interface FieldProblem {
  /** As in the request: a member such as `tags.0`, a parameter, or a header. */
  readonly field: string;
  readonly detail: string;
}

/** A problem; further members carry the evidence. */
export interface AdminProblem {
  readonly status: number;
  readonly title: string;
  /** What to do about it. */
  readonly detail: string;
  readonly problems?: readonly FieldProblem[];
  readonly [member: string]: unknown;
}

/** The response for a problem. */
export function toAdminProblem(problem: AdminProblem, headers: Readonly<Record<string, string>> = {}): Response {
  return toJsonResponse({ type: 'about:blank', ...problem }, problem.status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    ...headers,
  });
}

/** The response for input with wrong fields. */
export function toInputProblem(problems: readonly FieldProblem[]): Response {
  return toAdminProblem({
    status: 400,
    title: 'The request cannot be used',
    detail: problems.map(({ field, detail }) => `${field} ${detail}.`).join(' '),
    problems,
  });
}

/** The response for a source that does not exist. */
export function toUnknownSource(id: string): Response {
  return toAdminProblem({
    status: 404,
    title: 'Unknown source',
    detail: `There is no source "${id}". GET /admin/api/sources lists all of them.`,
    source: id,
  });
}

/** A JSON answer that no cache keeps. */
export function toJsonResponse(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${JSON.stringify(value, undefined, 2)}\n`, {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}

/** The response when an address has nothing readable; `proposals` are selectors that read the page itself. */
export function toNoFeed(
  tried: readonly { readonly url: string; readonly reason: string }[],
  proposals: readonly object[] = [],
): Response {
  const help = proposals.length === 0 ? '' : ' The page itself can be read: send one of the proposals as "page".';
  return toAdminProblem({
    status: 422,
    title: 'No feed can be read there',
    detail: tried.map((one) => `${one.url}: ${one.reason}`).join(' ') + help,
    ...(proposals.length === 0 ? {} : { proposals }),
    problems: [{ field: 'url', detail: tried[0]?.reason ?? 'no feed was found' }],
    tried,
  });
}

/** The response when several feeds may be meant: `?feed=` picks one. */
export function toFeedChoice(feeds: readonly unknown[]): Response {
  return toAdminProblem({
    status: 300,
    title: feeds.length === 1 ? 'A feed was found, but the page does not announce it' : 'The page has several feeds',
    detail: 'Choose one of them: send the request again with ?feed= and its address.',
    feeds,
  });
}

/** A JSON array that is sent a part at a time. `read` gives the part after `from`; absent = the first part. */
export function toStreamedArray<Place>(
  read: (from: Place | undefined) => Promise<{ readonly items: readonly unknown[]; readonly next?: Place }>,
): Response {
  const encoder = new TextEncoder();
  let from: Place | undefined;
  let before = '[';
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { items, next } = await read(from);
      const text = items.map((item) => JSON.stringify(item, undefined, 2)).join(',\n');
      if (text !== '' || next === undefined) {
        controller.enqueue(encoder.encode(`${before}${text}${next === undefined ? ']\n' : ''}`));
        before = ',\n';
      }
      from = next;
      if (next === undefined) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
