/**
 * Defines what one refresh hands to the Archive: plain data that crosses RPC.
 *
 * Entries, validators and the next check travel together, because they are written together or not at all.
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

/** Check this source, or the page of this seed entry; or send a receiver what it was not told. */
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
  /** Without those of rules: the Archive adds them. */
  readonly tags: readonly Tag[];
  /** Digest of what the publisher said (`domain/content-hash`): the same again is not a change. */
  readonly contentHash: string;
  /** It is held under this id and came with another guid or link: its text may change, its place and its dates do not. */
  readonly isMoved?: boolean;
  /** An entry that is held keeps its date: what a page says of it is told from the day of reading. */
  readonly keepsDate?: boolean;
  /** When it came to us, where that is known better than "now": the archive stamp of a seed. */
  readonly firstSeen?: Instant;
}

/** What a feed says about its source, kept when the owner said nothing else. */
export interface SourceDescription {
  readonly title: string;
  readonly siteUrl?: HttpUrl;
  readonly rights?: string;
  readonly channel?: Channel;
}

/** The outcome of one job; `pauses` are hosts that asked for patience. `entries` holds only those that are new or changed; none is removed by being absent. */
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
      /** The document brought news that no push had told of. */
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
