/**
 * Decides when a permanent redirect is believed: when seen twice in a row with a feed at the far end, since captive portals,
 * expired domains and broken deployments say 301, too. Temporary ones never change what is stored.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { SourceState } from '../../domain/source-state.ts';
import type { Answer } from '../retrieval.ts';
import type { CheckResult } from './check-result.ts';

/** The URL to store from now on, when this check was the second in a row that was sent there for good and found a feed. */
export function adoptedUrl(previous: SourceState, result: CheckResult): HttpUrl | undefined {
  if (result.kind === 'failed') return undefined;
  const { permanentTo } = result.answer.redirects;
  return permanentTo !== undefined && permanentTo === previous.movedTo ? permanentTo : undefined;
}

/** What is remembered of a sighting: the first is, the second is acted upon, anything else forgets it. */
export function noteMove(previous: SourceState, answer: Answer): { readonly movedTo?: HttpUrl } {
  const { permanentTo } = answer.redirects;
  return permanentTo === undefined || permanentTo === previous.movedTo ? {} : { movedTo: permanentTo };
}
