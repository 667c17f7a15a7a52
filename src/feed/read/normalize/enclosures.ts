/**
 * Collects files that belong to an entry, from enclosures, Atom links, Media RSS and attachments, each URL once.
 */
import type { Enclosure } from '../../../domain/entry.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { isPortrait } from '../../../domain/picture.ts';
import { toLine } from '../html-text.ts';
import type { RawMedia, RawNode } from '../raw-feed.ts';
import { maxValues } from '../reading-limits.ts';
import { resolveUrl, withoutEscapes } from '../resolve-url.ts';
import { climb, ladder } from './ladder.ts';

const durationRungs = ladder('itunes:duration');

const mediaType = /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/;

function toMediaType(text: string | undefined): string | undefined {
  const type = text?.split(';', 1)[0]?.trim().toLowerCase();
  return type !== undefined && mediaType.test(type) ? type : undefined;
}

/** Publishers write 0 when they do not know. */
function toLength(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*[\d,. ]{1,20}\s*$/.test(text)) return undefined;
  const bytes = Number(text.replace(/[,. ]/g, ''));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

/** `3725`, `62:05` and `1:02:05` are the same hour. */
function toSeconds(text: string | undefined): number | undefined {
  const parts = text?.trim().split(':') ?? [];
  if (parts.length === 0 || parts.length > 3 || !parts.every((part) => /^\d{1,7}(?:\.\d{1,6})?$/.test(part)))
    return undefined;
  const seconds = Math.round(parts.reduce((sum, part) => sum * 60 + Number(part), 0));
  return seconds > 0 ? seconds : undefined;
}

/** A width or a height; `600px` and `600.0` are 600. */
export function toPixels(text: string | undefined): number | undefined {
  const digits = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits) || undefined;
}

/** The size of a picture or a video. */
function sizeOf({ width, height }: RawMedia): Pick<Enclosure, 'width' | 'height'> {
  if (width === undefined && height === undefined) return {};
  const [wide, high] = [toPixels(width), toPixels(height)];
  return { ...(wide === undefined ? {} : { width: wide }), ...(high === undefined ? {} : { height: high }) };
}

function toEnclosure(media: RawMedia, url: HttpUrl): Enclosure {
  const type = toMediaType(media.type);
  const lengthBytes = toLength(media.length);
  const durationSeconds = toSeconds(media.duration);
  const title = media.title === undefined ? '' : toLine(media.title, 500);
  return {
    url,
    ...(type === undefined ? {} : { type }),
    ...(lengthBytes === undefined ? {} : { lengthBytes }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(title === '' ? {} : { title }),
    ...sizeOf(media),
  };
}

/** The files that links point at; out-of-line content (RFC 4287 section 4.1.3.2) is one when it is no page. */
export function linkedFiles(node: RawNode): RawMedia[] {
  return node.links
    .filter(
      ({ rel, type }) => rel === 'enclosure' || (rel === 'content' && type !== undefined && !type.includes('html')),
    )
    .map(({ href, ...link }) => ({ ...link, url: href }));
}

/** Flash files are dropped: nothing plays them, and they are players of videos that have pages. */
function isFlash({ url, type }: RawMedia): boolean {
  return /shockwave|x-flash/i.test(type ?? '') || /\.swf(?:$|[?#])/i.test(url);
}

function isMedia({ from }: RawMedia): boolean {
  return from === 'media:content';
}

/** The files of an entry: enclosures before media, in document order; a second mention only adds missing facts. */
export function toEnclosures(node: RawNode, base: string): Enclosure[] {
  const own = node.media.filter((media) => !isPortrait(media.url) && !isFlash(media));
  const files = [...own.filter((media) => !isMedia(media)), ...linkedFiles(node), ...own.filter(isMedia)];
  if (files.length === 0) return [];
  const enclosures = new Map<HttpUrl, Enclosure>();
  for (const media of files) {
    const resolved = resolveUrl(media.url, media.base ?? base);
    if (resolved === undefined || enclosures.size >= maxValues) continue;
    const url = withoutEscapes(resolved);
    enclosures.set(url, { ...toEnclosure(media, url), ...enclosures.get(url) });
  }
  const list = [...enclosures.values()];
  const [only] = list;
  const seconds = climb(durationRungs, node.values, ({ text }) => toSeconds(text));
  if (list.length === 1 && only !== undefined && seconds !== undefined && only.durationSeconds === undefined) {
    return [{ ...only, durationSeconds: seconds }];
  }
  return list;
}
