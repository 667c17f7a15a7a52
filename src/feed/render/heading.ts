/**
 * Makes a title for an entry that has none, where a format demands one (RFC 4287 section 4.1.2; RSS without description).
 *
 * Made from the entry's own words; a note's first words tell more than "Untitled".
 */

/** Longest heading. Unit: graphemes. */
const maxHeadingLength = 80;

/** Made when first needed: it loads tables that an isolate serving published feeds never looks at. */
let graphemes: Intl.Segmenter | undefined;

/** The first words of `summary`, never cut inside a character; `otherwise` when there are none. */
export function toHeading(summary: string, otherwise: string): string {
  const line = summary
    .slice(0, maxHeadingLength * 20)
    .replace(/\s+/gu, ' ')
    .trim();
  if (line === '') return otherwise;
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const shown = [...graphemes.segment(line)].map((grapheme) => grapheme.segment);
  if (shown.length <= maxHeadingLength) return line;
  const head = shown.slice(0, maxHeadingLength).join('');
  const space = head.lastIndexOf(' ');
  const words = space > head.length / 2 ? head.slice(0, space).replace(/[\s,;:–—-]+$/u, '') : head;
  return `${words}…`;
}
