/**
 * Defines the mails of newsletters on their way into the Archive, and those that wait for the owner. Plain data that crosses
 * RPC.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Source, SourceId } from '../../domain/source.ts';
import type { EntryRecording } from '../recording.ts';

/** Why a mail waits. `waiting`: its sender is not accepted yet. `needs-you`: it is for the subscriber alone. */
export type HeldKind = 'waiting' | 'needs-you';

/** A mail that waits, as the owner sees it. */
export interface HeldMail {
  readonly id: number;
  readonly kind: HeldKind;
  readonly at: Instant;
  readonly sender: string;
  readonly subject: string;
  /** The link that it asks the reader to follow. */
  readonly link?: HttpUrl;
}

/** A newsletter's own data, in addition to its source. */
export interface Newsletter {
  /** Addresses whose mails become entries: the first sender's, and those that the owner accepted. */
  readonly senders: readonly string[];
  /** How to end the subscription, as the last mail says. */
  readonly unsubscribe?: string;
}

/** A newsletter with its waiting mails. */
export interface NewsletterReport extends Newsletter {
  readonly held: readonly HeldMail[];
}

/** What reading a mail needs. */
export interface OpenedNewsletter {
  readonly source: Source;
}

/** A mail on its way into the Archive. */
export interface MailRecording {
  readonly sourceId: SourceId;
  readonly sender: string;
  readonly subject: string;
  readonly unsubscribe?: string;
  /** Set when it is for the subscriber alone; it has no entries then. */
  readonly confirmation?: { readonly link?: HttpUrl };
  /** Empty when the archive already has the mail. */
  readonly entries: readonly EntryRecording[];
}

/** What happened to a mail. */
export type MailOutcome = 'recorded' | 'known' | HeldKind;

/** Most waiting mails of one newsletter. One more mail drops the oldest. */
export const maxHeld = 20;

/** The owner's decisions about waiting mails; each returns `false` when there is no such mail. */
export interface NewsletterOwner {
  /** Accepts the sender of a waiting mail: all mails of the sender become entries. */
  readonly acceptSender: (id: SourceId, mail: number) => Promise<boolean>;
  /** Deletes a waiting mail. */
  readonly dropMail: (id: SourceId, mail: number) => Promise<boolean>;
}
