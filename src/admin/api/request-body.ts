/**
 * Reads request bodies up to a limit. A refusal says what would be right.
 */
import { readBounded } from '../../domain/read-bounded.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { toAdminProblem, toInputProblem } from './admin-problem.ts';
import { check, type Schema } from './contract/zod.ts';

/** Most JSON of a call. Bytes. */
const maxJsonBytes = 1024 * 1024;

/** Most bytes of subscription lists and batches of articles: they are held in memory while they are read. */
export const maxUploadBytes = 16 * 1024 * 1024;

/** The media type of a request, lower case, without parameters; empty when it has none. */
export function mediaTypeOf(request: Request): string {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body's bytes; fails with a 413 response when there are more than `limitBytes`. */
export async function readBytes(request: Request, limitBytes: number): Promise<Result<Uint8Array, Response>> {
  if (Number(request.headers.get('Content-Length') ?? 0) > limitBytes) return fail(tooLarge(limitBytes));
  const bytes = await readBounded(request.body, limitBytes);
  return bytes === undefined ? fail(tooLarge(limitBytes)) : ok(bytes);
}

/** The body as JSON that fits the schema; fails with 413, 415 or 400 and every problem named. */
export async function readJson<S extends Schema>(
  request: Request,
  schema: S,
  limitBytes: number = maxJsonBytes,
): Promise<Result<S['_zod']['output'], Response>> {
  if (mediaTypeOf(request) !== 'application/json') return fail(wrongMediaType(request, ['application/json']));
  const bytes = await readBytes(request, limitBytes);
  if (!bytes.ok) return bytes;
  const json = parseJson(new TextDecoder().decode(bytes.value));
  if (!json.ok) return fail(toInputProblem([{ field: 'body', detail: `is not JSON: ${json.failure}` }]));
  const checked = check(schema, json.value);
  return checked.ok ? checked : fail(toInputProblem(checked.failure));
}

/** The parts of a multipart body, in order; fails with 400 or 413. */
export async function readForm(
  request: Request,
  limitBytes: number,
): Promise<Result<readonly (readonly [string, string | File])[], Response>> {
  const bytes = await readBytes(request, limitBytes);
  if (!bytes.ok) return bytes;
  try {
    const type = request.headers.get('Content-Type') ?? '';
    const form = await new Response(bytes.value, { headers: { 'Content-Type': type } }).formData();
    return ok([...form.entries()]);
  } catch (error) {
    return fail(toInputProblem([{ field: 'body', detail: `is not a multipart form: ${String(error)}` }]));
  }
}

/** Parses JSON; the failure says what is wrong with it. */
export function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** The 415 response for a body of another type than these. */
export function wrongMediaType(request: Request, accepted: readonly string[]): Response {
  const given = mediaTypeOf(request);
  return toAdminProblem(
    {
      status: 415,
      title: 'Unsupported media type',
      detail: `Send the body as ${accepted.join(', or ')}${given === '' ? '; it came without a Content-Type' : `, not ${given}`}.`,
      problems: [{ field: 'Content-Type', detail: `must be ${accepted.join(' or ')}` }],
    },
    { Accept: accepted.join(', ') },
  );
}

function tooLarge(limitBytes: number): Response {
  return toAdminProblem({
    status: 413,
    title: 'The request is too large',
    detail: `The body may have at most ${limitBytes} bytes. Send it in several parts.`,
    limitBytes,
  });
}
