/**
 * Opens the Archive's door for refreshes.
 */
import type { HttpUrl } from '../../../domain/http-url.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { SourceIcon } from '../../../domain/source-icon.ts';
import type { HandedOut } from '../../../pipeline/job-message.ts';
import type { ArchiveWriter, RecordingReceipt } from '../../../pipeline/ports.ts';
import { jobOf, type RefreshJob } from '../../../pipeline/recording.ts';
import type { HostPause } from '../../../pipeline/retrieval.ts';
import { keepIcon } from '../answers/source-icons.ts';
import { retireExpired } from '../entries/retention.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { Jobs } from '../jobs/claim-jobs.ts';
import { unknownEntries } from '../jobs/known-entries.ts';
import { openJobs } from '../jobs/open-jobs.ts';
import { addOwnHost, readOwnHosts } from '../jobs/own-hosts.ts';
import { writePoison, writeRecording } from '../jobs/record-jobs.ts';
import { noteUse } from '../owner/owner-log.ts';
import { noteReader } from '../owner/view-readers.ts';
import type { Push } from '../push/push.ts';
import { now } from './clock.ts';

/** The refreshes' port, and the calls that only the Queue's consumer needs. */
export interface WriterDoor extends Omit<ArchiveWriter, 'leaveHost'> {
  /** Gives a host's place back; returns the job that waited for the host. */
  readonly leaveHost: (host: string, pauses: readonly HostPause[]) => Promise<HandedOut | undefined>;
  /** Records why every try of a job failed, so that it waits for its next check; returns its host's next job. */
  readonly recordPoison: (job: RefreshJob, detail: string) => Promise<HandedOut | undefined>;
  /** Notes who read a saved view. */
  readonly noteReader: (view: string, reader: string, people: number) => Promise<void>;
  /** Keeps the icon that an address brought; `undefined`: it has none. */
  readonly keepIcon: (url: HttpUrl, icon: SourceIcon | undefined) => Promise<void>;
  /** Hosts under which the owner has reached us. */
  readonly ownHosts: () => Promise<readonly string[]>;
  /** Remembers such a host; the last few are enough. */
  readonly noteOwnHost: (host: string) => Promise<void>;
}

/** Opens the door of an awake Archive. */
export function createWriterDoor(
  archive: ArchiveState,
  jobs: Jobs,
  retentionDays: number,
  loadSeeds: () => Promise<number>,
  push: Pick<Push, 'beginRound' | 'noteOutcome'>,
): WriterDoor {
  return {
    loadSeeds,
    retireExpired: async (limit) => retireExpired(archive, retentionDays, limit, now()),
    claimDue: async (at, limit) => {
      push.beginRound();
      const claimed = jobs.claim(at, now(), limit);
      if (claimed.length > 0) noteUse(archive.sql, { rounds: 1, jobs: claimed.length }, now());
      return claimed;
    },
    openJobs: async (deliveries) => openJobs(archive, jobs, deliveries, now()),
    unknownEntries: async (source, candidates) => unknownEntries(archive, source, candidates),
    record: async (recordings) =>
      recordings.map((recording): Result<RecordingReceipt, string> => {
        try {
          const counts = writeRecording(archive, recording, now());
          if (recording.kind === 'push') push.noteOutcome(recording.receiverId);
          const next = jobs.finish(jobOf(recording), now(), recording.pauses);
          return ok({ ...counts, ...(next === undefined ? {} : { next }) });
        } catch (error) {
          return fail(String(error));
        }
      }),
    recordPoison: async (job, detail) => {
      writePoison(archive, job, detail, now());
      return jobs.finish(job, now());
    },
    enterHost: async (host, patienceMs) => jobs.enter(host, now(), patienceMs),
    leaveHost: async (host, pauses) => jobs.leave(host, now(), pauses),
    keepIcon: async (url, icon) => keepIcon(archive.sql, url, icon),
    noteReader: async (view, reader, people) => noteReader(archive.sql, view, reader, people, now()),
    ownHosts: async () => readOwnHosts(archive.sql),
    noteOwnHost: async (host) => addOwnHost(archive.sql, host),
  };
}
