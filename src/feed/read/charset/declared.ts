/**
 * Reads the encodings that a document and its server declare; decode.ts decides which one to believe.
 *
 * The XML declaration is ASCII in every encoding that gets here (UTF-16 and UTF-32 were recognised by their zero bytes).
 * An HTML `meta` counts only in HTML: in a feed it would be content.
 * @see RFC 7303 section 3, XML 1.0 appendix F
 */

/** How far a declaration may be from the start. Unit: bytes; browsers use 1,024, text before the declaration takes some. */
const prefixBytes = 4096;

/** The `charset` parameter of a `Content-Type`, quotes and spaces forgiven. */
export function readContentTypeCharset(contentType: string | undefined): string | undefined {
  return /;\s{0,9}charset\s{0,9}=\s{0,9}["']?\s{0,9}([^\s;"',]{1,60})/i.exec(contentType?.slice(0, 1000) ?? '')?.[1];
}

/** The encoding named by the XML declaration, or by a `meta` element when the bytes are an HTML page. */
export function readDeclaredCharset(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const prefix = toAsciiText(bytes.subarray(0, prefixBytes));
  const declaration = /<\?xml\s([^>]{0,300})/i.exec(prefix)?.[1];
  const named =
    declaration === undefined
      ? undefined
      : /encoding\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9][\w.:+-]{0,60})/i.exec(declaration)?.[1];
  if (named !== undefined) return named;
  const isHtml = /html/i.test(contentType ?? '') || /<(?:!doctype\s{1,9})?html/i.test(prefix);
  if (!isHtml) return undefined;
  return /<meta\s[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9][\w.:+-]{0,60})/i.exec(prefix)?.[1];
}

/** The primary language the document declares in its first kilobytes (`xml:lang`, `<language>`, `lang`), lower case. */
export function readDeclaredLanguage(bytes: Uint8Array): string | undefined {
  const prefix = toAsciiText(bytes.subarray(0, prefixBytes));
  const found = /(?:\blang\s{0,9}=\s{0,9}["']|<(?:dc:)?language>\s{0,9})([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,8}))?/.exec(
    prefix,
  );
  if (found?.[1] === undefined) return undefined;
  return `${found[1]}${found[2] === undefined ? '' : `-${found[2]}`}`.toLowerCase();
}

const latin = new TextDecoder('windows-1252');

/** Any superset of ASCII works here: markup stays readable, and text does not matter. */
function toAsciiText(bytes: Uint8Array): string {
  return latin.decode(bytes);
}
