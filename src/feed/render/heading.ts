/**
 * Makes a title for an untitled entry, where a format demands one (RFC 4287 section 4.1.2; RSS without description).
 *
 * It is made of the entry's own first words, which say more than "Untitled".
 */

/** Longest heading. Unit: graphemes. */
const maxHeadingLength = 80;

/** Made at first use: it loads tables that an isolate serving published feeds never needs. */
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
