/**
 * Collects the categories of every module, each once.
 */
import type { Category } from '../../../domain/entry.ts';
import { isBlank, undoDoubleUtf8 } from '../charset/characters.ts';
import { toLine } from '../html-text.ts';
import { phraseToText } from '../phrase-markup.ts';
import type { RawCategory } from '../raw-feed.ts';
import { isActing } from '../resolve-url.ts';

/** UTF-16 units of a term or label. Guards tag pages from sentences put where a word belongs; nothing longer is a name. */
const maxTermLength = 200;

function plain(text: string): string {
  const shown = toLine(phraseToText(text.slice(0, 1_000)), maxTermLength);
  return isBlank(shown) ? '' : undoDoubleUtf8(shown);
}

/** In document order; a term that comes again under the same scheme only adds a label that was missing. */
export function toCategories(raw: readonly RawCategory[]): Category[] {
  const categories = new Map<string, Category>();
  for (const { term, scheme, label } of raw) {
    const name = plain(term);
    if (name === '') continue;
    const shown = label === undefined ? '' : plain(label);
    const key = `${scheme ?? ''}\n${name.toLowerCase()}`;
    const known = categories.get(key);
    if (known !== undefined && (known.label !== undefined || shown === '')) continue;
    categories.set(key, {
      term: known?.term ?? name,
      ...(scheme === undefined || isActing(scheme) ? {} : { scheme: toLine(scheme) }),
      ...(shown === '' ? {} : { label: shown }),
    });
  }
  return [...categories.values()];
}
