/**
 * Makes the next request to a source: with validators whenever there are any that can be believed.
 */
import type { Validators } from '../../domain/document.ts';
import { dayMs } from '../../domain/duration.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceState } from '../../domain/source-state.ts';
import type { RetrieveRequest } from '../retrieval.ts';

/** The least time between two requests without validators, for a source that gives validators. Unit: milliseconds. */
export const unconditionalPauseMs = dayMs;

/**
 * A server that answered nothing but 304 for this long is asked once without validators: some compare them wrongly and
 * would never show another entry. One full copy a fortnight costs a quiet site nothing. Unit: milliseconds.
 */
const believeNotModifiedMs = 14 * dayMs;

/** Makes the request for `url` (the source's, or the page's) from the state. */
export function nextRequest(
  url: HttpUrl,
  state: SourceState,
  now: Instant,
  accept: RetrieveRequest['accept'] = 'feed',
): RetrieveRequest {
  if (isDoubtful(state, now) || !isConditional(state.validators)) return { url, validators: {}, accept };
  const { validators, validatorsFrom } = state;
  return { url, validators, accept, ...(validatorsFrom === undefined ? {} : { validatorsFrom }) };
}

/** Whether only 304 came for too long. One full copy is asked for then; if that fails, not again within a day. */
function isDoubtful({ lastDocumentAt, lastUnconditionalAt }: SourceState, now: Instant): boolean {
  const isOld = lastDocumentAt !== undefined && now - lastDocumentAt > believeNotModifiedMs;
  return isOld && (lastUnconditionalAt === undefined || now - lastUnconditionalAt >= unconditionalPauseMs);
}

/** Whether the request is conditional. */
export function isConditional(validators: Validators): boolean {
  return validators.etag !== undefined || validators.lastModified !== undefined;
}
