/**
 * Asks a site for the icon of its source, by the same rules as for a feed: its turn at the host, guard, name, time, size.
 *
 * Loaded on demand by the Queue's consumer.
 */
import { type HttpUrl, hostOf } from '../domain/http-url.ts';
import { maxIconBytes, pictureType, type SourceIcon } from '../domain/source-icon.ts';
import type { Config } from '../pipeline/config.ts';
import { pausesOf } from '../pipeline/host-pause.ts';
import type { HostPause } from '../pipeline/retrieval.ts';
import { archiveDoor } from './archive-doors.ts';
import type { Bindings } from './bindings.ts';
import { createRefreshPorts } from './refresh-ports.ts';

/** A place at the host is taken ahead when it is free within this. Milliseconds. */
const patienceMs = 60_000;

/** Asks once; `false` when the host is busy now. */
export async function askIcon(
  env: Bindings,
  config: Config,
  ownHosts: readonly string[],
  url: HttpUrl,
): Promise<boolean> {
  const maxBodyBytes = Math.min(config.maxBodyBytes, maxIconBytes);
  const { archive, retrieve, pause } = createRefreshPorts(env, { ...config, maxBodyBytes }, ownHosts);
  const restMs = await archive.enterHost(hostOf(url), patienceMs);
  if (restMs === 'busy') return false;
  if (restMs === 'resting') return true;
  let pauses: readonly HostPause[] = [];
  try {
    await pause(restMs);
    const answer = await retrieve({ url, validators: {}, accept: 'picture' });
    pauses = pausesOf(answer).pauses ?? [];
    const bytes = answer.ok && answer.value.kind === 'document' ? answer.value.document.bytes : new Uint8Array();
    await archiveDoor(env, 'writer').keepIcon(url, toIcon(bytes));
  } finally {
    await archive.leaveHost(hostOf(url), pauses);
  }
  return true;
}

function toIcon(bytes: Uint8Array): SourceIcon | undefined {
  const type = pictureType(bytes);
  return type === undefined ? undefined : { type, bytes };
}
