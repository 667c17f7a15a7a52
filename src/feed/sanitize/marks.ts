/**
 * Marks that stand for markup while sanitize-html works on the rest: noncharacters, which no text may hold.
 *
 * A tag without attributes is safe by its name alone, so the sanitizer need not see it, and a `<` that is text is
 * none of its business. To it all of them are text. `weave` puts the markup back in their place.
 */

/** A `<` that is text. As `&lt;` each would cost the parser an event, and 200,000 of them a second. */
export const literalLessThan = '\uFDD0';

const opening = '\uFDD1';
const closing = '\uFDD2';

/** The start tag of an element without attributes. */
export function startMark(name: string): string {
  return `${opening}${name}${closing}`;
}

/** The end tag of any element. */
export function endMark(name: string): string {
  return `${opening}/${name}${closing}`;
}

/** Matches, in what the sanitizer returns: a mark (slash, name), or an element it judged (name, attributes). */
export const markOrElement = /\uFDD0|\uFDD1(\/?)([a-z0-9]+)\uFDD2|<([a-z][a-z0-9-]*)([^>]*) \/>/g;

/**
 * References to the characters used here become U+FFFD: decoded by the sanitizer, they would pass for marks. (Removed,
 * they could leave another behind.)
 */
export function disarmReferences(markup: string): string {
  if (!markup.includes('&#')) return markup;
  return markup.replace(/&#(?:x0*fd[de][0-9a-f](?![0-9a-f])|0*(?:649[7-9]\d|6500\d)(?!\d));?/gi, '\uFFFD');
}
