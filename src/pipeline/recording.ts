/**
 * Defines the outcome of one refresh, which goes to the Archive: plain data that crosses RPC.
 *
 * Entries, validators and the next check are one recording, because they are written together or not at all.
 */
import type { Channel } from '../domain/channel.ts';
import type { Entry, EntryId } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { HttpUrl } from '../domain/http-url.ts';
import type { Instant } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';
import type { Tag } from '../domain/tag.ts';
import type { PushRecording } from './push/receiver.ts';
import type { HostPause } from './retrieval.ts';
import type { PushOffer } from './websub/offer.ts';

/** Checks this source, or the page of this seed entry; or sends a receiver its new entries. */
export type RefreshJob =
  | { readonly kind: 'source'; readonly sourceId: SourceId }
  | { readonly kind: 'article'; readonly entryId: EntryId }
  | { readonly kind: 'push'; readonly receiverId: number };

/** A job that checks a source or a page. */
export type CheckJob = Exclude<RefreshJob, { readonly kind: 'push' }>;

/** An entry ready to be recorded. */
export interface EntryRecording {
  readonly entry: Entry<SafeHtml>;
  readonly sourceId: SourceId;
  /** Without tags of rules: the Archive adds those. */
  readonly tags: readonly Tag[];
  /** Digest of what the publisher said (`domain/content-hash.ts`): the same digest again is no change. */
  readonly contentHash: string;
  /** The Archive has it under this id, and now it has another guid or link: its text may change, its place and dates do not. */
  readonly isMoved?: boolean;
  /** An entry that the Archive has keeps its date: a page's "3 days ago" depends on the day of reading. */
  readonly keepsDate?: boolean;
  /** When it came to us, where that is known better than "now": the archive stamp of a seed. */
  readonly firstSeen?: Instant;
}

/** What a feed says about its source; kept unless the owner said something else. */
export interface SourceDescription {
  readonly title: string;
  readonly siteUrl?: HttpUrl;
  readonly rights?: string;
  readonly channel?: Channel;
}

/**
 * The outcome of one job; `pauses` are hosts that sent `Retry-After`. `entries` holds only new and changed ones; an entry
 * that is absent is not removed.
 */
export type Recording =
  | {
      readonly kind: 'source';
      readonly sourceId: SourceId;
      readonly state: SourceState;
      readonly description?: SourceDescription;
      /** Adopted after a permanent redirect was seen twice. */
      readonly url?: HttpUrl;
      readonly entries: readonly EntryRecording[];
      /** Entries in the document, known ones included; absent when none was read. */
      readonly found?: number;
      readonly pauses?: readonly HostPause[];
      /** The hub that the document names; `null` when it names none that may be asked. Absent when no document was read. */
      readonly offer?: PushOffer | null;
      /** The document has new entries that no push had brought. */
      readonly hasMissedPush?: true;
    }
  | {
      readonly kind: 'article';
      readonly entryId: EntryId;
      readonly state: SourceState;
      readonly entry?: EntryRecording;
      readonly pauses?: readonly HostPause[];
    }
  | PushRecording;

/** The outcome of a check. */
export type CheckRecording = Exclude<Recording, PushRecording>;

/** The job a recording is the outcome of. */
export function jobOf(recording: Recording): RefreshJob {
  switch (recording.kind) {
    case 'source':
      return { kind: 'source', sourceId: recording.sourceId };
    case 'article':
      return { kind: 'article', entryId: recording.entryId };
    case 'push':
      return { kind: 'push', receiverId: recording.receiverId };
  }
}
