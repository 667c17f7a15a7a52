/**
 * Turns one mail into its recording: parses, reads, sanitizes and tags it.
 */
import { ok, type Result } from '../../domain/result.ts';
import { parseMail } from '../../feed/read/mail/parse-mail.ts';
import { readMail } from '../../feed/read/mail/read-mail.ts';
import { embedPictures } from '../../feed/sanitize/inline-pictures.ts';
import { sanitizeEntry } from '../../feed/sanitize/sanitize-entry.ts';
import { newEntries } from '../new-entries.ts';
import type { RefreshPorts } from '../ports.ts';
import type { EntryRecording } from '../recording.ts';
import type { MailRecording, OpenedNewsletter } from './newsletter-mails.ts';

/** Reads a mail; the failure says why it cannot be read. `envelope` is the sender when the mail itself names none. */
export async function readNewsletter(
  ports: RefreshPorts,
  { source }: OpenedNewsletter,
  bytes: Uint8Array,
  envelope: string,
): Promise<Result<MailRecording, string>> {
  const mail = await parseMail(bytes);
  if (!mail.ok) return mail;
  const { entry, pictures, sender, unsubscribe, confirmation } = readMail(mail.value, source.id);
  const recording = {
    sourceId: source.id,
    sender: (sender.address || envelope).toLowerCase().slice(0, 320),
    subject: entry.title,
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
  };
  if (confirmation !== undefined) return ok({ ...recording, confirmation, entries: [] });
  const fresh = await newEntries(ports, { ...source, fullText: false }, { entries: [entry] }, (given) =>
    sanitizeEntry(given),
  );
  return ok({ ...recording, entries: fresh.map((one) => withPictures(one, pictures)) });
}

function withPictures(recording: EntryRecording, pictures: Parameters<typeof embedPictures>[1]): EntryRecording {
  const { image, content, ...rest } = recording.entry;
  return {
    ...recording,
    entry: {
      ...rest,
      ...(content === undefined ? {} : { content: embedPictures(content, pictures) }),
      // The stand-in for a picture is no address.
      ...(image === undefined || pictures.has(image) ? {} : { image }),
    },
  };
}
