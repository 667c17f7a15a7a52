/**
 * Reads authors: separates name and address in one string, and joins mentions of one person.
 */
import type { Author } from '../../../domain/entry.ts';
import { isBlank, undoDoubleUtf8 } from '../charset/characters.ts';
import { toLine } from '../html-text.ts';
import { phraseToText } from '../phrase-markup.ts';
import type { RawPerson } from '../raw-feed.ts';
import { maxValues } from '../reading-limits.ts';
import { resolveUrl } from '../resolve-url.ts';
import { entryAuthorGroups, feedAuthorGroups } from './field-ladders.ts';
import { gather, type Ladder } from './ladder.ts';

interface Person {
  readonly name?: string;
  readonly email?: string;
}

const mailbox = String.raw`(?:mailto:)?([^\s<>()@"]{1,128}@[^\s<>()@"]{1,250})`;
const mailAndName = new RegExp(String.raw`^${mailbox} ?\((.*)\)$`, 'i');
const nameAndMail = new RegExp(String.raw`^(.*?) ?[<(] ?${mailbox} ?[>)]$`, 'i');
const mailAlone = new RegExp(`^${mailbox}$`, 'i');

/** Takes apart `me@example.org (Me)`, `Me <me@example.org>`, `Me (me@example.org)`, `me@example.org`, `Me`. */
function parsePerson(text: string): Person {
  const byMail = mailAndName.exec(text);
  if (byMail !== null) return of(byMail[2], byMail[1]);
  const byName = nameAndMail.exec(text);
  if (byName !== null) return of(byName[1], byName[2]);
  const alone = mailAlone.exec(text);
  return alone === null ? of(text, undefined) : of(undefined, alone[1]);
}

function of(name: string | undefined, email: string | undefined): Person {
  const bare =
    name
      ?.trim()
      .replace(/^"(.*)"$/, '$1')
      .trim() ?? '';
  // Platforms fill the address that RSS demands with one that is never read.
  const real = email !== undefined && !/^no-?reply@/i.test(email);
  return { ...(bare === '' ? {} : { name: bare }), ...(real ? { email } : {}) };
}

function plain(text: string): string {
  const shown = toLine(phraseToText(text.slice(0, 4_096)), 300);
  return isBlank(shown) ? '' : undoDoubleUtf8(shown);
}

function toAuthor(raw: RawPerson, base: string): Author | undefined {
  const given = raw.text === undefined ? undefined : parsePerson(plain(raw.text));
  // <name> often holds an address too, and <email> a name: both are taken apart the same way.
  const named = raw.name === undefined ? given : parsePerson(plain(raw.name));
  const mailed = raw.email === undefined ? undefined : parsePerson(plain(raw.email));
  const email = mailed?.email ?? named?.email;
  const name = named?.name ?? mailed?.name ?? email ?? (raw.url === undefined ? undefined : bareAddress(raw.url));
  const url = raw.url === undefined ? undefined : resolveUrl(raw.url, raw.base ?? base);
  if (name === undefined || name === '') return undefined;
  return { name, ...(email === undefined ? {} : { email }), ...(url === undefined ? {} : { url }) };
}

/** The name in an address, for an author without another name. */
function bareAddress(url: string): string | undefined {
  return /^https?:\/\/(?:www\.)?([^?#]{3,200}?)\/?(?:[?#].*)?$/i.exec(url.trim())?.[1];
}

/** Whether two mentions are one person: the same address, or the same name and no different address. */
function isSame(a: Author, b: Author): boolean {
  if (a.email !== undefined && b.email !== undefined) return a.email.toLowerCase() === b.email.toLowerCase();
  return a.name.toLowerCase() === b.name.toLowerCase();
}

function merge(a: Author, b: Author): Author {
  return { ...b, ...a, name: a.name === a.email ? b.name : a.name };
}

function fromGroups(groups: readonly Ladder[], people: readonly RawPerson[], base: string): Author[] {
  for (const rungs of groups) {
    const authors: Author[] = [];
    for (const raw of gather(rungs, people)) {
      const author = toAuthor(raw, base);
      if (author === undefined || authors.length >= maxValues) continue;
      const known = authors.findIndex((other) => isSame(other, author) || isOneOfEach(other, author, authors));
      const other = authors[known];
      if (other === undefined) authors.push(author);
      else authors[known] = merge(other, author);
    }
    if (authors.length > 0) return authors;
  }
  return [];
}

/** RSS `author` has to be an address and dc:creator carries the name: one of each is one person. */
function isOneOfEach(known: Author, next: Author, authors: readonly Author[]): boolean {
  return authors.length === 1 && known.name === known.email && next.email === undefined;
}

/** Authors of an entry, each once. */
export function toEntryAuthors(people: readonly RawPerson[], base: string): Author[] {
  return people.length === 0 ? [] : fromGroups(entryAuthorGroups, people, base);
}

/** Authors of a feed, each once; the managing editor counts when no other is named. */
export function toFeedAuthors(people: readonly RawPerson[], base: string): Author[] {
  return fromGroups(feedAuthorGroups, people, base);
}

/**
 * The authors of entries without one, as the feed names them. An editor is not an author of everything. RFC 4287 section
 * 4.2.1
 */
export function toInheritedAuthors(people: readonly RawPerson[], base: string): Author[] {
  return fromGroups(entryAuthorGroups, people, base);
}
