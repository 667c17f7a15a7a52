/**
 * Parses the bytes of a mail into its parts. Only this file imports postal-mime.
 */
import PostalMime, { type Address } from 'postal-mime';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { decodeDocument } from '../charset/decode.ts';
import { decodeMixedUtf8, takeUtf8Census } from '../charset/utf8-repair.ts';

/** A mailbox. `address` is lower case; empty when there is none. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** A picture that the text of the mail shows. */
export interface InlinePicture {
  /** Its Content-ID without brackets. */
  readonly contentId: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A decoded mail. Its texts are untrusted. */
export interface ParsedMail {
  readonly from: Mailbox;
  readonly subject: string;
  readonly messageId?: string;
  /** As in the header. */
  readonly date?: string;
  readonly html?: string;
  readonly text?: string;
  readonly pictures: readonly InlinePicture[];
  /** The first value of a header field, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
}

/** Real mails nest five parts deep and forward once or twice. */
const limits = { maxNestingDepth: 50, maxRfc822NestingDepth: 5, maxHeadersSize: 512 * 1024 } as const;

/** A mail has no address. */
const nowhere = 'https://mail.invalid/' as HttpUrl;

/** Parses a mail; the failure says why it cannot be read. */
export async function parseMail(bytes: Uint8Array): Promise<Result<ParsedMail, string>> {
  try {
    const mail = await PostalMime.parse(inUtf8(bytes), limits);
    const header = (name: string): string | undefined => mail.headers.find(({ key }) => key === name)?.value;
    const pictures = mail.attachments.flatMap(({ contentId, mimeType, content }) =>
      contentId === undefined || typeof content === 'string'
        ? []
        : [{ contentId: contentId.replace(/^<|>$/g, ''), type: mimeType, bytes: new Uint8Array(content) }],
    );
    return ok({
      from: toMailbox(mail.from ?? mail.sender),
      subject: mail.subject?.trim() ?? '',
      ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
      ...(mail.date === undefined ? {} : { date: mail.date }),
      ...(mail.html === undefined ? {} : { html: mail.html }),
      ...(mail.text === undefined ? {} : { text: mail.text }),
      pictures,
      header,
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Old programs send bytes of another charset and declare none, or UTF-8. Such a mail is written anew in UTF-8, which is what
 * a text without a charset is read as.
 */
function inUtf8(bytes: Uint8Array): Uint8Array {
  if (takeUtf8Census(bytes).strays === 0) return bytes;
  const declared = Array.from(new TextDecoder('latin1').decode(bytes).matchAll(/\bcharset\s*=\s*"?([\w-]+)/gi));
  if (!declared.every(([, name]) => /^(?:utf-8|us-ascii)$/i.test(name ?? ''))) return bytes;
  const text = declared.length > 0 ? decodeMixedUtf8(bytes) : decodeDocument({ bytes, url: nowhere }).text;
  return new TextEncoder().encode(text);
}

function toMailbox(given: Address | undefined): Mailbox {
  const { name = '', address = '' } = given?.group === undefined ? (given ?? {}) : (given.group[0] ?? {});
  return { name: name.trim(), address: address.trim().toLowerCase() };
}
