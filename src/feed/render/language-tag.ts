/**
 * Language tags that may be written: a wrong `xml:lang` is worse than none.
 */

// RFC 5646 section 2.1 without the grandfathered forms: a language of two or three letters, then subtags.
const languageTag = /^[A-Za-z]{2,3}(?:-[A-Za-z\d]{1,8})*$/;

/** The tag when its form is that of BCP 47 (`zh-Hant-TW`), else undefined (`english`, `x-none`, empty). */
export function toLanguageTag(language: string | undefined): string | undefined {
  return language !== undefined && languageTag.test(language) ? language : undefined;
}
