/**
 * Publishes the window of an awake Archive, and remembers up to which change it did.
 */
import type { Instant } from '../../domain/instant.ts';
import type { ArchiveBindings } from '../archive-bindings.ts';
import { writeWindow } from '../window-writer.ts';
import { placedSite } from './ground/archive-settings.ts';
import { readMeta, readSequence, writeMeta } from './ground/meta.ts';
import { type ArchiveState, countPublish, publishableAt } from './ground/state.ts';
import { currentWindow } from './window.ts';

/** Whether something recorded is not published. */
export function isUnpublished({ sql }: ArchiveState): boolean {
  return readMeta(sql, 'published_sequence') !== String(readSequence(sql));
}

/** Publishes the window now; or returns from when on the day's budget allows it. */
export async function publishWindow(
  archive: ArchiveState,
  env: ArchiveBindings,
  now: () => Instant,
): Promise<Instant | undefined> {
  const sequence = readSequence(archive.sql);
  const mark = readMeta(archive.sql, 'published_sequence');
  const allowedAt = publishableAt(archive, now());
  if (allowedAt > now()) return allowedAt;
  const takeBack = countPublish(archive, now());
  const wasWritten = await writeWindow(env.WINDOW, currentWindow(archive, placedSite(env)), now());
  if (!wasWritten) takeBack();
  // A mark made while KV was written is of something that was not in it.
  if (readMeta(archive.sql, 'published_sequence') === mark)
    writeMeta(archive.sql, 'published_sequence', String(sequence));
  archive.publishing.pendingSince = undefined;
  return undefined;
}
