/**
 * Defines the format of backups: one record a line, enough to make the same archive again, down to the bytes of its feeds.
 *
 * Versions of the product exchange backups: members are only ever added, and unknown records are skipped.
 */
import type { Channel } from '../domain/channel.ts';
import type { Entry, EntryId } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { Month } from '../domain/month.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { Source, SourceId } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';
import type { Tag } from '../domain/tag.ts';
import type { Webhook } from './push/receiver.ts';

/** The version of the format. A backup with a higher version is refused. */
export const backupFormat = 1;

/** A revision of an entry. */
export interface BackupRevision {
  readonly revision: number;
  readonly contentHash: string;
  readonly recordedAt: Instant;
}

/** An entry with everything that the Archive stores about it. */
export interface BackupEntry {
  readonly kind: 'entry';
  readonly id: EntryId;
  readonly sourceId: SourceId;
  /** `null` when retention dropped the text. The other members stay, so that the entry does not come back as new. */
  readonly entry: Entry<SafeHtml> | null;
  readonly guid: string;
  readonly url?: string;
  readonly tags: readonly Tag[];
  /** Slugs of tags that only rules gave; absent in backups of former releases. */
  readonly ruleTags?: readonly string[];
  /** A rule hides it. */
  readonly isHidden?: true;
  readonly sortAt: Instant;
  /** The month whose archive document holds it. Older backups lack it; `sortAt` gives it then. */
  readonly archiveMonth?: Month;
  /** When the entry changed last for readers; releases before 0.2.0 did not keep it. */
  readonly changedAt?: Instant;
  /** When it arrived, if that was too late for the digest of its day. */
  readonly lateAt?: Instant;
  readonly firstSeen: Instant;
  readonly modified: Instant;
  readonly sequence: number;
  readonly revision: number;
  readonly contentHash: string;
  /** Other sources' copies of the same article are shown at its place. */
  readonly leads?: true;
  readonly retired?: { readonly at: Instant; readonly why: string };
  readonly revisions: readonly BackupRevision[];
  /** Other ids of this entry. */
  readonly aliases?: readonly EntryId[];
  /** The seed's last content and tags, and when its page is first asked; absent: at once. */
  readonly seed?: { readonly contentHash: string; readonly tags: string; readonly firstCheckAt?: number };
  /** The polling state of its page. */
  readonly check?: SourceState;
}

/** A source with its polling state; `removedAt` when the owner removed it. */
export interface BackupSource {
  readonly kind: 'source';
  readonly source: Source;
  readonly rights?: string;
  readonly channel?: Channel;
  readonly state?: SourceState;
  readonly removedAt?: Instant;
}

/** A value of the archive as a whole: its sequence, the digest of its seeds, its rules. */
export interface BackupMeta {
  readonly kind: 'meta';
  readonly key: string;
  readonly value: string;
}

/** The spelling of a tag. */
export interface BackupTag {
  readonly kind: 'tag';
  readonly slug: string;
  readonly label: string;
}

/** A saved view. */
export interface BackupView {
  readonly kind: 'saved-view';
  readonly view: SavedView;
  /** Its webhook, only in backups with secrets: whoever has a webhook's address can post there. */
  readonly webhook?: Webhook;
}

/** One line of a backup, except the first and the last. */
export type BackupRecord = BackupMeta | BackupTag | BackupView | BackupSource | BackupEntry;
