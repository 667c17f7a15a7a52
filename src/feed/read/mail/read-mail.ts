/**
 * Reads a mail as an entry of its newsletter, with the facts that only the owner may see.
 *
 * Its HTML part counts; its text part when there is no HTML, or when nothing of it is visible. Still untrusted.
 */
import { digest } from '../../../domain/digest.ts';
import { type ReadEntry, toEntryId } from '../../../domain/entry.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { SourceId } from '../../../domain/source.ts';
import { parseDate } from '../dates/parse-date.ts';
import { type CleanMail, cleanMail } from './clean-mail.ts';
import { type Confirmation, findConfirmation } from './confirmation.ts';
import type { InlinePicture, Mailbox, ParsedMail } from './parse-mail.ts';

/** The result of reading a mail. */
export interface MailReading {
  readonly entry: ReadEntry;
  /** Pictures by the addresses that stand for them in the content. */
  readonly pictures: ReadonlyMap<string, InlinePicture>;
  readonly sender: Mailbox;
  /** How to end the subscription: an address of the web, or of mail. */
  readonly unsubscribe?: string;
  /** Set when the mail is for the subscriber alone. */
  readonly confirmation?: Confirmation;
}

/** A host that cannot exist: addresses at it stand for pictures until the sanitizer is done. */
const standIn = 'https://cid.invalid/';

/** Hosts of web versions of newsletters. */
const issueHosts =
  /(?:^|\.)(?:mailchi\.mp|campaign-archive\.com|substack\.com|beehiiv\.com|buttondown\.(?:com|email)|ghost\.io|kit\.com|sendfox\.com)$/;

const maxTitleLength = 500;
const maxTextLength = 1_000_000;

/** Reads a mail. */
export function readMail(mail: ParsedMail, sourceId: SourceId): MailReading {
  const title = mail.subject
    .replace(/^(?:(?:fwd?|wg|tr|rv|enc|i|转发|轉寄|fs)\s?[::]\s*)+/iu, '')
    .slice(0, maxTitleLength);
  const pictures = new Map<string, InlinePicture>();
  const html = mail.html === undefined ? undefined : cleanMail(standForPictures(mail, pictures));
  const markup = html?.isVisible === true ? html.markup : fromText(mail.text ?? '');
  const guid =
    mail.messageId?.replace(/^<|>$/g, '').trim() ||
    `mail-${digest([mail.from.address, mail.date, mail.subject, markup].join('\n')).slice(0, 32)}`;
  const url = findPage(mail, html);
  const published = mail.date === undefined ? undefined : parseDate(mail.date);
  const language = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.exec(mail.header('content-language')?.trim() ?? '')?.[0];
  const confirmation = findConfirmation(mail.subject, html?.links ?? linksOf(mail.text ?? ''));
  const unsubscribe = findUnsubscribe(mail.header('list-unsubscribe') ?? '');
  return {
    entry: {
      id: toEntryId(sourceId, guid),
      guid,
      ...(url === undefined ? {} : { url }),
      title: title === '' ? '(no subject)' : title,
      summary: '',
      ...(markup === '' ? {} : { content: { markup, ...(url === undefined ? {} : { base: url }) } }),
      ...(published === undefined ? {} : { published }),
      // The address is for the owner only: the name alone is published.
      authors: mail.from.name === '' || mail.from.name.includes('@') ? [] : [{ name: mail.from.name.slice(0, 200) }],
      categories: [],
      enclosures: [],
      ...(language === undefined ? {} : { language }),
    },
    pictures,
    sender: mail.from,
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
}

/** The HTML, with an address in place of each picture that the mail holds itself. */
function standForPictures({ html = '', pictures }: ParsedMail, found: Map<string, InlinePicture>): string {
  const byId = new Map(pictures.map((picture) => [picture.contentId.toLowerCase(), picture]));
  if (byId.size === 0) return html;
  return html.replaceAll(/(["'])cid:([^"'<>\s]{1,300})\1/gi, (whole, quote: string, name: string) => {
    const picture = byId.get(decodeName(name).toLowerCase());
    if (picture === undefined) return whole;
    const address = `${standIn}${digest(picture.contentId).slice(0, 20)}`;
    found.set(address, picture);
    return `${quote}${address}${quote}`;
  });
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Plain text as HTML: blank lines end paragraphs, `>` quotes. */
function fromText(text: string): string {
  const paragraphs = text
    .slice(0, maxTextLength)
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n[ \t]*\n+/);
  return paragraphs
    .flatMap((paragraph) => (/\S/.test(paragraph) ? [`<p>${escapeText(paragraph.trim())}</p>`] : []))
    .join('\n');
}

function escapeText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const linked = escaped.replaceAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]&]/g, (url) => `<a href="${url}">${url}</a>`);
  return linked.replaceAll('\n', '<br>\n');
}

function linksOf(text: string) {
  return [...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([address]) => ({ words: '', address }));
}

/** The web version of the issue: from its header, or from a link to a page of the sender. */
function findPage(mail: ParsedMail, html: CleanMail | undefined): HttpUrl | undefined {
  for (const name of ['archived-at', 'list-post']) {
    const said = parseHttpUrl(/<\s*(https?:[^<>\s]+)\s*>/i.exec(mail.header(name) ?? '')?.[1] ?? '');
    if (said !== undefined) return said;
  }
  if (html?.page === undefined) return undefined;
  const page = new URL(html.page);
  const senderDomain = mail.from.address.split('@')[1] ?? 'none.invalid';
  const isTheirs =
    issueHosts.test(page.hostname) || page.hostname === senderDomain || page.hostname === `www.${senderDomain}`;
  // Contains the subscriber's name.
  if (/mailchi\.mp$|campaign-archive\.com$/.test(page.hostname)) page.searchParams.delete('e');
  return isTheirs ? parseHttpUrl(page.href) : undefined;
}

function findUnsubscribe(header: string): string | undefined {
  const ways = [...header.matchAll(/<\s*([^<>\s]+)\s*>/g)].map(([, way = '']) => way);
  return (
    parseHttpUrl(ways.find((way) => /^https?:/i.test(way)) ?? '') ??
    ways.find((way) => /^mailto:/i.test(way))?.slice(0, 500)
  );
}
