/**
 * Lists the names of months in the languages feeds are written in, as their shortest unmistakable beginnings.
 *
 * Compared without diacritics and case, the longest beginning winning (`juillet` is `juil`, not `jui`). Full names,
 * abbreviations and inflected forms (января, stycznia) share their beginnings.
 */

/**
 * One line a month: English and its kin, Romance, Slavic, Cyrillic, Greek, then Finnish, Estonian, Turkish, Arabic, Lithuanian,
 * Hebrew. Left out is what two languages give to different months (Croatian listopad, Levantine kanun and tishrin).
 */
const beginnings: readonly string[] = [
  'jan ene gen ian led sty янв яну січ ιαν tam oca يناير sije jaa sau ינו',
  'feb fev peb uno lut фев лют φεβ hel sub فبراير شباط velj vee vas פבר',
  'mar maa mrt bre мар бер μαρ μαω مارس اذار ozu kov מרץ מרס',
  'apr avr abr dub kwi апр кві απρ huh nis ابريل نيسان trav bal אפר',
  'may mai mag mei maj kve май мая тра μαι tou مايو ايار svi geg מאי',
  'jun juin giu iun cerv cvn cze июн чер юни ιουν ιον kes haz يونيو حزيران lipanj lipnj birz יונ',
  'jul juil lug iul cervenc cervenec cvc lip июл лип юли ιουλ ιολ hei tem يوليو تموز srpanj srpnj lie יול',
  'aug ago aou agt srp sie авг сер αυγ elo agu اغسطس اب avg kolo rugp אוג',
  'sep set szep zar wrz сен сеп вер σεπ syy eyl سبتمبر ايلول ruj rugs ספט',
  'oct okt out ott rij paz окт жов οκτ lok eki اكتوبر spa אוק',
  'nov noi lis ноя ное лис νοε kas نوفمبر marr stud lap נוב',
  'dec dez dic des pro gru дек гру δεκ jou ara ديسمبر det דצמ',
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

/** Lower case without diacritics (й and ё lose theirs on both sides of the comparison) and without the Hebrew "in". */
function fold(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/^ב/, '');
}
