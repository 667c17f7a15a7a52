/**
 * Reads media types of enclosures, for formats that insist on one (RSS `type`, JSON Feed `mime_type`).
 */
import type { Enclosure } from './entry.ts';

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/;

const typesByExtension: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  avif: 'image/avif',
  epub: 'application/epub+zip',
  flac: 'audio/flac',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  m4a: 'audio/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/opus',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  torrent: 'application/x-bittorrent',
  txt: 'text/plain',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  webp: 'image/webp',
  zip: 'application/zip',
};

/** Whether `text` is a media type by RFC 6838's grammar, parameters allowed. */
export function isMediaType(text: string | undefined): text is string {
  return text !== undefined && text.length < 256 && mediaType.test(text);
}

/** The declared type, else the one its file name suggests, else `application/octet-stream` (RFC 2046 section 4.5.1). */
export function mediaTypeOf(enclosure: Enclosure): string {
  if (isMediaType(enclosure.type)) return enclosure.type;
  const path = new URL(enclosure.url).pathname;
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return (Object.hasOwn(typesByExtension, extension) && typesByExtension[extension]) || 'application/octet-stream';
}
