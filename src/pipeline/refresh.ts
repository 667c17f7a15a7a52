/**
 * One opened job to its recording: the middle of the line, stations 3 to 7.
 *
 * Whatever happens to the document, a recording comes out of it: failures ride the same line.
 */
import { describeFailure, type Failure } from '../domain/failure.ts';
import { hideSecrets, secretParts } from '../domain/secret-address.ts';
import type { OpenedJob, RecordingReceipt, RefreshLine, RefreshPorts } from './ports.ts';
import { jobOf, type Recording } from './recording.ts';
import { refreshArticle } from './refresh-article.ts';
import { refreshSource } from './refresh-source.ts';

/** Works on one job: asks, reads, and returns what to record. */
export function refresh(ports: RefreshPorts, opened: OpenedJob): Promise<Recording> {
  return opened.kind === 'source' ? refreshSource(ports, opened) : refreshArticle(ports, opened);
}

/** What is written down about a job when its recording is there. */
export function toLine(opened: OpenedJob, recording: Recording, receipt: RecordingReceipt): RefreshLine {
  const line = toOpenLine(opened, recording, receipt);
  if (opened.kind !== 'source') return line;
  const { isPrivate, isSecret, url } = opened.source;
  if (isPrivate !== true && isSecret !== true) return line;
  // Logs are read by others than the owner: by whoever runs the machine, and by services that collect them.
  const { said: _said, title: _title, ...rest } = line;
  return { ...hideSecrets(rest, secretParts(url)), url: 'hidden', nextCheckWhy: 'hidden' };
}

function toOpenLine(opened: OpenedJob, recording: Recording, receipt: RecordingReceipt): RefreshLine {
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

function addressOf(opened: OpenedJob): string {
  return opened.kind === 'source' ? opened.source.url : (opened.entry.url ?? opened.entry.guid);
}
