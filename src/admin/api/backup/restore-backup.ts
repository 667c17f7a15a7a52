/**
 * Handles `POST /admin/api/import`: restores a backup while it arrives, a batch of lines in one transaction.
 *
 * A bad line is reported and the others are restored; the same backup again changes nothing.
 */
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type BackupRecord, backupFormat } from '../../../pipeline/backup-format.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toAdminProblem, toJsonResponse } from '../admin-problem.ts';
import { mediaTypeOf, parseJson, wrongMediaType } from '../request-body.ts';
import { readBackupRecord } from './backup-record.ts';

/** Bounds of one batch: the transaction takes well under a second and stays far below what RPC carries. */
const batchRecords = 500;
const batchLength = 2_000_000;

/** Longest line: an entry is at most a few megabytes of JSON. UTF-16 units. */
const maxLineLength = 8_000_000;

/** Most bad lines that the answer names. */
const maxRejected = 1000;

const backupTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/octet-stream'];

interface Progress {
  line: number;
  records: number;
  restored: number;
  unchanged: number;
  complete: boolean;
  readonly rejected: { readonly line: number; readonly reason: string }[];
}

/** Answers with the number of restored and of unchanged records, and every bad line. */
export async function restore({ archive }: AdminPorts, request: Request): Promise<Response> {
  const type = mediaTypeOf(request);
  if (type !== '' && !backupTypes.includes(type)) return wrongMediaType(request, backupTypes);
  const progress: Progress = { line: 0, records: 0, restored: 0, unchanged: 0, complete: false, rejected: [] };
  let batch: BackupRecord[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const changed = batch.length === 0 ? [] : await archive.restore(batch);
    const restored = changed.filter(Boolean).length;
    progress.restored += restored;
    progress.unchanged += changed.length - restored;
    batch = [];
    length = 0;
  };
  for await (const line of readLines(request.body)) {
    progress.line += 1;
    if (line.trim() === '') continue;
    const read = line.length > maxLineLength ? fail('is too long') : readLine(line, progress);
    if (!read.ok && progress.records === 0 && progress.line === 1) return toNoBackup(read.failure);
    if (!read.ok) {
      if (progress.rejected.length < maxRejected) progress.rejected.push({ line: progress.line, reason: read.failure });
      continue;
    }
    if (read.value === undefined) continue;
    batch.push(read.value);
    length += line.length;
    if (batch.length >= batchRecords || length >= batchLength) await flush();
  }
  await flush();
  if (progress.line === 0) return toNoBackup('is empty');
  const { restored, unchanged, rejected, complete } = progress;
  return toJsonResponse({ restored, unchanged, rejected, complete });
}

function readLine(line: string, progress: Progress): Result<BackupRecord | undefined, string> {
  const json = parseJson(line);
  if (!json.ok) return fail(`is not JSON: ${json.failure}`);
  if (typeof json.value !== 'object' || json.value === null) return fail('is no JSON object');
  const { kind, format, records } = json.value as { kind?: unknown; format?: unknown; records?: unknown };
  if (progress.line === 1) {
    if (kind !== 'tributary-backup') return fail('is not the first line of a backup of Tributary');
    return Number(format) <= backupFormat
      ? ok(undefined)
      : fail(`has format ${String(format)}; this version reads up to ${backupFormat}. Update Tributary first.`);
  }
  if (kind === 'end') {
    progress.complete = records === progress.records;
    return ok(undefined);
  }
  progress.records += 1;
  return readBackupRecord(json.value);
}

/**
 * Reads the lines of a stream, one in memory at a time; looks at each byte once. Of a line that is too long, only the
 * start is kept.
 */
async function* readLines(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  let isFirst = true;
  for await (const chunk of body ?? []) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [at, line] of lines.entries()) {
      if (at > 0) {
        yield parts.join('');
        [parts, length, isFirst] = [[], 0, false];
      }
      // The rest would only fill the memory; the caller refuses the line.
      if (length <= maxLineLength) parts.push(line);
      length += line.length;
    }
    // A first line without an end is no backup, so the rest is not read.
    if (isFirst && length > maxLineLength) break;
  }
  parts.push(decoder.decode());
  const last = parts.join('');
  if (last !== '') yield last;
}

function toNoBackup(reason: string): Response {
  return toAdminProblem({
    status: 422,
    title: 'This is no backup',
    detail: `The first line ${reason}. Send what GET /admin/api/export gave, as it is.`,
    problems: [{ field: 'body', detail: reason }],
  });
}
