/**
 * Makes an entry safe to record and show, and completes it with what only its content can tell.
 *
 * Fills in what the publisher left out: a summary, a language, an image. Overrules nothing it said.
 */

import type { Defect } from '../../domain/defect.ts';
import type { Entry, ReadEntry } from '../../domain/entry.ts';
import type { Feed, ReadFeed } from '../../domain/feed.ts';
import { maxContentBytes, type SafeHtml, type UntrustedHtml } from '../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { canStandForEntry } from '../../domain/picture.ts';
import { boundContent, bytesOf } from './bound-content.ts';
import { detectLanguage } from './detect-language.ts';
import { decodeSafeText, toPlainText, toSummary } from './plain-text.ts';
import { sanitizeHtml } from './sanitize-html.ts';

/** How much content is looked at for summary and language. Unit: UTF-16 units of HTML. */
const examined = 20_000;

/** What escaping and closing tags may make of a short text beyond three times its length. Bytes. */
const roomOfShort = 10_000;

/** How long the content may be: what a row can hold, and three times what came in. Bytes of UTF-8. */
function roomFor(given: UntrustedHtml | undefined, content: SafeHtml): number {
  const markup = given?.markup ?? '';
  if (content.length <= 3 * markup.length + roomOfShort) return maxContentBytes;
  return Math.min(maxContentBytes, 3 * bytesOf(markup) + roomOfShort);
}

/** Sanitizes an entry's HTML and completes summary, language and image from its content where they are missing. */
export function sanitizeEntry(entry: ReadEntry, report?: (defect: Defect) => void): Entry<SafeHtml> {
  const { titleHtml: givenTitle, content: givenContent, otherwise, thumbnail, ...rest } = entry;
  const whole = sanitizeContent(givenContent, otherwise);
  const content = whole === undefined ? undefined : boundContent(whole, roomFor(givenContent, whole), entry.url);
  if (content !== whole) {
    report?.({
      kind: 'content-too-long',
      detail: `"${entry.title.slice(0, 80)}" was cut; its end links to the original.`,
    });
  }
  const titleHtml = givenTitle === undefined ? undefined : sanitizeHtml(givenTitle);
  const text = content === undefined ? '' : toPlainText(beginningOf(content));
  const summary = entry.summary === '' ? toSummary(text) : entry.summary;
  const language = entry.language ?? detectLanguage(`${entry.title}\n${text === '' ? summary : text}`);
  const image = entry.image ?? (content === undefined ? undefined : firstImage(content)) ?? thumbnail;
  return {
    ...rest,
    summary,
    ...(titleHtml === undefined ? {} : { titleHtml }),
    ...(content === undefined ? {} : { content }),
    ...(language === undefined ? {} : { language }),
    ...(image === undefined ? {} : { image }),
  };
}

/** The content, or what stands in for it where nothing of it can be seen. */
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
