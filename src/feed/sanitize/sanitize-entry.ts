/**
 * Makes an entry safe to record and show, and completes it from its content.
 *
 * It adds a missing summary, language or image. It overrules nothing that the publisher gave.
 */

import type { Defect } from '../../domain/document.ts';
import type { Entry, ReadEntry } from '../../domain/entry.ts';
import type { Feed, ReadFeed } from '../../domain/feed.ts';
import { maxContentBytes, type SafeHtml, type UntrustedHtml } from '../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { canStandForEntry } from '../../domain/picture.ts';
import { boundContent, bytesOf } from './bound-content.ts';
import { detectLanguage } from './detect-language.ts';
import { decodeSafeText, tellingText, toPlainText, toSummary } from './plain-text.ts';
import { sanitizeHtml } from './sanitize-html.ts';

/** How much content is looked at for summary and language. Unit: UTF-16 units of HTML. */
const examined = 20_000;

/** What escaping and closing tags may make of a short text beyond three times its length. Bytes. */
const roomOfShort = 10_000;

/** What short entries of one document may take beyond three times its length, all together. Bytes. */
const roomOfShortEntries = 100_000;

/** How much content the entries of one document may still have. Bytes of UTF-8. */
export interface ContentRoom {
  left: number;
}

/** The room of a document: three times what came in. */
export function roomOfDocument(documentBytes: number): ContentRoom {
  return { left: 3 * documentBytes + roomOfShortEntries };
}

/** How long the content may be: the limits of a row, three times the input, and the rest of the document's room. */
function roomFor(given: UntrustedHtml | undefined, content: SafeHtml, room: ContentRoom): number {
  const markup = given?.markup ?? '';
  const isOrdinary = content.length <= 3 * markup.length + roomOfShort;
  const own = isOrdinary ? maxContentBytes : Math.min(maxContentBytes, 3 * bytesOf(markup) + roomOfShort);
  return Math.max(0, Math.min(own, room.left));
}

/** Sanitizes an entry's HTML and completes summary, language and image from its content where they are missing. */
export function sanitizeEntry(
  entry: ReadEntry,
  report?: (defect: Defect) => void,
  room: ContentRoom = { left: Number.POSITIVE_INFINITY },
): Entry<SafeHtml> {
  const { titleHtml: givenTitle, content: givenContent, otherwise, thumbnail, ...rest } = entry;
  const whole = sanitizeContent(givenContent, otherwise);
  const limit = whole === undefined ? 0 : roomFor(givenContent, whole, room);
  const content = whole === undefined || limit === 0 ? undefined : boundContent(whole, limit, entry.url);
  // A UTF-16 unit is at least one byte: for the bound of a document that is near enough.
  room.left -= content?.length ?? 0;
  if (content !== whole) {
    report?.({
      kind: 'content-too-long',
      detail: `"${entry.title.slice(0, 80)}" was cut; its end links to the original.`,
    });
  }
  const titleHtml = givenTitle === undefined ? undefined : sanitizeHtml(givenTitle);
  const isToldAll = entry.summary !== '' && entry.language !== undefined;
  const text = content === undefined || isToldAll ? '' : toPlainText(beginningOf(content), tellingText);
  const summary = entry.summary === '' ? toSummary(text) : entry.summary;
  const language = entry.language ?? detectLanguage(`${entry.title}\n${text === '' ? summary : text}`);
  const image =
    entry.image ??
    (content === undefined ? undefined : firstImage(content)) ??
    thumbnail ??
    (content === undefined ? undefined : posterIn(content));
  return {
    ...rest,
    summary,
    ...(titleHtml === undefined ? {} : { titleHtml }),
    ...(content === undefined ? {} : { content }),
    ...(language === undefined ? {} : { language }),
    ...(image === undefined ? {} : { image }),
  };
}

/** The content, or its substitute when nothing of it is visible. */
function sanitizeContent(given: UntrustedHtml | undefined, otherwise: UntrustedHtml | undefined): SafeHtml | undefined {
  if (given === undefined) return undefined;
  const content = sanitizeHtml(given);
  return otherwise === undefined || showsSomething(content) ? content : sanitizeHtml(otherwise);
}

const shown = /<(?:img|video|audio|iframe|math|hr)\b/;

function showsSomething(html: SafeHtml): boolean {
  return shown.test(html) || !/^[\s\p{Cf}\u00a0\u2800\u3164]*$/u.test(toPlainText(html));
}

/** The first part of safe HTML, ending before a tag: a prefix of it is as safe as the whole. */
function beginningOf(html: SafeHtml): SafeHtml {
  if (html.length <= examined) return html;
  const cut = html.lastIndexOf('<', examined);
  return html.slice(0, cut > 0 ? cut : examined) as SafeHtml;
}

/** The first picture of the content that can stand for the entry. */
function firstImage(html: SafeHtml): HttpUrl | undefined {
  for (const [tag, source = ''] of html.matchAll(/<img src="([^"]*)"[^>]*>/g)) {
    const url = parseHttpUrl(decodeSafeText(source));
    const [width, height] = [pixels(tag, 'width'), pixels(tag, 'height')];
    if (url !== undefined && canStandForEntry({ url, width, height })) return url;
  }
  return undefined;
}

/** The still picture of the first video that has one: the entry's where there is no other. */
function posterIn(html: SafeHtml): HttpUrl | undefined {
  const poster = /<video\b[^>]* poster="([^"]*)"/.exec(html)?.[1];
  return poster === undefined ? undefined : parseHttpUrl(decodeSafeText(poster));
}

function pixels(tag: string, name: string): number | undefined {
  const digits = new RegExp(` ${name}="(\\d+)"`).exec(tag)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Sanitizes every piece of HTML in a feed; see `sanitizeEntry` for what is completed. */
export function sanitizeFeed(feed: ReadFeed): Feed<SafeHtml> {
  const { titleHtml, entries, ...rest } = feed;
  return {
    ...rest,
    ...(titleHtml === undefined ? {} : { titleHtml: sanitizeHtml(titleHtml) }),
    entries: entries.map((entry) => sanitizeEntry(entry)),
  };
}
