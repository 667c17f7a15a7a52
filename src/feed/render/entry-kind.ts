/**
 * Decides the kind of an entry by its content, because pages show a note, a picture, a recording and a long article
 * differently.
 */
import type { Entry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';

/** A note has no title; a picture has hardly any words. */
export type EntryKind = 'article' | 'note' | 'picture' | 'video' | 'audio';

/** The fields that decide the kind. */
export type KindFacts = Pick<Entry<SafeHtml>, 'title' | 'image' | 'content' | 'enclosures'>;

/** With more words than this, a picture belongs to an article, and a player to its text. Characters without spaces. */
const maxCaption = 160;

/** The kind of an entry. */
export function toEntryKind(entry: KindFacts): EntryKind {
  const { content = '', enclosures } = entry;
  if (enclosures.some(({ type }) => type?.startsWith('audio/'))) return 'audio';
  const isShort = content.length < 4000 && plainLength(content) <= maxCaption;
  // The sanitizer keeps only frames of video players.
  if (enclosures.some(({ type }) => type?.startsWith('video/')) || (isShort && content.includes('<iframe'))) {
    return 'video';
  }
  // A picture that only the feed names illustrates a summary.
  if (isShort && entry.image !== undefined && content.includes('<img')) return 'picture';
  return entry.title.trim() === '' ? 'note' : 'article';
}

/** Length of the longest recording, in seconds. */
export function toDuration({ enclosures }: Pick<KindFacts, 'enclosures'>): number | undefined {
  const known = enclosures.flatMap(({ durationSeconds: seconds }) =>
    seconds === undefined || seconds <= 0 ? [] : [seconds],
  );
  return known.length === 0 ? undefined : Math.max(...known);
}

/** `1:02:03`, or `2:03` under an hour. */
export function renderDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Words of alphabetic scripts that people read in a minute, and characters of Chinese and Japanese. */
const wordsPerMinute = 230;
const ideographsPerMinute = 400;

/** How long it takes to read HTML, in minutes, at least one. */
export function toReadingMinutes(html: string): number {
  const text = html.replace(/<[^>]*>/g, ' ');
  const ideographs = text.match(/[\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0;
  const words = text.match(/[^\s\u3040-\u30ff\u3400-\u9fff]+/g)?.length ?? 0;
  return Math.max(1, Math.round(words / wordsPerMinute + ideographs / ideographsPerMinute));
}

/** Width and height that the entry's own text gives its picture. */
export function toPictureSize({
  image,
  content = '',
}: {
  readonly image?: string | undefined;
  readonly content?: string | undefined;
}): { readonly width: number; readonly height: number } | undefined {
  if (image === undefined) return undefined;
  const tag = content.match(/<img\b[^>]*>/g)?.find((each) => each.includes(image.replaceAll('&', '&amp;')));
  const width = Number(/\bwidth="(\d{1,5})"/.exec(tag ?? '')?.[1] ?? 0);
  const height = Number(/\bheight="(\d{1,5})"/.exec(tag ?? '')?.[1] ?? 0);
  return width > 0 && height > 0 ? { width, height } : undefined;
}

function plainLength(html: string): number {
  return html.replace(/<[^>]*>|\s+/g, '').length;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
