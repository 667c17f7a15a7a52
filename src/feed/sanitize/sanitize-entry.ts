/**
 * An entry made safe to record and show, and completed with what only its content can tell.
 *
 * Fills in what the publisher left out: a summary, a language, an image. Overrules nothing it said.
 */
import type { Entry } from '../../domain/entry.ts';
import type { Feed } from '../../domain/feed.ts';
import type { SafeHtml, UntrustedHtml } from '../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { detectLanguage } from './detect-language.ts';
import { decodeSafeText, toPlainText, toSummary } from './plain-text.ts';
import { sanitizeHtml } from './sanitize-html.ts';

/** How much content is looked at for summary and language. Unit: UTF-16 units of HTML. */
const examined = 20_000;

/** Sanitizes an entry's HTML and completes summary, language and image from its content where they are missing. */
export function sanitizeEntry(entry: Entry<UntrustedHtml>): Entry<SafeHtml> {
  const { titleHtml: givenTitle, content: givenContent, ...rest } = entry;
  const content = givenContent === undefined ? undefined : sanitizeHtml(givenContent);
  const titleHtml = givenTitle === undefined ? undefined : sanitizeHtml(givenTitle);
  const text = content === undefined ? '' : toPlainText(beginningOf(content));
  const summary = entry.summary === '' ? toSummary(text) : entry.summary;
  const language = entry.language ?? detectLanguage(`${entry.title}\n${text === '' ? summary : text}`);
  const image = entry.image ?? (content === undefined ? undefined : firstImage(content));
  return {
    ...rest,
    summary,
    ...(titleHtml === undefined ? {} : { titleHtml }),
    ...(content === undefined ? {} : { content }),
    ...(language === undefined ? {} : { language }),
    ...(image === undefined ? {} : { image }),
  };
}

/** The first part of safe HTML, ending before a tag: a prefix of it is as safe as the whole. */
function beginningOf(html: SafeHtml): SafeHtml {
  if (html.length <= examined) return html;
  const cut = html.lastIndexOf('<', examined);
  return html.slice(0, cut > 0 ? cut : examined) as SafeHtml;
}

/** Narrowest image that can stand for an entry, where a width is declared. Unit: pixels. */
const smallestImage = 100;

function firstImage(html: SafeHtml): HttpUrl | undefined {
  for (const [tag, source = ''] of html.matchAll(/<img src="([^"]*)"[^>]*>/g)) {
    const width = / width="(\d+)"/.exec(tag)?.[1];
    if (width === undefined || Number(width) >= smallestImage) return parseHttpUrl(decodeSafeText(source));
  }
  return undefined;
}

/** Sanitizes every piece of HTML in a feed; see `sanitizeEntry` for what is completed. */
export function sanitizeFeed(feed: Feed<UntrustedHtml>): Feed<SafeHtml> {
  const { titleHtml, entries, ...rest } = feed;
  return {
    ...rest,
    ...(titleHtml === undefined ? {} : { titleHtml: sanitizeHtml(titleHtml) }),
    entries: entries.map(sanitizeEntry),
  };
}
