/**
 * Turns language tags as publishers write them (`en_US`, `EN-us`) into BCP 47.
 *
 * @see RFC 5646
 */
const shape = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,6}$/;
const remembered = new Map<string, string | undefined>();
const maxRemembered = 500;

/** A canonical language tag; `undefined` when the text is none (an English word such as `English` is none). */
export function toLanguage(text: string): string | undefined {
  const tag = text.trim().replaceAll('_', '-');
  if (remembered.has(tag)) return remembered.get(tag);
  const language = canonical(tag);
  if (remembered.size < maxRemembered) remembered.set(tag, language);
  return language;
}

function canonical(tag: string): string | undefined {
  if (!shape.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    // Well-formed to the eye, not to RFC 5646, e.g. "en-a": the language itself is still known.
    return tag.split('-', 1)[0]?.toLowerCase();
  }
}

/** The language of a document by its `Content-Language`, which counts only when it names one. RFC 9110 section 8.5 */
export function documentLanguage(contentLanguage: string | undefined): string | undefined {
  return contentLanguage === undefined || contentLanguage.includes(',') ? undefined : toLanguage(contentLanguage);
}
