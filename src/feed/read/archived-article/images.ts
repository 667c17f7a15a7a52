/**
 * Gives the pictures, videos and sounds of an archived body their own addresses, and removes layout pictures.
 *
 * The sanitizer decides whether a picture is shown at all (src/domain/trackers.ts): a tracking pixel is neither shown nor
 * an entry's image. Pictures of emoji become the character.
 */
import type { Defect } from '../../../domain/document.ts';
import type { Enclosure } from '../../../domain/entry.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { mediaTypeOf } from '../../../domain/media-type.ts';
import { isInvisible, isKnownTracker } from '../../../domain/trackers.ts';
import type { HtmlElement } from '../page/dom.ts';
import { captionAfter, isButton, widestWrapper } from './captions.ts';
import { unwrapImageUrl } from './proxy.ts';
import { elementsNamed } from './text.ts';

const images = new Set(['img']);
const players = new Set(['video', 'audio']);
const sources = new Set(['source']);

/** The media of a body. */
export interface ArchivedMedia {
  /** The first picture, else the poster of the first video that has one. */
  readonly image?: HttpUrl;
  readonly enclosures: readonly Enclosure[];
}

/** Unwraps every address of a picture, video or sound. */
export function readMedia(body: HtmlElement, base: HttpUrl, defects: Defect[]): ArchivedMedia {
  const found = elementsNamed(body, images).flatMap((image) => unwrapImage(image, body, base, defects) ?? []);
  const posters: HttpUrl[] = [];
  const enclosures = new Map<HttpUrl, Enclosure>();
  for (const player of elementsNamed(body, players)) {
    const poster = unwrapImageUrl(player.getAttribute('poster') ?? '', base);
    if (player.getAttribute('poster') !== null) {
      if (poster === undefined) player.removeAttribute('poster');
      else {
        player.setAttribute('poster', poster);
        posters.push(poster);
      }
    }
    for (const source of [player, ...elementsNamed(player, sources)]) {
      const enclosure = toEnclosure(source, player.localName, base);
      if (enclosure !== undefined && !enclosures.has(enclosure.url)) enclosures.set(enclosure.url, enclosure);
    }
  }
  const image = found[0] ?? posters[0];
  return { ...(image === undefined ? {} : { image }), enclosures: [...enclosures.values()] };
}

/** Gives a picture its own address; returns it when the picture may stand for the entry. */
function unwrapImage(image: HtmlElement, body: HtmlElement, base: HttpUrl, defects: Defect[]): HttpUrl | undefined {
  const declared = image.getAttribute('src') ?? '';
  const isPlaceholder = declared === '' || declared.startsWith('data:');
  const address = isPlaceholder ? (image.getAttribute('data-src') ?? firstCandidate(image)) : declared;
  const url = address === null ? undefined : unwrapImageUrl(address, base);
  if (url === undefined) {
    defects.push({ kind: 'image-without-address', detail: `An image was left out: ${declared.slice(0, 100)}` });
    removeWithCaption(image, body);
    return undefined;
  }
  const emoji = emojiOf(image, url);
  if (emoji !== undefined) {
    image.replaceWith(emoji);
    return undefined;
  }
  const attributes = Object.fromEntries(
    image.getAttributeNames().map((name) => [name, image.getAttribute(name) ?? '']),
  );
  if (isInvisible(attributes) || isKnownTracker(url) || decoration.test(url)) {
    image.remove();
    return undefined;
  }
  image.setAttribute('src', url);
  image.removeAttribute('data-src');
  // Candidates of a proxied image lead through the proxy too; the original is the largest of them.
  if (url !== address) image.removeAttribute('srcset');
  for (const size of ['width', 'height']) {
    if (!/^\d+$/.test(image.getAttribute(size) ?? '0')) image.removeAttribute(size);
  }
  return isButton(url) ? undefined : url;
}

/** The first address of a `srcset`. */
function firstCandidate(image: HtmlElement): string | null {
  return /^[\s,]*(\S{1,2000})/.exec(image.getAttribute('srcset') ?? '')?.[1]?.replace(/,+$/, '') ?? null;
}

/** Lines and gaps that pages were laid out with: `624_transparent.png`, `grey_line.png`, `spacer.gif`. */
const decoration = /(?:^|[-_./])(?:transparent|spacer|gr[ae]y_line)(?:[-_.][\w-]{0,10})?\.(?:png|gif)$/i;

/** A picture that is removed takes its caption along. */
function removeWithCaption(image: HtmlElement, body: HtmlElement): void {
  const unit = widestWrapper(image, body);
  captionAfter(unit)?.outer.remove();
  unit.remove();
}

const emojiPath = /\/images\/core\/emoji\/.*?\/((?:[\da-f]{2,6}-?)+)\.(?:png|svg)$/i;

/** The character that WordPress drew as a picture. */
function emojiOf(image: HtmlElement, url: HttpUrl): string | undefined {
  const { hostname, pathname } = new URL(url);
  if (hostname !== 's.w.org' || !pathname.startsWith('/images/core/emoji/')) return undefined;
  const alternative = image.getAttribute('alt') ?? '';
  if (alternative !== '' && alternative.length <= 20 && !/[a-z]/i.test(alternative)) return alternative;
  const points = emojiPath.exec(pathname)?.[1]?.split('-') ?? [];
  const numbers = points.map((point) => Number.parseInt(point, 16)).filter((point) => point <= 0x10ffff);
  return numbers.length === 0 ? alternative : String.fromCodePoint(...numbers);
}

function toEnclosure(source: HtmlElement, kind: string, base: HttpUrl): Enclosure | undefined {
  const address = source.getAttribute('src') ?? '';
  const url = address === '' ? undefined : unwrapImageUrl(address, base);
  if (url === undefined) return undefined;
  source.setAttribute('src', url);
  const declared = source.getAttribute('type')?.split(';', 1)[0]?.trim().toLowerCase();
  const type = mediaTypeOf({ url, ...(declared === undefined ? {} : { type: declared }) });
  // A stream without a file name is at least known to be a video or a sound.
  if (type === 'application/octet-stream') return { url, type: kind === 'video' ? 'video/mp4' : 'audio/mpeg' };
  return { url, type };
}
