/**
 * Plain text that a reader might take for HTML: it is sent as HTML that says the same.
 */

// A tag, comment or declaration could begin, or a character reference is complete. `AT&T` and `1 < 2` are neither.
const markup = /<[a-z!/?]|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;

/** Whether an HTML parser would read `text` as something else than itself. */
export function looksLikeMarkup(text: string): boolean {
  return markup.test(text);
}
