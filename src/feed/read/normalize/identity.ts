/**
 * Decides the identity of an entry: a ladder from the publisher's own id down to the entry's text.
 *
 * An identity is scoped to its source and must never change while the entry lives, so each rung uses only values that
 * publishers do not edit. Within one document, the first entry with an identity keeps it; another one that is clearly
 * different gets its own identity, because losing an entry is worse than showing it twice.
 */
import { digest } from '../../../domain/digest.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { RawEntry } from '../raw-feed.ts';
import { maxLineLength } from '../reading-limits.ts';
import { identityDateRungs, idRungs } from './field-ladders.ts';
import { climb } from './ladder.ts';

/** The values that identify an entry. They come from the raw entry, so that better reading later changes no identity. */
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

/** The publisher's own id of an entry, as written; `undefined` when it gave none. */
export function readGuid(raw: RawEntry): string | undefined {
  return climb(idRungs, raw.values, ({ text }) => (text.length <= maxLineLength ? text : `urn:sha256:${digest(text)}`));
}

function dateText(raw: RawEntry): string {
  return climb(identityDateRungs, raw.values, ({ text }) => text) ?? '';
}

function wholeText(raw: RawEntry): string {
  return raw.texts.map(({ from, text }) => `${from} ${text}`).join('\n');
}

/** The files of an entry: they alone tell entries without words apart. */
function files(raw: RawEntry): string {
  const linked = raw.links.filter(({ rel }) => rel === 'enclosure').map(({ href }) => href);
  return [...raw.media.map(({ url }) => url), ...linked].join('\n');
}

/** The identity of an entry seen on its own. */
export function identify({ raw, url, title }: EntryFacts): Identity {
  const guid = readGuid(raw);
  if (guid !== undefined) return { key: guid, rung: 'guid' };
  if (url !== undefined) return { key: url, rung: 'permalink' };
  const date = dateText(raw);
  // Title and date survive an edit of the text; with neither there is only the text.
  const said = title === '' && date === '' ? wholeText(raw) || files(raw) : `${title}\n${date}`;
  return { key: `urn:sha256:${digest(said)}`, rung: 'digest' };
}

/** The identity of an entry whose own is taken by `first`; `undefined` when it is the same entry again. */
export function distinguish(identity: Identity, first: EntryFacts, next: EntryFacts): Identity | undefined {
  const otherUrl = first.url !== next.url && next.url !== undefined;
  const otherTitle = first.title !== next.title;
  const otherDate = dateText(first.raw) !== dateText(next.raw);
  // Another date alone is a correction, another text alone an edit; both together are another entry. Without dates the
  // title decides.
  const isOther = otherDate
    ? otherTitle || wholeText(first.raw) !== wholeText(next.raw)
    : otherTitle && dateText(first.raw) === '';
  switch (identity.rung) {
    case 'guid':
      if (otherUrl && (!next.hasStrictIds || otherTitle)) return { key: `${identity.key}\n${next.url}`, rung: 'guid' };
      // One guid and link for a whole change log: title and date still differ.
      return !next.hasStrictIds && isOther ? byWords(identity, next) : undefined;
    case 'permalink':
      return otherTitle || isOther ? byWords(identity, next) : undefined;
    case 'digest':
      if (wholeText(first.raw) !== wholeText(next.raw)) return byWords(identity, next, wholeText(next.raw));
      return files(first.raw) === files(next.raw) ? undefined : byWords(identity, next, files(next.raw));
  }
}

function byWords(identity: Identity, { raw, title }: EntryFacts, words = `${title}\n${dateText(raw)}`): Identity {
  return { key: `${identity.key}\n${digest(words)}`, rung: identity.rung };
}
