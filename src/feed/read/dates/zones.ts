/**
 * Reads time zones as feeds write them: names, offsets, and both at once.
 *
 * Names that several places use have the meaning of RFC 822 or feedparser (CST is Chicago's). An unknown name is UTC: RFC
 * 2822 section 4.3 says so.
 */

/** Offsets from UTC in hours. */
const hoursOf: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 1,
  bst: 1,
  ist: 5.5,
  cet: 1,
  cest: 2,
  met: 1,
  mest: 2,
  mez: 1,
  mesz: 2,
  mewt: 1,
  swt: 1,
  fwt: 1,
  fst: 2,
  sast: 2,
  cat: 2,
  wat: 1,
  eat: 3,
  eet: 2,
  eest: 3,
  msk: 3,
  msd: 4,
  trt: 3,
  idt: 3,
  samt: 4,
  yekt: 5,
  omst: 6,
  krat: 7,
  irkt: 8,
  yakt: 9,
  vlat: 10,
  irst: 3.5,
  gst: 4,
  pkt: 5,
  npt: 5.75,
  ict: 7,
  wib: 7,
  wita: 8,
  wit: 9,
  hkt: 8,
  sgt: 8,
  myt: 8,
  pht: 8,
  awst: 8,
  jst: 9,
  kst: 9,
  acst: 9.5,
  acdt: 10.5,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  nst: -3.5,
  ndt: -2.5,
  ast: -4,
  adt: -3,
  at: -4,
  est: -5,
  edt: -4,
  et: -5,
  cst: -6,
  cdt: -5,
  ct: -6,
  mst: -7,
  mdt: -6,
  mt: -7,
  pst: -8,
  pdt: -7,
  pt: -8,
  akst: -9,
  akdt: -8,
  hst: -10,
  hast: -10,
  brt: -3,
  brst: -2,
  art: -3,
  clt: -4,
  clst: -3,
  cot: -5,
  pet: -5,
  vet: -4,
  uyt: -3,
};

/** Offset in minutes of a zone's name (any case; `Etc/GMT` and military letters as RFC 822 section 5.1 has them). */
export function zoneNamed(name: string): number | undefined {
  const key = name.toLowerCase().replace(/^etc\//, '');
  const hours = hoursOf[key];
  if (hours !== undefined) return hours * 60;
  if (!/^[a-y]$/.test(key) || key === 'j') return undefined;
  const letter = key.charCodeAt(0) - 96;
  if (letter <= 9) return -letter * 60;
  return letter <= 13 ? -(letter - 1) * 60 : (letter - 13) * 60;
}

/**
 * Offset in minutes of a zone: `+0100`, `-5`, `+05:30`, `Z`, `EST`, `GMT+1`, `EST -0500`, `+0100 (CET)`, `[Europe/Rome]`.
 *
 * @returns `undefined` when the text is not a zone at all; 0 for an empty text, for an unknown name, and for an offset
 * that is cut short (`+`, `+010`,
 * `+05:3`) or longer than a day: a wrong offset costs the offset, not the date.
 */
export function parseZone(text: string): number | undefined {
  const bare = text.replace(/[([][^)\]]*[)\]]?/g, ' ').trim();
  if (bare === '' || /^[+-](?:\d{0,2}:\d?|\d{3}|\d{5,6})?$/.test(bare)) return 0;
  const parts =
    /^(?:([A-Za-z]{1,5}|etc\/[a-z]{3}|[A-Za-z]{2,14}\/[A-Za-z_/]{2,30})\.?)?\s{0,2}(?:([+-])\s?(\d{1,2}):?(\d{2})?)?(?:\s?[A-Za-z]{1,5})?$/i.exec(
      bare,
    );
  if (parts === null) return undefined;
  const [, name, sign, hours, minutes] = parts;
  if (hours === undefined) return zoneNamed(name ?? 'z') ?? 0;
  const offset = Number(hours) * 60 + Number(minutes ?? 0);
  if (Number(hours) > 23 || Number(minutes ?? 0) > 59) return 0;
  return sign === '-' ? -offset : offset;
}
