/**
 * Sends one batch of archived articles to an installation, and does not give up early: a busy server is waited for, a batch
 * it cannot take is halved, and only a file it refuses every time alone is reported.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** A file to send. `path` is relative to the directory, with forward slashes. */
export interface BatchFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file that was not taken. */
export interface RejectedFile {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** The outcome of a batch. */
export interface BatchOutcome {
  readonly recorded: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedFile[];
}

/** Where to send, and how patiently. */
export interface SendOptions {
  readonly to: URL;
  readonly token: string;
  /** Waits between tries; milliseconds. Replaced in tests. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Every further batch would meet the same: the token, the address or the server is wrong. */
export type LoadAborted = { readonly kind: 'aborted'; readonly reason: string };

/** Tries of one batch before it is halved, or given up when it is one file. */
const maxTries = 5;

/** The first pause between tries, doubled each time. Milliseconds. */
const firstPauseMs = 500;

/** The longest pause, whatever the server asks for. Milliseconds. */
const longestPauseMs = 60_000;

const timeoutMs = 120_000;

/** Sends a batch; never throws for anything the server does. */
export async function sendBatch(
  files: readonly BatchFile[],
  options: SendOptions,
): Promise<BatchOutcome | LoadAborted> {
  const wait = options.wait ?? ((ms) => delay(ms));
  let reason = '';
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const answer = await post(files, options);
    if ('outcome' in answer) return answer.outcome;
    if (answer.kind === 'aborted') return answer;
    ({ reason } = answer);
    if (!answer.isPassing && files.length > 1) break;
    if (!answer.isPassing) return refused(files, reason);
    // A batch that is too much work for one request fails the same way every time: smaller ones get through.
    if (tries === 2 && files.length > 1 && answer.status >= 500) break;
    if (tries < maxTries) await wait(Math.min(answer.retryAfterMs ?? firstPauseMs * 2 ** (tries - 1), longestPauseMs));
  }
  if (files.length === 1) return refused(files, reason);
  const middle = Math.ceil(files.length / 2);
  const first = await sendBatch(files.slice(0, middle), options);
  if ('kind' in first) return first;
  const second = await sendBatch(files.slice(middle), options);
  if ('kind' in second) return second;
  return {
    recorded: first.recorded + second.recorded,
    unchanged: first.unchanged + second.unchanged,
    rejected: [...first.rejected, ...second.rejected],
  };
}

type Answer =
  | { readonly outcome: BatchOutcome }
  | LoadAborted
  | {
      readonly kind: 'failed';
      readonly status: number;
      readonly reason: string;
      /** Trying the same again may help. */
      readonly isPassing: boolean;
      readonly retryAfterMs?: number;
    };

async function post(files: readonly BatchFile[], { to, token }: SendOptions): Promise<Answer> {
  const form = new FormData();
  for (const { path, bytes } of files) form.append('article', new Blob([new Uint8Array(bytes)]), path);
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL('/admin/api/entries', to), {
      method: 'POST',
      body: form,
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { kind: 'failed', status: 0, reason: `no answer: ${String(error)}${cause}`, isPassing: true };
  }
  if (response.ok) return readOutcome(text);
  const reason = `the server answered ${response.status}: ${readDetail(text)}`;
  if ([401, 403, 404, 405].includes(response.status)) return { kind: 'aborted', reason };
  const retryAfterMs = Number(response.headers.get('Retry-After') ?? Number.NaN) * 1000;
  return {
    kind: 'failed',
    status: response.status,
    reason,
    isPassing: response.status === 429 || response.status === 408 || response.status >= 500,
    ...(Number.isFinite(retryAfterMs) ? { retryAfterMs } : {}),
  };
}

function readOutcome(text: string): Answer {
  try {
    const { recorded, unchanged, rejected } = JSON.parse(text) as BatchOutcome;
    if (Number.isInteger(recorded) && Number.isInteger(unchanged) && Array.isArray(rejected)) {
      return { outcome: { recorded, unchanged, rejected } };
    }
  } catch {
    // Falls through: the answer is not from Tributary.
  }
  return { kind: 'aborted', reason: `this is not the admin API of Tributary: ${text.slice(0, 100)}` };
}

function readDetail(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === 'string' ? detail : text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}

function refused(files: readonly BatchFile[], reason: string): BatchOutcome {
  return { recorded: 0, unchanged: 0, rejected: files.map(({ path }) => ({ file: path, line: 1, reason })) };
}
