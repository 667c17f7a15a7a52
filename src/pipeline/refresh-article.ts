/**
 * Asks for the page of an archived article and makes a recording of the answer.
 *
 * The archived text stays unless the page clearly says something else. When the page is gone, unreachable or cannot be this
 * article, the entry stays as it is, and its state has the reason.
 */
import { contentHash, isOtherReading, toReadingHash } from '../domain/content-hash.ts';
import type { RecordedEntry } from '../domain/entry.ts';
import type { Failure } from '../domain/failure.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { SourceState } from '../domain/source-state.ts';
import { readWebPage, type WebPage } from '../feed/read/page/web-page.ts';
import { toPlainText, toSummary } from '../feed/sanitize/plain-text.ts';
import { sanitizeHtml } from '../feed/sanitize/sanitize-html.ts';
import { compareArticle } from './article-change.ts';
import { pausesOf } from './host-pause.ts';
import { nextArticleState } from './polling/article.ts';
import type { CheckResult } from './polling/check-result.ts';
import { isConditional, nextRequest } from './polling/request.ts';
import type { OpenedJob, RefreshPorts } from './ports.ts';
import type { CheckRecording, EntryRecording } from './recording.ts';
import type { HostPause, Retrieved } from './retrieval.ts';

type ArticleJob = Extract<OpenedJob, { kind: 'article' }>;

/** Asks, reads, compares, and returns the recording. Never throws, whatever the page does. */
export async function refreshArticle(ports: RefreshPorts, { entry, state }: ArticleJob): Promise<CheckRecording> {
  const changedAt = Math.max(entry.published ?? entry.firstSeen, entry.modified) as Instant;
  let pauses: { readonly pauses?: readonly HostPause[] } = {};
  const record = (result: CheckResult, change?: { readonly entry: EntryRecording }): CheckRecording => {
    const now = ports.now();
    const context = { now, jitter: ports.jitter(), changedAt: change === undefined ? changedAt : now };
    const next = nextArticleState(state, result, context);
    return { kind: 'article', entryId: entry.id, state: next, ...change, ...pauses };
  };
  if (entry.url === undefined)
    return record(toFailed({ kind: 'no-article', detail: 'the article has no address' }, false));
  const request = nextRequest(entry.url, state, ports.now(), 'page');
  const retrieved = await ports.retrieve(request);
  pauses = pausesOf(retrieved);
  const conditional = isConditional(request.validators);
  if (!retrieved.ok) return record(toFailed(retrieved.failure, conditional));
  const answer = retrieved.value;
  if (answer.kind === 'not-modified' || answer.bytesDigest === state.bytesDigest) {
    return record({ kind: 'not-modified', answer, sameBytes: answer.kind === 'document' });
  }
  const page = readWebPage(answer.document);
  if (!page.ok) return record(toFailed(page.failure, conditional));
  const content = sanitizeHtml(page.value.content);
  const text = toPlainText(content);
  const textDigest = toReadingHash(fingerprint(`${page.value.title}\n${text}`));
  switch (judge(entry, page.value, text, textDigest, state)) {
    case 'implausible':
      return record(
        toFailed({ kind: 'no-article', detail: 'the page has another text, or much less text' }, conditional),
      );
    case 'unchanged':
      return withTextDigest(record(toUpdated(answer)), textDigest);
    case 'changed': {
      const revised = revise(entry, page.value, content, text, ports.now());
      return withTextDigest(record(toUpdated(answer), { entry: revised }), textDigest);
    }
  }
}

/** After the first reading, a page is compared with its own former text: then every difference is the publisher's. */
function judge(
  entry: RecordedEntry<SafeHtml>,
  page: WebPage,
  text: string,
  textDigest: string,
  state: SourceState,
): ReturnType<typeof compareArticle> {
  if (state.textDigest === textDigest) return 'unchanged';
  // A digest of another version of the reader cannot be compared.
  const isReadBefore = state.textDigest !== undefined && !isOtherReading(state.textDigest, textDigest);
  const held = entry.content === undefined ? entry.summary : toPlainText(entry.content);
  const change = compareArticle({ title: entry.title, text: held }, { title: page.title, text });
  return change === 'unchanged' && isReadBefore ? 'changed' : change;
}

function revise(
  entry: RecordedEntry<SafeHtml>,
  page: WebPage,
  content: SafeHtml,
  text: string,
  now: Instant,
): EntryRecording {
  const { origin, tags, firstSeen: _, sortAt: __, modified: ___, sequence: ____, ...held } = entry;
  const revised = {
    ...held,
    title: page.title === '' ? entry.title : page.title,
    content,
    summary: toSummary(text),
    updated: now,
    ...(page.image === undefined ? {} : { image: page.image }),
  };
  return { entry: revised, sourceId: origin.sourceId, tags, contentHash: contentHash(revised) };
}

function withTextDigest(recording: CheckRecording, textDigest: string): CheckRecording {
  return { ...recording, state: { ...recording.state, textDigest } };
}

function toUpdated(answer: Retrieved & { readonly kind: 'document' }): CheckResult {
  return { kind: 'updated', answer, bytesDigest: answer.bytesDigest, entryInstants: [], defects: [] };
}

function toFailed(failure: Failure, conditional: boolean): CheckResult {
  return { kind: 'failed', failure, conditional };
}
