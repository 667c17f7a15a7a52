/**
 * Opens the Archive's door for incoming mail.
 */
import type { MailOutcome, MailRecording, OpenedNewsletter } from '../../../pipeline/mail/newsletter-mails.ts';
import type { ArchiveState } from '../ground/state.ts';
import { openNewsletter, recordMail } from '../owner/newsletters.ts';
import { now } from './clock.ts';

/** The calls. */
export interface MailDoor {
  /** The newsletter that has a mail address; `undefined` when none has. */
  readonly openMail: (address: string) => Promise<OpenedNewsletter | undefined>;
  readonly recordMail: (mail: MailRecording) => Promise<MailOutcome>;
}

/** Opens the door of an awake Archive. */
export function createMailDoor(archive: ArchiveState): MailDoor {
  return {
    openMail: async (address) => openNewsletter(archive, address),
    recordMail: async (mail) => recordMail(archive, mail, now()),
  };
}
