/**
 * Defines marks that replace markup while sanitize-html works on the rest: noncharacters, which no text may hold.
 *
 * A tag without attributes is safe by its name alone, so the sanitizer need not see it, nor a `<` that is text. To the
 * sanitizer all of them are text. weave.ts puts the markup back in their place.
 */
import { allowedElements } from './policy.ts';

/** A `<` that is text. As `&lt;` each would cost the parser an event, and 200,000 of them a second. */
export const literalLessThan = '\uFDD0';

/** Begins and ends a mark that stands for a tag: between them a name, with a slash before it for an end tag. */
export const opening = '\uFDD1';
export const closing = '\uFDD2';

/** Marks by element, made once: making one for every tag is a third of the cost of nesting. */
const marks = new Map([...allowedElements].map((name) => [name, { start: mark(name), end: mark(`/${name}`) }]));

function mark(tag: string): string {
  return `${opening}${tag}${closing}`;
}

/** The start tag of an element of the policy, without attributes. */
export function startMark(name: string): string {
  return marks.get(name)?.start ?? '';
}

/** The end tag of any element of the policy. */
export function endMark(name: string): string {
  return marks.get(name)?.end ?? '';
}

/**
 * References to the characters used here become U+FFFD: decoded by the sanitizer, they would pass for marks. (Removed,
 * they could leave another behind.)
 */
export function disarmReferences(markup: string): string {
  if (!markup.includes('&#')) return markup;
  return markup.replace(/&#(?:x0*fd[de][0-9a-f](?![0-9a-f])|0*(?:649[7-9]\d|6500\d)(?!\d));?/gi, '\uFFFD');
}
