/**
 * Asks a source for its feed and makes a recording of the answer.
 */

import { toChannel } from '../domain/channel.ts';
import type { Defect, Document } from '../domain/document.ts';
import type { Failure, ReadFailure } from '../domain/failure.ts';
import type { ReadFeed } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import { isJsonSelectors } from '../domain/page-selectors.ts';
import type { Result } from '../domain/result.ts';
import { hideSecrets, isSecretAddress, secretParts } from '../domain/secret-address.ts';
import type { Source } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';
import { normalizeFeed } from '../feed/read/normalize-feed.ts';
import { type RawDocument, readFeed } from '../feed/read/read-feed.ts';
import { roomOfDocument, sanitizeEntry } from '../feed/sanitize/sanitize-entry.ts';
import { pausesOf } from './host-pause.ts';
import { newEntries } from './new-entries.ts';
import { adoptedUrl } from './polling/carry.ts';
import type { CheckResult } from './polling/check-result.ts';
import { nextState } from './polling/polling.ts';
import { isConditional, nextRequest } from './polling/request.ts';
import type { OpenedJob, RefreshPorts } from './ports.ts';
import type { Recording, SourceDescription } from './recording.ts';
import type { Retrieved, RetrieveRequest } from './retrieval.ts';
import { findOffer, hubPolicy } from './websub/offer.ts';
import type { Pushes } from './websub/push-rhythm.ts';

type SourceJob = Extract<OpenedJob, { kind: 'source' }>;
type SourceRecording = Extract<Recording, { kind: 'source' }>;

/** Most defects that are kept with a source: enough to see what is wrong with it. */
const maxDefects = 20;

/** Asks, reads, and returns the recording. Never throws, whatever the source does. */
export async function refreshSource(
  ports: RefreshPorts,
  { source, state, ...job }: SourceJob,
): Promise<SourceRecording> {
  const pushes = ports.config.isWebsubOn ? job.pushes : undefined;
  const request: RetrieveRequest = {
    ...nextRequest(source.url, state, ports.now(), isWebPage(source) ? 'page' : 'feed'),
    ...(source.request === undefined ? {} : { own: source.request }),
  };
  const askedAt = ports.now();
  const retrieved = await ports.retrieve(request);
  const tookMs = ports.now() - askedAt;
  const after = (result: CheckResult, arriving: Pushes | undefined): SourceState => ({
    ...nextState(state, result, {
      now: ports.now(),
      jitter: ports.jitter(),
      interval: ports.config.interval,
      pushes: arriving,
    }),
    tookMs,
  });
  const toRecording = (result: CheckResult, arriving: Pushes | undefined): Omit<SourceRecording, 'entries'> => {
    const url = adoptedUrl(state, result);
    return {
      kind: 'source',
      sourceId: source.id,
      state: after(result, arriving),
      ...(url === undefined ? {} : { url }),
      ...pausesOf(retrieved),
    };
  };
  const failed = (failure: Failure): SourceRecording => ({
    ...toRecording({ kind: 'failed', failure, conditional: isConditional(request.validators) }, pushes),
    entries: [],
  });
  if (!retrieved.ok) return failed(retrieved.failure);
  const answer = retrieved.value;
  if (answer.kind === 'not-modified' || answer.bytesDigest === state.bytesDigest) {
    const result: CheckResult = { kind: 'not-modified', answer, sameBytes: answer.kind === 'document' };
    return { ...toRecording(result, pushes), entries: [] };
  }
  const read = source.kind === 'page' ? await readPage(source, answer.document, askedAt) : readFeed(answer.document);
  if (!read.ok) return failed(read.failure);
  const normalized = normalizeFeed(read.value.raw, { sourceId: source.id, document: answer.document });
  // A secret of the feed's address must not appear in its entries: in links to itself, or in relative addresses. A public
  // feed may redirect to an address that is signed for this one request.
  const isHidden = source.isSecret === true || isSecretAddress(answer.url);
  const { feed, defects } = isHidden ? hideSecrets(normalized, secretParts(source.url, answer.url)) : normalized;
  const cut: Defect[] = [];
  const room = roomOfDocument(answer.document.bytes.byteLength);
  const entries = await newEntries(ports, source, feed, (entry) =>
    sanitizeEntry(entry, (defect) => cut.push(defect), room),
  );
  const hasMissed = pushes !== undefined && !pushes.isPinged && entries.length > 0;
  const { config } = ports;
  return {
    ...toRecording(toUpdate(answer, feed, [...cut, ...read.value.defects, ...defects]), hasMissed ? undefined : pushes),
    ...(config.isWebsubOn &&
      source.kind === 'feed' && {
        offer: findOffer(source, answer.document, normalized.feed, hubPolicy(config)) ?? null,
      }),
    ...(hasMissed && { hasMissedPush: true }),
    description: describe(feed),
    found: feed.entries.length,
    entries,
  };
}

/** Whether a source's address gives a web page, not JSON with paths. */
function isWebPage({ kind, page }: Source): boolean {
  return kind === 'page' && (page === undefined || !isJsonSelectors(page));
}

/** Loaded with the first source that is a page. */
async function readPage(
  { page }: Source,
  document: Document,
  askedAt: Instant,
): Promise<Result<RawDocument, ReadFailure>> {
  const { readPageList } = await import('../feed/read/page-list/read-page-list.ts');
  return readPageList(document, page, askedAt);
}

function toUpdate(
  answer: Retrieved & { readonly kind: 'document' },
  feed: ReadFeed,
  defects: readonly Defect[],
): CheckResult {
  return {
    kind: 'updated',
    answer,
    bytesDigest: answer.bytesDigest,
    cadence: feed.cadence,
    entryInstants: feed.entries.flatMap((entry) => entry.published ?? entry.updated ?? []),
    defects: defects.slice(0, maxDefects),
    truncated: defects.some((defect) => defect.kind === 'truncated'),
  };
}

function describe(feed: ReadFeed): SourceDescription {
  return {
    title: feed.title,
    ...(feed.siteUrl === undefined ? {} : { siteUrl: feed.siteUrl }),
    ...(feed.rights === undefined ? {} : { rights: feed.rights }),
    channel: toChannel(feed),
  };
}
