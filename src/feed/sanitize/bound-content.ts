/**
 * Cuts safe HTML that is too long for a row of the Archive, at the end of a block, and adds a link to the original.
 *
 * It runs after sanitizing, so that markup which is removed anyhow does not count.
 */
import { restoreSafeHtml, type SafeHtml } from '../../domain/html.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import { linkRelation, voidElements } from './policy.ts';

const tag = /<(\/?)([a-z][a-z0-9]*)[^>]*>/g;

/** Blocks: a cut after one of these divides nothing. */
const blocks: ReadonlySet<string> = new Set(
  'address article aside blockquote dd details div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul'.split(
    ' ',
  ),
);

/** The HTML when its UTF-8 is at most `limitBytes`, else as much of it as fits, well-formed, with a link to `page`. */
export function boundContent(html: SafeHtml, limitBytes: number, page: HttpUrl | undefined): SafeHtml {
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (html.length * 3 <= limitBytes || bytesOf(html) <= limitBytes) return html;
  const room = unitsWithin(html, limitBytes);
  const open: string[] = [];
  let cut = { at: 0, open: '' };
  tag.lastIndex = 0;
  for (let found = tag.exec(html); found !== null && tag.lastIndex <= room; found = tag.exec(html)) {
    const [, slash, name = ''] = found;
    if (slash === '/') open.pop();
    else if (!voidElements.has(name)) open.push(name);
    if ((slash === '/' || name === 'hr') && blocks.has(name)) cut = { at: tag.lastIndex, open: endTags(open) };
  }
  // A block as long as the limit is cut between its tags or words.
  if (cut.at < room / 2) cut = cutInside(html, room);
  const link =
    page === undefined
      ? ''
      : `<p><a href="${page.replaceAll('&', '&amp;')}" rel="${linkRelation}">… ${hostOf(page)}</a></p>`;
  return restoreSafeHtml(`${html.slice(0, cut.at)}${cut.open}${link}`);
}

function hostOf(page: HttpUrl): string {
  return /^https?:\/\/([\w.:-]+)/.exec(page)?.[1] ?? '';
}

function cutInside(html: string, room: number): { at: number; open: string } {
  const start = html.lastIndexOf('<', room);
  const end = html.indexOf('>', start);
  // Not inside a tag, a reference or a pair of surrogates.
  let at = start !== -1 && end >= room ? start : room;
  const reference = html.lastIndexOf('&', at);
  if (reference !== -1 && at - reference < 8 && html.indexOf(';', reference) >= at) at = reference;
  const space = html.lastIndexOf(' ', at);
  if (space > at - 200 && space > start && (start === -1 || end < space)) at = space;
  if (/[\ud800-\udbff]/.test(html.charAt(at - 1))) at -= 1;
  const open: string[] = [];
  tag.lastIndex = 0;
  for (const [, slash, name = ''] of html.slice(0, at).matchAll(tag)) {
    if (slash === '/') open.pop();
    else if (!voidElements.has(name)) open.push(name);
  }
  return { at, open: endTags(open) };
}

function endTags(open: readonly string[]): string {
  return open
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');
}

/** How many units of a text fit into so many bytes of UTF-8. */
function unitsWithin(text: string, limitBytes: number): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    bytes += bytesAt(text, at);
    if (bytes > limitBytes) return at;
  }
  return text.length;
}

/** Bytes of a text in UTF-8, without making them. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) bytes += bytesAt(text, at);
  return bytes;
}

function bytesAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  // Each half of a pair of surrogates is two of the four bytes.
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}
