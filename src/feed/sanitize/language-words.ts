/**
 * Lists the words and letters that identify a language: words that every text of it has, and letters that no other
 * language has.
 */

/** The commonest function words of languages in Latin script, accents kept. */
export const functionWords: Readonly<Record<string, string>> = {
  ca: 'el la els les de i a que en un una per amb és no del al dels ha són com més va aquest aquesta però també seva',
  cs: 'a v se na že je s z do o k to i za ve pro jsou by jako po podle od tak jeho který která které byl jsem ale již však',
  da: 'og i at det er en til af den på for med der de som et har ikke fra var kan men vil ved også han hun efter blev mere deres mens igen jeg dem sig op skal være denne',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer',
  en: 'the of and to in a is that for it as was with be by on not he this are or his from at which but have an they you were had',
  es: 'de la que el en y a los del se las por un para con no una su al es lo como más pero sus le ya o este sí porque esta entre',
  et: 'ja on ei et see oli ka kui ta mis aga oma või ning kes selle tema siis nii pole välja veel mida üle seda olid',
  fi: 'ja on ei että se hän oli mutta ovat myös kun mukaan sen joka olla jo vain kuin sekä tai hänen mitä niin ole jotka',
  fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux ou leur',
  hr: 'i u je na da se za su od s a o koji što kao ne iz ili bi će su sve nakon koja koje prema samo više još biti ali',
  hu: 'a az és hogy nem is egy ez meg de csak már még mint volt ki van el majd lesz vagy ha azt után szerint aki ezt minden',
  id: 'yang dan di dengan untuk dari ini tidak dalam itu pada akan juga adalah ke karena oleh bisa ada mereka telah sudah kami kita atau para',
  it: 'di e il la che in a un per è del una con non i si da le della al sono dei nel alla gli più come anche delle ha lo',
  lt: 'ir į kad yra iš su tai bet o kaip apie už buvo per tik nuo šių jau dar jo taip prie dėl bei pagal kurie kuris',
  lv: 'un ir ka no ar uz par to kas bet arī tas pie vai nav kā tiek lai pēc tika viņa šo gan jau bija tam savu',
  nl: 'de van het een en in is dat op te zijn met voor niet aan er die om ook als bij maar door naar hij uit over ze wordt nog dan',
  no: 'og i det er en til av på for med som å de ikke et har den fra var kan men vil ved også han hun etter ble mer jeg seg deres mens igjen dem opp skal være denne',
  pl: 'i w na z się do nie to że jest o jak a po za od przez co dla są ale ze tym był oraz jego czy już może tego także przy',
  pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser são',
  ro: 'de și în a la cu pe că nu din un o este pentru mai care au fost sunt prin dar ce ca sau după fi acest această până',
  sk: 'a v sa na že je s z do o to i za vo pre sú by ako po podľa od tak jeho ktorý ktorá ktoré bol som ale už však aj nie',
  sl: 'in je v na da se za so z s o pa tudi ki bi ne od kot po iz ni še ali ko bil do svoje pri lahko kar med',
  sv: 'och i att det är en som på av för med den till inte har de ett om var men från kan så vid också han efter vi nu skulle under',
  tr: 've bir bu da de için ile olarak çok daha olan gibi en kadar ne var sonra ama ya o değil ki her göre diye olduğu ise oldu',
  vi: 'và của là có trong được cho các không một với người này đã những khi để về từ ra đến vào tại như sẽ cũng nhiều ông',
};

/** Letters and endings in Latin script that few other languages have; they weigh half a word each. */
export const latinLetters: readonly (readonly [language: string, letters: RegExp])[] = [
  ['cs', /[ěřů]/g],
  ['da', /[æø]/g],
  ['de', /ß|sch|ung\b/g],
  ['es', /[ñ¿¡]|ción\b/g],
  ['et', /õ/g],
  ['fi', /ää|öö|yy|[st]sa\b|st[aä]\b/g],
  ['fr', /[èêœ]|\b[ldq]u?['’]/g],
  ['hr', /[ćđ]/g],
  ['hu', /[őű]/g],
  ['lt', /[ėųį]/g],
  ['lv', /[āēīļņķģ]/g],
  ['no', /[æø]/g],
  ['pl', /[łąęśźż]/g],
  ['pt', /[ãõ]|ção\b/g],
  ['ro', /[șțşţă]/g],
  ['sk', /[ľĺŕ]/g],
  ['sv', /å/g],
  ['tr', /[ğış]/g],
  ['vi', /[ơưạảấầẩậắằặẹẻẽếềểệịọỏốồổộớờởợụủứừửựỳỹđ]/g],
];

/** Letters of Cyrillic alphabets that tell a language from Russian; the first row that fits most wins. */
export const cyrillicLetters: readonly (readonly [language: string, letters: RegExp])[] = [
  ['uk', /[іїєґ]/g],
  ['be', /[ўі]/g],
  ['mk', /[ѓќѕ]/g],
  ['sr', /[ђћљњџј]/g],
  ['kk', /[әғқңөұүһ]/g],
  ['mn', /[өү]/g],
  ['ru', /[ыэё]/g],
  ['bg', /[ъщ]/g],
];

/** The same for the Arabic script. */
export const arabicLetters: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ur', /[ٹڈڑےںھہچپکی]/g],
  ['ps', /[ټډړږښڼې]/g],
  ['ckb', /[ڕڵۆێە]/g],
  ['fa', /[پچژگکی]/g],
  ['ar', /[ةىيكأإؤئ]/g],
];

/** Scripts that mean one language well enough. */
export const scriptLanguages: readonly (readonly [language: string, script: RegExp])[] = [
  ['ko', /[\uAC00-\uD7A3]/g],
  ['el', /[\u0370-\u03FF\u1F00-\u1FFF]/g],
  ['he', /[\u0590-\u05FF]/g],
  ['hi', /[\u0900-\u097F]/g],
  ['bn', /[\u0980-\u09FF]/g],
  ['pa', /[\u0A00-\u0A7F]/g],
  ['gu', /[\u0A80-\u0AFF]/g],
  ['ta', /[\u0B80-\u0BFF]/g],
  ['te', /[\u0C00-\u0C7F]/g],
  ['kn', /[\u0C80-\u0CFF]/g],
  ['ml', /[\u0D00-\u0D7F]/g],
  ['si', /[\u0D80-\u0DFF]/g],
  ['th', /[\u0E00-\u0E7F]/g],
  ['lo', /[\u0E80-\u0EFF]/g],
  ['my', /[\u1000-\u109F]/g],
  ['ka', /[\u10A0-\u10FF]/g],
  ['am', /[\u1200-\u137F]/g],
  ['km', /[\u1780-\u17FF]/g],
  ['hy', /[\u0530-\u058F]/g],
];
