/**
 * Decides whether two entries of different sources are one article.
 *
 * They are when they have the same link, or the same guid that is unique in the world. Entries with different files are
 * not: an episode and the page about it are two. Nor is a note that links to the article of somebody else, which has
 * another title and another text.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { mediaTypeOf } from '../../../domain/media-type.ts';
import { foldText } from '../../../query/language/fold.ts';
import { type EntryNames, guidKey, linkKey } from './entry-keys.ts';

/** What is compared of an entry. */
export interface ComparedWords extends Pick<Entry<SafeHtml>, 'title' | 'enclosures'> {
  readonly text: () => string;
}

/** What two entries of one article share. */
export type SharedName = 'link' | 'guid';

/** Whether two entries have one link, which is not the home page of a site. */
export function hasSameLink(a: Pick<EntryNames, 'url'>, b: Pick<EntryNames, 'url'>): boolean {
  const link = linkKey(a.url);
  return link !== undefined && link === linkKey(b.url);
}

/** What two entries share; their words are not looked at. */
export function sharedName(a: EntryNames, b: EntryNames): SharedName | undefined {
  if (hasSameLink(a, b)) return 'link';
  const guid = guidKey(a.guid);
  return guid !== undefined && guid === guidKey(b.guid) ? 'guid' : undefined;
}

/** Whether a guid says that two entries are one by itself: it is the same, and not only the link of both again. */
export function isSameByGuid(a: EntryNames, b: EntryNames): boolean {
  const guid = guidKey(a.guid);
  return guid !== undefined && guid === guidKey(b.guid) && (guid !== linkKey(a.url) || guid !== linkKey(b.url));
}

/** Whether the words of two entries that share a name are those of one article. */
export function hasSameWords(a: ComparedWords, b: ComparedWords, isByGuid: boolean): boolean {
  if (filesOf(a) !== filesOf(b)) return false;
  return isByGuid || fold(a.title) === fold(b.title) || isSameText(fold(a.text()), fold(b.text()));
}

/** Files that are no pictures: these illustrate an article, and feeds of one publisher choose them differently. */
function filesOf({ enclosures }: ComparedWords): string {
  const files = enclosures.filter((file) => !mediaTypeOf(file).startsWith('image/')).map(({ url }) => addressKey(url));
  return [...new Set(files)].sort().join(' ');
}

/** Whether one text is the other or its beginning, as a summary is. An entry without text says nothing else. */
function isSameText(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // A summary that was cut ends with a mark.
  return long.startsWith(short.replace(/\s*(?:\.{3}|…|\[(?:\.{3}|…)\])$/, ''));
}

function fold(text: string): string {
  return foldText(text).replace(/\s+/g, ' ').trim();
}
