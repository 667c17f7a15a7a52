/**
 * Makes and reads the address of a newsletter: a name and a random part at the domain that receives mail.
 *
 * Its source holds it as a web address that is never requested and never shown, so that ids and backups work as for any
 * source.
 */
import { type HttpUrl, parseHttpUrl } from './http-url.ts';

/** The name in front: letters and digits of ASCII, hyphens inside. */
const nameForm = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Random characters after the name: 32 kinds of them make 80 bits, too many to guess. */
export const newsletterRandomLength = 16;

/** A name as it can stand in an address; `undefined` when it cannot. */
export function parseNewsletterName(text: string): string | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.]+/g, '-');
  return nameForm.test(name) ? name : undefined;
}

/** The web address that a newsletter's source has instead of a feed's address. */
export function toNewsletterUrl(name: string, random: string, domain: string): HttpUrl | undefined {
  return parseHttpUrl(`https://${domain}/newsletter/${name}-${random}`);
}

/** The mail address of a newsletter. */
export function newsletterAddress(url: HttpUrl): string {
  const { pathname, hostname } = new URL(url);
  return `${pathname.replace('/newsletter/', '')}@${hostname}`;
}

/** The part of a mail address before the `@`, in lower case, without what senders may append to it (`+x`). */
export function localPartOf(address: string): string {
  const at = address.lastIndexOf('@');
  return (at === -1 ? address : address.slice(0, at)).toLowerCase().replace(/\+.*$/, '');
}
