/**
 * Which entry this is: the ladder from the publisher's own id down to what the entry says.
 *
 * An identity is scoped to its source and must never change while the entry lives, so each rung uses only what a
 * publisher leaves alone. Within one document the first entry with an identity keeps it; another one that is clearly
 * not the same gets an identity of its own, because losing an entry is worse than showing it twice.
 */
import { digest } from '../../../domain/digest.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { RawEntry } from '../raw-feed.ts';
import { maxLineLength } from '../reading-limits.ts';
import { climb, ladder } from './ladder.ts';

/** What tells one entry from another, taken from the raw entry so that better reading later changes no identity. */
export interface EntryFacts {
  readonly raw: RawEntry;
  readonly url: HttpUrl | undefined;
  readonly title: string;
  /** RFC 4287 section 4.2.6: an Atom id is the same entry for ever; a second one is a revision, never another entry. */
  readonly hasStrictIds: boolean;
}

/** An identity, and the rung it stands on. */
export interface Identity {
  readonly key: string;
  readonly rung: 'guid' | 'permalink' | 'digest';
}

/** `id` is JSON Feed's. `rdf:about` names the resource, as RSS 1.0 section 5.5 wants it unique. */
const idRungs = ladder('atom:id', 'guid', 'guid:opaque', 'id', 'rdf:about');
const dateRungs = ladder(
  'pubdate',
  'atom:published',
  'atom:issued',
  'date_published',
  'dc:date',
  'dcterms:created',
  'dcterms:issued',
  'date',
  'published',
);

/** The publisher's own id of an entry, as written; `undefined` when it gave none. */
export function readGuid(raw: RawEntry): string | undefined {
  return climb(idRungs, raw.values, ({ text }) => (text.length <= maxLineLength ? text : `urn:sha256:${digest(text)}`));
}

function dateText(raw: RawEntry): string {
  return climb(dateRungs, raw.values, ({ text }) => text) ?? '';
}

function wholeText(raw: RawEntry): string {
  return raw.texts.map(({ from, text }) => `${from} ${text}`).join('\n');
}

/** The identity of an entry seen on its own. */
export function identify({ raw, url, title }: EntryFacts): Identity {
  const guid = readGuid(raw);
  if (guid !== undefined) return { key: guid, rung: 'guid' };
  if (url !== undefined) return { key: url, rung: 'permalink' };
  const date = dateText(raw);
  // Title and date survive an edit of the text; with neither there is only the text.
  const said = title === '' && date === '' ? wholeText(raw) : `${title}\n${date}`;
  return { key: `urn:sha256:${digest(said)}`, rung: 'digest' };
}

/** The identity of an entry whose own is taken by `first`; `undefined` when it is the same entry again. */
export function distinguish(identity: Identity, first: EntryFacts, next: EntryFacts): Identity | undefined {
  const otherUrl = first.url !== next.url && next.url !== undefined;
  const otherTitle = first.title !== next.title;
  const otherDate = dateText(first.raw) !== dateText(next.raw);
  switch (identity.rung) {
    case 'guid':
      if (otherUrl && (!next.hasStrictIds || otherTitle)) return { key: `${identity.key}\n${next.url}`, rung: 'guid' };
      // One guid and one link for a whole change log: the title and the date still tell.
      return !next.hasStrictIds && otherTitle && otherDate ? byWords(identity, next) : undefined;
    case 'permalink':
      return otherTitle ? byWords(identity, next) : undefined;
    case 'digest':
      return wholeText(first.raw) === wholeText(next.raw) ? undefined : byWords(identity, next, true);
  }
}

function byWords(identity: Identity, { raw, title }: EntryFacts, whole = false): Identity {
  const words = whole ? wholeText(raw) : `${title}\n${dateText(raw)}`;
  return { key: `${identity.key}\n${digest(words)}`, rung: identity.rung };
}
