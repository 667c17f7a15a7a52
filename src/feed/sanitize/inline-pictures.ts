/**
 * Puts the pictures inside a mail into its sanitized content, as data and up to a bound.
 *
 * The sanitizer removes every `data:` address, so an address of no host stands for each picture until it is done. Only
 * raster pictures are put in, recognised by their first bytes and not by the type that the mail declares.
 */
import { maxContentBytes, restoreSafeHtml, type SafeHtml } from '../../domain/html.ts';
import { bytesOf } from './bound-content.ts';

/** One picture, and all pictures of an entry. Bytes before they are written as Base64. */
const inlineBounds = { one: 150_000, all: 300_000 } as const;

/** The first bytes of pictures, as characters. */
const signatures: readonly (readonly [type: string, start: string])[] = [
  ['image/png', '\x89PNG\r\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF'],
];

/** The content with its pictures in place of those addresses; a picture that is too large is left out. */
export function embedPictures(html: SafeHtml, pictures: ReadonlyMap<string, { readonly bytes: Uint8Array }>): SafeHtml {
  if (pictures.size === 0) return html;
  let room = Math.min(inlineBounds.all, ((maxContentBytes - bytesOf(html)) * 3) / 4);
  const embedded = html.replaceAll(/<img src="([^"]*)"[^>]*>/g, (tag, address: string) => {
    const picture = pictures.get(address);
    if (picture === undefined) return tag;
    const { bytes } = picture;
    const type = typeOf(bytes);
    if (type === undefined || bytes.byteLength > inlineBounds.one || bytes.byteLength > room) return '';
    room -= bytes.byteLength;
    return tag.replace(`src="${address}"`, `src="data:${type};base64,${toBase64(bytes)}"`);
  });
  return restoreSafeHtml(embedded);
}

function typeOf(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return signatures.find(([, signature]) => start.startsWith(signature))?.[0];
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.byteLength; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
