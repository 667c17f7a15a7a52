/**
 * Decides in which direction a language is written: by its script subtag if it has one (`az-Arab`), else by the language.
 *
 * @see https://www.w3.org/International/questions/qa-scripts
 */

const rightToLeftScripts = /^(?:adlm|arab|aran|hebr|mand|mend|nkoo|rohg|samr|syrc|thaa|yezi)$/;

const rightToLeftLanguages: ReadonlySet<string> = new Set(
  'ar arc arz ary acm apc azb bal bgn bqi ckb dv fa glk he iw ji khw ks lrc lki mzn nqo pnb prs ps sd skr syr ug ur yi'.split(
    ' ',
  ),
);

/** `auto` for an unknown language: the first strong letter of each text decides. */
export function directionOf(language: string | undefined): 'ltr' | 'rtl' | 'auto' {
  if (language === undefined || language === '') return 'auto';
  const [name = '', ...subtags] = language.toLowerCase().replaceAll('_', '-').split('-');
  if (name === 'und') return 'auto';
  const script = subtags.find((subtag) => /^[a-z]{4}$/.test(subtag));
  if (script !== undefined) return rightToLeftScripts.test(script) ? 'rtl' : 'ltr';
  return rightToLeftLanguages.has(name) ? 'rtl' : 'ltr';
}
