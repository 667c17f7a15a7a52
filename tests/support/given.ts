/**
 * Guarded values for tests: the constructors of the domain, throwing where a test's own literal is wrong.
 */
import { type HttpUrl, parseHttpUrl } from '../../src/domain/http-url.ts';
import { type Instant, toInstant } from '../../src/domain/instant.ts';
import type { Result } from '../../src/domain/result.ts';

/** An `HttpUrl` from a literal. */
export function givenUrl(text: string): HttpUrl {
  const url = parseHttpUrl(text);
  if (url === undefined) throw new Error(`not an http(s) URL: ${text}`);
  return url;
}

/** An `Instant` from an ISO 8601 literal or epoch milliseconds. */
export function givenInstant(at: string | number): Instant {
  const instant = toInstant(typeof at === 'number' ? at : Date.parse(at));
  if (instant === undefined) throw new Error(`not an instant: ${at}`);
  return instant;
}

/** The value of a `Result` that must have succeeded. */
export function expectOk<T, F>(result: Result<T, F>): T {
  if (!result.ok) throw new Error(`expected success, got ${JSON.stringify(result.failure)}`);
  return result.value;
}

/** The failure of a `Result` that must have failed. */
export function expectFailure<T, F>(result: Result<T, F>): F {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`);
  return result.failure;
}
