/**
 * Reads the title line of an archived article: one Markdown link, `[Title](URL)`.
 *
 * Exporters escape nothing, so titles with brackets and URLs with parentheses are common: the outermost pair counts as
 * the link. Linear: it looks at no more than the last few `](` of a line.
 * @see https://spec.commonmark.org/0.31.2/#links
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';

/** The title line. `trailing` is text after the link. */
export type TitleLink =
  | { readonly kind: 'link'; readonly title: string; readonly permalink: HttpUrl; readonly trailing: string }
  | { readonly kind: 'not-a-link' }
  | { readonly kind: 'bad-url'; readonly url: string };

/** How many `](` are tried from the right before the URL is called unparsable. */
const maxTries = 16;

/** Reads `[Title](URL)`, with or without `#` before it. */
export function parseTitleLink(line: string): TitleLink {
  const text = line.trim().replace(/^#{1,6}\s*/, '');
  if (!text.startsWith('[')) return { kind: 'not-a-link' };
  let failed: string | undefined;
  let split = text.lastIndexOf('](');
  for (let tries = 0; split > 0 && tries < maxTries; tries += 1) {
    const target = closeTarget(text, split + 2);
    if (target !== undefined) {
      const permalink = parseHttpUrl(bareTarget(target.url));
      const trailing = text.slice(target.end + 1).trim();
      if (permalink !== undefined) return { kind: 'link', title: toTitle(text.slice(1, split)), permalink, trailing };
      failed = target.url;
    }
    split = text.lastIndexOf('](', split - 1);
  }
  return failed === undefined ? { kind: 'not-a-link' } : { kind: 'bad-url', url: failed };
}

/** Finds the `)` that closes a link target opened before `from`: parentheses in pairs belong to the URL. */
function closeTarget(text: string, from: number): { readonly url: string; readonly end: number } | undefined {
  let open = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') open += 1;
    if (text[at] !== ')') continue;
    // Balanced, and the link ends here: at the end of the line or before a space.
    if (open === 0 && (at === text.length - 1 || /\s/.test(text[at + 1] ?? '')))
      return { url: text.slice(from, at), end: at };
    open = Math.max(0, open - 1);
  }
  const last = text.lastIndexOf(')');
  return last >= from ? { url: text.slice(from, last), end: last } : undefined;
}

/** Removes what Markdown allows around a URL: angle brackets, and a tooltip in quotes after it. */
function bareTarget(target: string): string {
  const bare = target.trim().replace(/\s+"[^"]*"$/, '');
  return bare.startsWith('<') && bare.endsWith('>') ? bare.slice(1, -1) : bare;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const escapes = /\\([!-/:-@[-`{-~])|&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

/** The plain text of a Markdown link text: escapes and entities decoded once, white space collapsed. */
function toTitle(text: string): string {
  const plain = text.replaceAll(escapes, (whole, punctuation, decimal, hex, name) => {
    if (typeof punctuation === 'string') return punctuation;
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
    const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point > 0x1f && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
  });
  return plain
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
