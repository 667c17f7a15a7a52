/**
 * Decides whether two entries of different sources are one article.
 *
 * They are when they have the same link, or the same guid and the guid is unique in the world. Entries with different
 * files are not: a podcast episode and the page about it are two. A note that links to somebody else's article is not
 * that article: its title and text are others.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { mediaTypeOf } from '../../../domain/media-type.ts';
import { foldText } from '../../../query/language/fold.ts';
import { type EntryNames, guidKey, linkKey } from './entry-keys.ts';

/** The compared parts of an entry. */
export interface ComparedWords extends Pick<Entry<SafeHtml>, 'title' | 'enclosures'> {
  readonly text: () => string;
}

/** What two entries of one article have in common. */
export type SharedName = 'link' | 'guid';

/** Whether two entries have one link, and it is not the home page of a site. */
export function hasSameLink(a: Pick<EntryNames, 'url'>, b: Pick<EntryNames, 'url'>): boolean {
  const link = linkKey(a.url);
  return link !== undefined && link === linkKey(b.url);
}

/** What two entries have in common, before their text is compared. */
export function sharedName(a: EntryNames, b: EntryNames): SharedName | undefined {
  if (hasSameLink(a, b)) return 'link';
  const guid = guidKey(a.guid);
  return guid !== undefined && guid === guidKey(b.guid) ? 'guid' : undefined;
}

/** Whether the guid alone makes two entries one: both have it, and it is not just their common link. */
export function isSameByGuid(a: EntryNames, b: EntryNames): boolean {
  const guid = guidKey(a.guid);
  return guid !== undefined && guid === guidKey(b.guid) && (guid !== linkKey(a.url) || guid !== linkKey(b.url));
}

/** Whether the texts of two entries with a common link or guid are those of one article. */
export function hasSameWords(a: ComparedWords, b: ComparedWords, isByGuid: boolean): boolean {
  if (filesOf(a) !== filesOf(b)) return false;
  return isByGuid || fold(a.title) === fold(b.title) || isSameText(fold(a.text()), fold(b.text()));
}

/**
 * The files of an entry without pictures: these illustrate an article, and feeds of one publisher choose them
 * differently.
 */
function filesOf({ enclosures }: ComparedWords): string {
  const files = enclosures.filter((file) => !mediaTypeOf(file).startsWith('image/')).map(({ url }) => addressKey(url));
  return [...new Set(files)].sort().join(' ');
}

/** Whether one text equals the other or its beginning, as a summary does. An entry without text fits every text. */
function isSameText(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // A summary that was cut ends with a mark.
  return long.startsWith(short.replace(/\s*(?:\.{3}|…|\[(?:\.{3}|…)\])$/, ''));
}

function fold(text: string): string {
  return foldText(text).replace(/\s+/g, ' ').trim();
}
