/**
 * Collects the pictures of an entry: elements made for it, thumbnails, files that are pictures.
 */
import type { HttpUrl } from '../../../domain/http-url.ts';
import { bestPicture, type PictureCandidate, widthOf } from '../../../domain/picture.ts';
import type { RawEntry, RawMedia } from '../raw-feed.ts';
import { resolveUrl, withoutEscapes } from '../resolve-url.ts';
import { linkedFiles, toPixels } from './enclosures.ts';
import { imageRungs } from './field-ladders.ts';
import { gather } from './ladder.ts';

/** The picture of the entry, or one for when its content shows none. */
export interface EntryPicture {
  readonly image?: HttpUrl;
  readonly thumbnail?: HttpUrl;
}

/** A picture of the content is better than one smaller than this. Pixels. */
const small = 300;

/** Elements whose only use is to name the entry's picture: without a size they count as large. */
const chosen: ReadonlySet<string> = new Set([
  'image',
  'banner_image',
  'itunes:image',
  'itunes:link',
  'googleplay:image',
]);
const chosenWidth = 1_000;

/** Types that say no more than that there are bytes. */
const unsaid = /^\s*(?:application|binary)\/octet-stream/i;

const pictureName = /\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])/i;

/** The best picture, as image or, when it is small, as thumbnail. */
export function choosePicture(raw: RawEntry, base: string): EntryPicture {
  const candidates: PictureCandidate[] = [];
  const add = (address: string, near: string | undefined, width?: number, height?: number): void => {
    const url = resolveUrl(address, near ?? base);
    if (url !== undefined) candidates.push({ url: withoutEscapes(url), width, height });
  };
  for (const { from, text, base: near, width, height } of gather(imageRungs, raw.values)) {
    add(text, near, toPixels(width) ?? (chosen.has(from) ? chosenWidth : undefined), toPixels(height));
  }
  for (const media of [...raw.media, ...linkedFiles(raw)]) {
    if (isPicture(media)) add(media.url, media.base, toPixels(media.width), toPixels(media.height));
  }
  const best = bestPicture(candidates);
  if (best === undefined) return {};
  return (widthOf(best) ?? small) < small ? { thumbnail: best.url } : { image: best.url };
}

/** A picture by its type or its medium; without both, by the name of its file, or by a size without a duration. */
function isPicture({ url, type, medium, width, duration }: RawMedia): boolean {
  if (medium !== undefined) return medium === 'image';
  if (type !== undefined && !unsaid.test(type)) return /^image\//i.test(type.trim());
  if (pictureName.test(url)) return true;
  return (
    width !== undefined && duration === undefined && !/\.\w{2,5}(?:$|[?#])/.test(url.replace(/^\w+:\/\/[^/]+/, ''))
  );
}
