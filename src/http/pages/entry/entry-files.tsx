/**
 * The files of an entry: recordings with controls, pictures, and links to whatever else there is.
 */

import { html, type Markup } from '../../../page/html.ts';
import type { EntryFile } from './entry-facts.ts';

/** A list of the files that the entry's text does not show already; nothing when there are none. */
export function renderFiles(files: readonly EntryFile[], content: string): Markup {
  const missing = files.filter(({ url }) => !content.includes(url) && !content.includes(url.replaceAll('&', '&amp;')));
  if (missing.length === 0) return html``;
  return html`<ul class="files">${missing.map((file) => html`<li>${renderPlayer(file)}${renderLink(file)}</li>`)}</ul>`;
}

function renderPlayer({ url, mime_type: type, title }: EntryFile): Markup {
  const name = title ?? fileName(url);
  if (type.startsWith('audio/')) return html`<audio controls preload="none" src="${url}" aria-label="${name}"></audio>`;
  if (type.startsWith('video/')) return html`<video controls preload="none" src="${url}" aria-label="${name}"></video>`;
  if (!type.startsWith('image/')) return html``;
  return html`<figure class="lead-image"><img src="${url}" alt="${title ?? ''}" loading="lazy" decoding="async" referrerpolicy="no-referrer"></figure>`;
}

function renderLink({
  url,
  title,
  mime_type: type,
  size_in_bytes: bytes,
  duration_in_seconds: seconds,
}: EntryFile): Markup {
  const details = [
    ...(seconds === undefined || seconds <= 0 ? [] : [renderDuration(seconds)]),
    ...(bytes === undefined || bytes <= 0 ? [] : [renderSize(bytes)]),
    ...(type === '' || type === 'application/octet-stream' ? [] : [type]),
  ];
  return html`<a href="${url}" rel="external enclosure" dir="auto">${title ?? fileName(url)}</a>${details.length > 0 && ` (${details.join(', ')})`}`;
}

/** The last part of the path, as people would call the file; the host when there is none. */
function fileName(address: string): string {
  const { pathname, hostname } = new URL(address);
  const last = pathname.split('/').at(-1) ?? '';
  if (last === '') return hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** `1:02:03`, or `2:03` under an hour. */
function renderDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function renderSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} kB` : `${bytes} bytes`;
}
