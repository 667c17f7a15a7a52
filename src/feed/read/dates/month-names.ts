/**
 * Names of months in the languages feeds are written in, as their shortest unmistakable beginnings.
 *
 * Compared without diacritics and case, the longest beginning winning (`juillet` is `juil`, not `jui`). Full names,
 * abbreviations and inflected forms (января, stycznia) share their beginnings.
 */

/**
 * One line a month: English and its kin, Romance, Slavic, Cyrillic, Greek, then Finnish, Turkish, Arabic. Left out is
 * what two languages give to different months (Croatian srpanj, Levantine kanun and tishrin).
 */
const beginnings: readonly string[] = [
  'jan ene gen ian led sty янв яну січ ιαν tam oca يناير',
  'feb fev peb uno lut фев лют φεβ hel sub فبراير شباط',
  'mar maa mrt bre мар бер μαρ μαω مارس اذار',
  'apr avr abr dub kwi апр кві απρ huh nis ابريل نيسان',
  'may mai mag mei maj kve май мая тра μαι tou مايو ايار',
  'jun juin giu iun cerv cvn cze июн чер юни ιουν ιον kes haz يونيو حزيران',
  'jul juil lug iul cervenc cervenec cvc lip июл лип юли ιουλ ιολ hei tem يوليو تموز',
  'aug ago aou agt srp sie авг сер αυγ elo agu اغسطس اب',
  'sep set szep zar wrz сен сеп вер σεπ syy eyl سبتمبر ايلول',
  'oct okt out ott rij paz окт жов οκτ lok eki اكتوبر',
  'nov noi lis ноя ное лис νοε kas نوفمبر',
  'dec dez dic des pro gru дек гру δεκ jou ara ديسمبر',
];

const monthOf = new Map<string, number>();
for (const [index, line] of beginnings.entries()) {
  for (const beginning of line.split(' ')) if (!monthOf.has(fold(beginning))) monthOf.set(fold(beginning), index + 1);
}

const longest = 8;

/** The month (1 to 12) a word names, or `undefined`. */
export function monthNamed(word: string): number | undefined {
  const folded = fold(word);
  for (let length = Math.min(longest, folded.length); length >= 2; length -= 1) {
    const month = monthOf.get(folded.slice(0, length));
    if (month !== undefined && (length > 2 || folded.length === 2)) return month;
  }
  return undefined;
}

/** Lower case without diacritics; й and ё lose theirs as well, on both sides of the comparison. */
function fold(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
