/**
 * Reads and writes rows of newsletters: their senders, and the mails that wait for the owner.
 */
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { localPartOf, newsletterAddress } from '../../../domain/newsletter-address.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import {
  type HeldKind,
  type HeldMail,
  type MailRecording,
  maxHeld,
  type Newsletter,
  type NewsletterReport,
} from '../../../pipeline/mail/newsletter-mails.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { withinRow } from '../entries/row-size.ts';
import { findSource } from './source-rows.ts';

interface HeldRow extends Record<string, SqlStorageValue> {
  id: number;
  kind: string;
  at: number;
  sender: string;
  subject: string;
  link: string | null;
}

/** The newsletter of a mail address, whatever its domain is. */
export function findNewsletterAt(sql: SqlStorage, address: string): Source | undefined {
  const wanted = localPartOf(address);
  const rows = sql.exec<{ id: string; url: string }>("SELECT id, url FROM source WHERE kind = 'newsletter'").toArray();
  const found = rows.find(({ url }) => localPartOf(newsletterAddress(url as HttpUrl)) === wanted);
  return found === undefined ? undefined : findSource(sql, found.id as SourceId);
}

/** A newsletter's own data. */
export function findNewsletter(sql: SqlStorage, id: SourceId): Newsletter {
  const row = sql
    .exec<{ newsletter: string }>('SELECT newsletter FROM newsletter WHERE source_id = ?', id)
    .toArray()[0];
  return row === undefined ? { senders: [] } : JSON.parse(row.newsletter);
}

/** Stores them. */
export function writeNewsletter(sql: SqlStorage, id: SourceId, newsletter: Newsletter): void {
  sql.exec(
    'INSERT INTO newsletter VALUES (?1, ?2) ON CONFLICT (source_id) DO UPDATE SET newsletter = ?2',
    id,
    JSON.stringify(newsletter),
  );
}

/** The same with the waiting mails, newest first. */
export function reportNewsletter(sql: SqlStorage, id: SourceId): NewsletterReport {
  const held = sql
    .exec<HeldRow>('SELECT id, kind, at, sender, subject, link FROM held_mail WHERE source_id = ? ORDER BY id DESC', id)
    .toArray();
  return { ...findNewsletter(sql, id), held: held.map(toHeldMail) };
}

/** Stores a waiting mail. The oldest one of the newsletter is dropped when there are too many. */
export function holdMail(sql: SqlStorage, kind: HeldKind, mail: MailRecording, now: Instant): void {
  const { sourceId, sender, subject, confirmation, entries } = mail;
  const isHeld = sql
    .exec('SELECT 1 FROM held_mail WHERE source_id = ? AND kind = ? AND guid = ?', sourceId, kind, guidOf(mail))
    .toArray();
  if (isHeld.length > 0) return;
  sql.exec(
    'INSERT INTO held_mail (source_id, kind, guid, at, sender, subject, link, recordings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    sourceId,
    kind,
    guidOf(mail),
    now,
    sender,
    subject,
    confirmation?.link ?? null,
    JSON.stringify(entries.map(withinRow)),
  );
  sql.exec(
    `DELETE FROM held_mail WHERE source_id = ?1 AND id NOT IN
      (SELECT id FROM held_mail WHERE source_id = ?1 ORDER BY id DESC LIMIT ${maxHeld})`,
    sourceId,
  );
}

/** Takes out the waiting mails of a sender, oldest first. */
export function takeWaiting(sql: SqlStorage, id: SourceId, sender: string): readonly EntryRecording[] {
  const where = "source_id = ? AND kind = 'waiting' AND sender = ?";
  const rows = sql
    .exec<{ recordings: string }>(`SELECT recordings FROM held_mail WHERE ${where} ORDER BY id`, id, sender)
    .toArray();
  sql.exec(`DELETE FROM held_mail WHERE ${where}`, id, sender);
  return rows.flatMap(({ recordings }) => JSON.parse(recordings) as readonly EntryRecording[]);
}

/** One waiting mail. */
export function findHeldMail(sql: SqlStorage, id: SourceId, mailId: number): HeldMail | undefined {
  const row = sql
    .exec<HeldRow>(
      'SELECT id, kind, at, sender, subject, link FROM held_mail WHERE source_id = ? AND id = ?',
      id,
      mailId,
    )
    .toArray()[0];
  return row === undefined ? undefined : toHeldMail(row);
}

/** Deletes a waiting mail. */
export function dropHeldMail(sql: SqlStorage, mailId: number): void {
  sql.exec('DELETE FROM held_mail WHERE id = ?', mailId);
}

/** Deletes a newsletter's own data and its waiting mails. */
export function forgetNewsletter(sql: SqlStorage, id: SourceId): void {
  sql.exec('DELETE FROM newsletter WHERE source_id = ?', id);
  sql.exec('DELETE FROM held_mail WHERE source_id = ?', id);
}

function guidOf({ entries, subject }: MailRecording): string {
  return entries[0]?.entry.guid ?? subject;
}

function toHeldMail({ id, kind, at, sender, subject, link }: HeldRow): HeldMail {
  return {
    id,
    kind: kind as HeldKind,
    at: at as Instant,
    sender,
    subject,
    ...(link === null ? {} : { link: link as HttpUrl }),
  };
}
