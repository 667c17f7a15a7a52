/**
 * Reads RSSHub's filters as words and phrases: `this|that`, the part of a regular expression that people really write.
 *
 * Escapes of punctuation, a surrounding group, `(?i)` and `.*` at either end are removed, because they change nothing here.
 * Other parts that only a regular expression can express are refused by name. No pattern is compiled.
 */
import { lazyPattern } from '../../domain/lazy.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

const ignoredStart = /^\(\?i\)/;
const wrapped = /^\((?:\?:)?([^()\\]*)\)$/;
const letterOrDigit = lazyPattern(String.raw`[\p{L}\p{N}]`, 'u');
const metacharacters = '*+?()[]{}^$';

/** The alternatives of a pattern, as plain text in the order given; the failure names the part that is not supported. */
export function parseWordPattern(pattern: string): Result<readonly string[], string> {
  const bare = pattern.trim().replace(ignoredStart, '');
  const inner = wrapped.exec(bare)?.[1] ?? bare;
  const alternatives: string[] = [];
  let text = '';
  const close = (): void => {
    if (text.trim() !== '') alternatives.push(text.trim());
    text = '';
  };
  for (let at = 0; at < inner.length; at += 1) {
    const character = inner.charAt(at);
    const following = inner.charAt(at + 1);
    if (character === '|') {
      close();
    } else if (character === '\\') {
      if (following === '' || letterOrDigit().test(following)) return cannotCarry(`\\${following}`);
      text += following;
      at += 1;
    } else if (character === '.' && following === '*') {
      const isAtStart = text.trim() === '';
      const isAtEnd = at + 2 === inner.length || inner[at + 2] === '|';
      if (!isAtStart && !isAtEnd) return cannotCarry('.*');
      at += 1;
    } else if (metacharacters.includes(character)) {
      return cannotCarry(character);
    } else {
      text += character;
    }
  }
  close();
  return ok(alternatives);
}

function cannotCarry(part: string): Result<never, string> {
  return fail(
    `Only words and phrases separated by | are understood here, not regular expressions: take ${part} out, ` +
      'or write it as \\ and the character when the character itself is meant.',
  );
}
