/**
 * Packs jobs into messages of the Queue: up to ten hosts a message, at most one job for each host.
 *
 * A message costs three Queue operations however many jobs it holds, so ten jobs in one message cost a tenth.
 */
import { type HttpUrl, parseHttpUrl } from '../domain/http-url.ts';
import type { RefreshJob } from './recording.ts';

/** A claimed job, and the host that it asks. */
export interface HandedOut {
  readonly job: RefreshJob;
  readonly host: string;
}

/** One message of the queue. */
export interface JobMessage {
  readonly jobs: readonly RefreshJob[];
  /** Its only job was started before and threw. */
  readonly isRetry?: true;
  /** It has no jobs: it starts the requests to hubs. */
  readonly asksHubs?: true;
  /** It has no jobs: this address is to be asked for the icon of a source. */
  readonly icon?: HttpUrl;
}

/** The message that starts the requests to hubs that are due. */
export const askHubsMessage: JobMessage = { jobs: [], asksHubs: true };

/**
 * Most jobs of one message. A message is one invocation: its documents must be read within the free plan's 10 ms of CPU, and
 * its requests stay under that plan's 50.
 */
export const jobsPerMessage = 10;

/** Packs jobs into as few messages as possible, in their order. */
export function toMessages(handedOut: readonly HandedOut[]): readonly JobMessage[] {
  const messages: { readonly hosts: Set<string>; readonly jobs: RefreshJob[] }[] = [];
  let firstOpen = 0;
  for (const { job, host } of handedOut) {
    while ((messages[firstOpen]?.jobs.length ?? 0) >= jobsPerMessage) firstOpen += 1;
    let message = messages.slice(firstOpen).find(({ hosts, jobs }) => jobs.length < jobsPerMessage && !hosts.has(host));
    if (message === undefined) messages.push((message = { hosts: new Set(), jobs: [] }));
    message.hosts.add(host);
    message.jobs.push(job);
  }
  return messages.map(({ jobs }) => ({ jobs }));
}

/**
 * Reads a message of the Queue; `undefined` when it is not one of ours. Messages outlive deployments: before 0.2.0 a message
 * was one job.
 */
export function readJobMessage(body: unknown): JobMessage | undefined {
  if (isRefreshJob(body)) return { jobs: [body] };
  if (typeof body !== 'object' || body === null || !('jobs' in body) || !Array.isArray(body.jobs)) return undefined;
  const jobs: readonly unknown[] = body.jobs;
  if (jobs.length === 0 || jobs.length > jobsPerMessage || !jobs.every(isRefreshJob)) return undefined;
  return { jobs, ...('isRetry' in body && body.isRetry === true && { isRetry: true }) };
}

/** Makes the message that has an address asked for the icon of a source. */
export function iconMessage(icon: HttpUrl): JobMessage {
  return { jobs: [], icon };
}

/** Reads the address that a message has asked for an icon; `undefined` when the message is about something else. */
export function readIconMessage(body: unknown): HttpUrl | undefined {
  if (typeof body !== 'object' || body === null || !('icon' in body) || typeof body.icon !== 'string') return undefined;
  return parseHttpUrl(body.icon);
}

/** Whether a message starts the requests to hubs. */
export function isAskHubsMessage(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'asksHubs' in body && body.asksHubs === true;
}

function isRefreshJob(value: unknown): value is RefreshJob {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'push') return 'receiverId' in value && typeof value.receiverId === 'number';
  if (value.kind === 'source') return 'sourceId' in value && typeof value.sourceId === 'string';
  return value.kind === 'article' && 'entryId' in value && typeof value.entryId === 'string';
}
