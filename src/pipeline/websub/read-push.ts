/**
 * Reads what a hub pushed, with the reader of the source's own document.
 *
 * A push may hold a part of the feed: entries that it lacks are not gone. A push that is no feed, or not about the source's
 * own topic, only means that it is time to ask. So does a push to a source whose articles are read from their pages.
 */
import { isSameAddress } from '../../domain/address-key.ts';
import type { Document } from '../../domain/document.ts';
import type { Entry, ReadEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import { parseLinkHeader, targetsOf } from '../../domain/link-header.ts';
import { hideSecrets, secretParts } from '../../domain/secret-address.ts';
import type { Source } from '../../domain/source.ts';
import { normalizeFeed } from '../../feed/read/normalize-feed.ts';
import { readFeed } from '../../feed/read/read-feed.ts';

import { roomOfDocument, sanitizeEntry } from '../../feed/sanitize/sanitize-entry.ts';
import { newEntries } from '../new-entries.ts';
import type { RefreshPorts } from '../ports.ts';
import type { EntryRecording } from '../recording.ts';
import type { Subscription } from './subscription.ts';

/** The meaning of a push. */
export type PushMeaning =
  | { readonly kind: 'news'; readonly entries: readonly EntryRecording[] }
  | { readonly kind: 'ask' }
  | { readonly kind: 'other-topic' };

/** Reads a push whose signature is right. */
export async function readPush(
  ports: RefreshPorts,
  { subscription, source }: PushContext,
  document: Document,
): Promise<PushMeaning> {
  const named = targetsOf(parseLinkHeader(document.links ?? '', document.url), 'self');
  if (named.length > 0 && !named.some((url) => isSameAddress(url, subscription.topic))) return { kind: 'other-topic' };
  if (document.bytes.byteLength === 0 || !subscription.isOwnTopic || source.fullText) return { kind: 'ask' };
  const read = readFeed(document);
  if (!read.ok) return { kind: 'ask' };
  const normalized = normalizeFeed(read.value.raw, { sourceId: source.id, document });
  const { feed } =
    source.isSecret === true ? hideSecrets(normalized, secretParts(source.url, subscription.topic)) : normalized;
  if (feed.entries.length === 0) return { kind: 'ask' };
  const room = roomOfDocument(document.bytes.byteLength);
  const sanitize = (entry: ReadEntry): Entry<SafeHtml> => sanitizeEntry(entry, undefined, room);
  return { kind: 'news', entries: await newEntries(ports, source, feed, sanitize) };
}

interface PushContext {
  readonly subscription: Subscription;
  readonly source: Source;
}
