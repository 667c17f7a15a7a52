/**
 * Records the mails of newsletters. A mail of an unknown sender waits until the owner accepts the sender.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { toInitialState } from '../../../domain/source-state.ts';
import type { MailOutcome, MailRecording, OpenedNewsletter } from '../../../pipeline/mail/newsletter-mails.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { recordSource } from '../jobs/record-jobs.ts';
import {
  dropHeldMail,
  findHeldMail,
  findNewsletter,
  findNewsletterAt,
  holdMail,
  takeWaiting,
  writeNewsletter,
} from '../rows/newsletter-rows.ts';
import { findSource, findState } from '../rows/source-rows.ts';

/** The newsletter of a mail address; `undefined` when there is none, or when it is switched off. */
export function openNewsletter({ sql }: ArchiveState, address: string): OpenedNewsletter | undefined {
  const source = findNewsletterAt(sql, address);
  return source?.enabled === true ? { source } : undefined;
}

/** Records a mail, or lets it wait. */
export function recordMail(archive: ArchiveState, mail: MailRecording, now: Instant): MailOutcome {
  const { sql } = archive;
  const { sourceId, sender, unsubscribe, entries } = mail;
  if (findSource(sql, sourceId) === undefined) return 'known';
  return changeEntries(archive, (log) => {
    if (mail.confirmation !== undefined) return hold(sql, 'needs-you', mail, now);
    const known = findNewsletter(sql, sourceId);
    if (known.senders.length > 0 && !known.senders.includes(sender)) {
      return entries.length === 0 ? 'known' : hold(sql, 'waiting', mail, now);
    }
    const senders = known.senders.length > 0 ? known.senders : [sender];
    const next = { ...known, senders, ...(unsubscribe === undefined ? {} : { unsubscribe }) };
    if (JSON.stringify(next) !== JSON.stringify(known)) writeNewsletter(sql, sourceId, next);
    if (entries.length === 0) return 'known';
    recordEntries(sql, sourceId, entries, log, now);
    return 'recorded';
  });
}

/**
 * Accepts the sender of a waiting mail: all mails of the sender become entries, now and later. `false` when there is no
 * such mail.
 */
export function acceptSender(archive: ArchiveState, id: SourceId, mailId: number, now: Instant): boolean {
  const { sql } = archive;
  const mail = findHeldMail(sql, id, mailId);
  if (mail?.kind !== 'waiting') return false;
  changeEntries(archive, (log) => {
    const known = findNewsletter(sql, id);
    writeNewsletter(sql, id, { ...known, senders: [...new Set([...known.senders, mail.sender])] });
    recordEntries(sql, id, takeWaiting(sql, id, mail.sender), log, now);
  });
  return true;
}

/** Deletes a waiting mail; `false` when there is no such mail. */
export function dropMail({ sql }: ArchiveState, id: SourceId, mailId: number): boolean {
  if (findHeldMail(sql, id, mailId) === undefined) return false;
  dropHeldMail(sql, mailId);
  return true;
}

function hold(sql: SqlStorage, kind: 'waiting' | 'needs-you', mail: MailRecording, now: Instant): MailOutcome {
  holdMail(sql, kind, mail, now);
  return kind;
}

function recordEntries(
  sql: SqlStorage,
  sourceId: SourceId,
  entries: readonly EntryRecording[],
  log: ChangeLog,
  now: Instant,
): void {
  const state = {
    ...(findState(sql, sourceId) ?? toInitialState(now)),
    lastCheckedAt: now,
    lastDocumentAt: now,
    lastOutcome: 'updated' as const,
    nextCheckWhy: 'its mails come by themselves',
  };
  recordSource(sql, { kind: 'source', sourceId, state, entries }, log, now);
}
