/**
 * Defines the icons of sources: which addresses may have one, and which bytes are taken for a picture.
 */
import type { Channel } from './channel.ts';
import { type HttpUrl, parseHttpUrl } from './http-url.ts';

/** A picture as its site sent it. */
export interface SourceIcon {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The state of a source's icon. */
export interface IconAnswer {
  readonly icon?: SourceIcon;
  /** None is held, and an answer may come in some minutes. */
  readonly isAwaited?: true;
  /** The caller should request it now. */
  readonly wanted?: HttpUrl;
}

/** An icon that is larger is not kept; usual ones have 1 to 20 KB. */
export const maxIconBytes = 64 * 1024;

/** The addresses that are asked, one after the other until one has a picture: what the feed names counts first. */
export function iconAddresses(channel: Channel, siteUrl: HttpUrl): readonly HttpUrl[] {
  const addresses = [channel.icon, channel.image, parseHttpUrl('/favicon.ico', siteUrl)];
  return [...new Set(addresses)].filter((url) => url !== undefined);
}

/**
 * The media type of a picture by its first bytes; `undefined` for anything else. SVG is a document that can hold scripts, so
 * it is none.
 */
export function pictureType(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(start)) return 'image/gif';
  if (/^RIFF[^]{4}WEBP/.test(start)) return 'image/webp';
  return start.startsWith('\0\0\x01\0') ? 'image/x-icon' : undefined;
}
