/**
 * Makes a recording of one open job: retrieves, reads, sanitizes and tags.
 *
 * Every job ends in a recording; failures are recordings, too.
 */
import { describeFailure, type Failure } from '../domain/failure.ts';
import { hostOf } from '../domain/http-url.ts';
import { hideSecrets, secretParts } from '../domain/secret-address.ts';
import type { OpenedJob, RecordingReceipt, RefreshLine, RefreshPorts } from './ports.ts';
import { deliver } from './push/deliver.ts';
import type { PushLine } from './push/receiver.ts';
import { type CheckRecording, jobOf, type Recording } from './recording.ts';
import { refreshArticle } from './refresh-article.ts';
import { refreshSource } from './refresh-source.ts';

type OpenedCheck = Exclude<OpenedJob, { readonly kind: 'push' }>;

/** Does one job: asks and reads, or delivers. Returns the recording. */
export function refresh(ports: RefreshPorts, opened: OpenedJob): Promise<Recording> {
  switch (opened.kind) {
    case 'source':
      return refreshSource(ports, opened);
    case 'article':
      return refreshArticle(ports, opened);
    case 'push':
      if (ports.push === undefined) throw new Error('deliveries are made by the consumer of the queue only');
      return deliver(ports.push, opened);
  }
}

/** The log line of a finished job; none for deliveries that succeed, since there are thousands. */
export function toLine(
  opened: OpenedJob,
  recording: Recording,
  receipt: RecordingReceipt,
): RefreshLine | PushLine | undefined {
  if (opened.kind === 'push' || recording.kind === 'push') return toPushLine(opened, recording);
  const line = toOpenLine(opened, recording, receipt);
  if (opened.kind !== 'source') return line;
  const { isPrivate, isSecret, url } = opened.source;
  if (isPrivate !== true && isSecret !== true) return line;
  // Other people than the owner read logs: whoever runs the machine, and services that collect logs.
  const { said: _said, title: _title, ...rest } = line;
  return { ...hideSecrets(rest, secretParts(url)), url: 'hidden', nextCheckWhy: 'hidden' };
}

function toPushLine(opened: OpenedJob, recording: Recording): PushLine | undefined {
  if (opened.kind !== 'push' || recording.kind !== 'push') throw new Error('the outcome is of another kind of job');
  const { outcome, receiverId } = recording;
  if (outcome.kind === 'delivered' || outcome.kind === 'nothing') return undefined;
  return {
    event: 'push',
    receiver: receiverId,
    host: hostOf(opened.url),
    task: opened.task.kind,
    outcome: outcome.kind,
    ...('answer' in outcome ? { answer: outcome.answer } : {}),
  };
}

function toOpenLine(opened: OpenedCheck, recording: CheckRecording, receipt: RecordingReceipt): RefreshLine {
  const { state } = recording;
  return {
    event: 'refresh',
    job: jobOf(recording),
    url: addressOf(opened),
    title: opened.kind === 'source' ? opened.source.title : opened.entry.title,
    outcome: state.lastOutcome,
    ...(state.lastFailure === undefined ? {} : toFailureFields(state.lastFailure)),
    added: receipt.added,
    revised: receipt.revised,
    nextCheckAt: state.nextCheckAt,
    nextCheckWhy: state.nextCheckWhy,
  };
}

function toFailureFields(failure: Failure): Pick<RefreshLine, 'failure' | 'said' | 'isUnreachable'> {
  const isUnreachable = failure.kind === 'network' && failure.isUnreachable === true;
  return { failure: failure.kind, said: describeFailure(failure), ...(isUnreachable && { isUnreachable }) };
}

function addressOf(opened: OpenedCheck): string {
  return opened.kind === 'source' ? opened.source.url : (opened.entry.url ?? opened.entry.guid);
}
