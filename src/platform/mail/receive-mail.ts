/**
 * Receives the mails of newsletters from Cloudflare's Email Routing. Loaded on demand.
 *
 * A mail that is not taken is rejected with a reason, so that its sender learns of it. Never throws: an error is a
 * rejection, too.
 */
import { readBounded } from '../../domain/read-bounded.ts';
import type { Config } from '../../pipeline/config.ts';
import { readNewsletter } from '../../pipeline/mail/read-newsletter.ts';
import { archiveDoor } from '../archive-doors.ts';
import type { Bindings } from '../bindings.ts';
import { logEvent } from '../log.ts';
import { createRefreshPorts } from '../refresh-ports.ts';

/** Largest mail: it is held several times over while it is read, and an isolate has 128 MB. Bytes. */
export const maxMailBytes = 10 * 1024 * 1024;

/** The used part of a message. */
export interface IncomingMail {
  readonly from: string;
  readonly to: string;
  readonly raw: ReadableStream<Uint8Array>;
  readonly setReject: (reason: string) => void;
}

/** Takes one mail. */
export async function receiveMail(mail: IncomingMail, env: Bindings, config: Config): Promise<void> {
  try {
    const refusal = await takeMail(mail, env, config);
    if (refusal !== undefined) mail.setReject(refusal);
  } catch (error) {
    logEvent({ event: 'mail-failed', error: String(error) });
    mail.setReject('This mail cannot be taken now because of a fault here. Please send it again later.');
  }
}

/** Returns why the mail is not taken. */
async function takeMail(mail: IncomingMail, env: Bindings, config: Config): Promise<string | undefined> {
  const { openMail, recordMail } = archiveDoor(env, 'mail');
  const opened = await openMail(mail.to);
  if (opened === undefined) return 'Nobody takes mail at this address.';
  const bytes = await readBounded(mail.raw, maxMailBytes);
  if (bytes === undefined) return tooLarge;
  const recording = await readNewsletter(createRefreshPorts(env, config), opened, bytes, mail.from);
  if (!recording.ok) {
    logEvent({ event: 'mail-unreadable', sourceId: opened.source.id, why: recording.failure.slice(0, 200) });
    return 'This mail cannot be read.';
  }
  const outcome = await recordMail(recording.value);
  // Sender and subject are private: logs leave them out.
  logEvent({ event: 'mail', sourceId: opened.source.id, outcome });
  return undefined;
}

const tooLarge = `This mail is too large: at most ${maxMailBytes / 1024 / 1024} MB are taken.`;
