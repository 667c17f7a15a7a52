/**
 * What a language is called in English.
 */

let names: Intl.DisplayNames | undefined;

/** The name of a BCP 47 tag or range; the tag itself when nobody knows it. */
export function languageName(tag: string): string {
  if (tag === 'und') return 'an unknown language';
  // Made when first needed: most pages name no language, and start-up time is counted.
  names ??= new Intl.DisplayNames(['en'], { type: 'language' });
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
