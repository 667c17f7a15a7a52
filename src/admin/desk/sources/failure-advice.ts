/**
 * Says in one sentence what the owner can do about a failure. `describeFailure` says what happened.
 */
import type { Failure } from '../../../domain/failure.ts';

/** Exhaustive: a new kind of failure needs words of its own. */
export function adviseOn(failure: Failure): string {
  switch (failure.kind) {
    case 'empty-document':
    case 'timeout':
    case 'network':
      return 'Usually passes by itself: it is asked again, less and less often. If it stays, see whether the site still exists.';
    case 'html-instead-of-feed':
      return failure.feeds.length > 0
        ? 'The feed has moved: change its address to the one that the page announces.'
        : 'Look for the feed on the site, and change the address.';
    case 'not-a-feed':
    case 'no-article':
      return 'Open the address in a browser and see what is there now; perhaps the feed has another address.';
    case 'no-items':
      return 'The page may have another design now: choose its selectors anew below. Its entries are kept.';
    case 'too-large':
      return 'Look for a shorter feed of the same site, or raise MAX_BODY_BYTES.';
    case 'refused-address':
      return 'Private addresses are never asked. If it is yours, name its host in PRIVATE_HOSTS.';
    case 'too-many-redirects':
    case 'bad-redirect':
      return 'Open the address in a browser, and change it to the one it leads to.';
    case 'http-status':
      return adviseOnStatus(failure.status);
    case 'gone':
      return 'It is not asked any more. Change its address, or remove it; its entries are kept.';
    case 'blocked':
      return 'The site does not want readers like us. Ask its owner to let our user agent pass: /bot says who we are.';
    case 'bad-seed':
      return 'Correct the file and upload it again.';
    case 'unexpected':
      return 'This is a fault of ours: please report it with the address. It is asked again later.';
  }
}

function adviseOnStatus(status: number): string {
  if (status === 401 || status === 403)
    return 'The feed is not public, or the site refuses readers; see whether a browser may open it.';
  if (status === 404) return 'The feed is not there any more. Change its address: the site is asked for its feed.';
  if (status === 429) return 'The site wants to be asked less often; the next check keeps to that.';
  return status >= 500
    ? 'The site has trouble of its own; it is asked again, less and less often.'
    : 'Open the address in a browser and see what the site says.';
}

/** Failures that may mean that the feed has moved. */
const movedKinds: readonly Failure['kind'][] = [
  'html-instead-of-feed',
  'not-a-feed',
  'gone',
  'too-many-redirects',
  'bad-redirect',
];

/** Whether a new address may help: the address to try, empty when it is not known; `undefined` when it would not help. */
export function newAddressFor(failure: Failure | undefined): string | undefined {
  if (failure === undefined) return undefined;
  if (failure.kind === 'html-instead-of-feed') return failure.feeds[0] ?? '';
  const isMissing = failure.kind === 'http-status' && failure.status === 404;
  return isMissing || movedKinds.includes(failure.kind) ? '' : undefined;
}
