/**
 * What a newsletter's mails leave behind: plain data that crosses RPC.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Source, SourceId } from '../../domain/source.ts';
import type { EntryRecording } from '../recording.ts';

/** A mail that is no entry yet. `waiting`: its sender is not known. `needs-you`: it is for the subscriber alone. */
export type HeldKind = 'waiting' | 'needs-you';

/** Such a mail, as the owner sees it. */
export interface HeldMail {
  readonly id: number;
  readonly kind: HeldKind;
  readonly at: Instant;
  readonly sender: string;
  readonly subject: string;
  /** The link that it asks to follow. */
  readonly link?: HttpUrl;
}

/** What is known of a newsletter beside its source. */
export interface Newsletter {
  /** Addresses whose mails become entries: the first sender's, and those that the owner accepted. */
  readonly senders: readonly string[];
  /** How to end the subscription, as the last mail says. */
  readonly unsubscribe?: string;
}

/** The same, with the mails that are held. */
export interface NewsletterReport extends Newsletter {
  readonly held: readonly HeldMail[];
}

/** What a mail is read with. */
export interface OpenedNewsletter {
  readonly source: Source;
}

/** A mail on its way into the Archive. */
export interface MailRecording {
  readonly sourceId: SourceId;
  readonly sender: string;
  readonly subject: string;
  readonly unsubscribe?: string;
  /** Set when it is for the subscriber alone; then it has no entries. */
  readonly confirmation?: { readonly link?: HttpUrl };
  /** Empty when the archive holds the mail already. */
  readonly entries: readonly EntryRecording[];
}

/** What became of a mail. */
export type MailOutcome = 'recorded' | 'known' | HeldKind;

/** Mails that are held of one newsletter; the oldest goes when one more comes. */
export const maxHeld = 20;

/** What the owner decides about mails that are held; `false` when there is no such mail. */
export interface NewsletterOwner {
  /** Accepts the sender of a mail that waits: all its mails become entries. */
  readonly acceptSender: (id: SourceId, mail: number) => Promise<boolean>;
  /** Forgets a mail. */
  readonly dropMail: (id: SourceId, mail: number) => Promise<boolean>;
}
