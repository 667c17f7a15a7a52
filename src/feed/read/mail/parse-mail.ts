/**
 * Parses the bytes of a mail into its parts. Only this file imports postal-mime.
 */
import PostalMime, { type Address } from 'postal-mime';
import { fail, ok, type Result } from '../../../domain/result.ts';

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

/** Parses a mail; the failure says why it cannot be read. */
export async function parseMail(bytes: Uint8Array): Promise<Result<ParsedMail, string>> {
  try {
    const mail = await PostalMime.parse(bytes, limits);
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

function toMailbox(given: Address | undefined): Mailbox {
  const { name = '', address = '' } = given?.group === undefined ? (given ?? {}) : (given.group[0] ?? {});
  return { name: name.trim(), address: address.trim().toLowerCase() };
}
