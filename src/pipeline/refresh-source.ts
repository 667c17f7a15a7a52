/**
 * Asks a source for its feed and makes a recording of the answer.
 *
 * Entries the archive holds unchanged are recognised by their hash before anything costly is done to them: only new and
 * changed ones are sanitized and tagged.
 */

import { toChannel } from '../domain/channel.ts';
import { contentHash } from '../domain/content-hash.ts';
import type { Defect } from '../domain/defect.ts';
import type { ReadEntry } from '../domain/entry.ts';
import type { Failure } from '../domain/failure.ts';
import type { ReadFeed } from '../domain/feed.ts';
import { hostOf } from '../domain/http-url.ts';
import { hideSecrets, secretParts } from '../domain/secret-address.ts';
import type { Source } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';
import { normalizeFeed } from '../feed/read/normalize-feed.ts';
import { readFeed } from '../feed/read/read-feed.ts';
import { sanitizeEntry } from '../feed/sanitize/sanitize-entry.ts';
import { type CompiledRules, compileRules } from '../feed/tag/rules.ts';
import { tagEntry } from '../feed/tag/tag-entry.ts';
import { completeFromPages } from './full-text.ts';
import { pausesOf } from './pauses.ts';
import { nextState } from './polling/polling.ts';
import { adoptedUrl } from './polling/redirect.ts';
import { isConditional, nextRequest } from './polling/request.ts';
import type { CheckResult } from './polling/result.ts';
import type { EntryCandidate, OpenedJob, RefreshPorts } from './ports.ts';
import type { EntryRecording, Recording, SourceDescription } from './recording.ts';
import type { Retrieved, RetrieveRequest } from './retrieval.ts';

type SourceJob = Extract<OpenedJob, { kind: 'source' }>;
type SourceRecording = Extract<Recording, { kind: 'source' }>;

/** Defects kept with a source: enough to see what is wrong with it. */
const maxDefects = 20;

/** Asks, reads, and returns what to record. Never throws for anything the source does. */
export async function refreshSource(
  ports: RefreshPorts,
  { source, state, rules }: SourceJob,
): Promise<SourceRecording> {
  const request: RetrieveRequest = {
    ...nextRequest(source.url, state, ports.now()),
    ...(source.request === undefined ? {} : { own: source.request }),
  };
  const askedAt = ports.now();
  const retrieved = await ports.retrieve(request);
  const tookMs = ports.now() - askedAt;
  const after = (result: CheckResult): SourceState => ({
    ...nextState(state, result, {
      now: ports.now(),
      jitter: ports.jitter(),
      interval: ports.config.interval,
    }),
    tookMs,
  });
  const toRecording = (result: CheckResult): Omit<SourceRecording, 'entries'> => {
    const url = adoptedUrl(state, result);
    return {
      kind: 'source',
      sourceId: source.id,
      state: after(result),
      ...(url === undefined ? {} : { url }),
      ...pausesOf(retrieved),
    };
  };
  const failed = (failure: Failure): SourceRecording => ({
    ...toRecording({ kind: 'failed', failure, conditional: isConditional(request.validators) }),
    entries: [],
  });
  if (!retrieved.ok) return failed(retrieved.failure);
  const answer = retrieved.value;
  if (answer.kind === 'not-modified' || answer.bytesDigest === state.bytesDigest) {
    const result: CheckResult = { kind: 'not-modified', answer, sameBytes: answer.kind === 'document' };
    return { ...toRecording(result), entries: [] };
  }
  const read = readFeed(answer.document);
  if (!read.ok) return failed(read.failure);
  const normalized = normalizeFeed(read.value.raw, { sourceId: source.id, document: answer.document });
  // What opens the feed must not be read in what it brings: in links of its own, or relative to its address.
  const { feed, defects } =
    source.isSecret === true ? hideSecrets(normalized, secretParts(source.url, answer.url)) : normalized;
  const cut: Defect[] = [];
  const entries = await newEntries(ports, source, compileRules(rules), feed, (defect) => cut.push(defect));
  return {
    ...toRecording(toUpdate(answer, feed, [...cut, ...read.value.defects, ...defects])),
    description: describe(feed),
    found: feed.entries.length,
    entries,
  };
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

async function newEntries(
  ports: RefreshPorts,
  source: Source,
  rules: CompiledRules,
  feed: ReadFeed,
  report: (defect: Defect) => void,
): Promise<readonly EntryRecording[]> {
  const candidates = feed.entries.map((entry) => ({ entry, contentHash: contentHash(entry) }));
  if (candidates.length === 0) return [];
  const unknown = new Map(
    (await ports.archive.unknownEntries(source.id, candidates.map(toCandidate))).map((one) => [one.id, one]),
  );
  const fresh = candidates.filter(({ entry }) => unknown.has(entry.id));
  const safe = fresh.map(({ entry }) => sanitizeEntry(entry, report));
  const complete = source.fullText ? await completeFromPages(ports, safe, hostOf(source.url)) : safe;
  return complete.map((entry, position) => ({
    entry: { ...entry, ...unknown.get(entry.id)?.as },
    sourceId: source.id,
    tags: tagEntry(entry, { sourceTags: source.tags, rules, sourceId: source.id }),
    // Of what the feed said: with the same words again the page is not asked again.
    contentHash: fresh[position]?.contentHash ?? '',
    ...(unknown.get(entry.id)?.isMoved === true && { isMoved: true }),
  }));
}

function toCandidate({ entry, contentHash }: { entry: ReadEntry; contentHash: string }): EntryCandidate {
  const { id, guid, url, title, published } = entry;
  return {
    id,
    guid,
    title,
    contentHash,
    ...(url === undefined ? {} : { url }),
    ...(published === undefined ? {} : { published }),
  };
}
