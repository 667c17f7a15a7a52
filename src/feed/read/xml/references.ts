/**
 * Resolves character and entity references in XML text: the five of XML, numbers, HTML's names, and what a small DTD
 * declares.
 *
 * An ampersand that starts none of these is text. Replacement texts are never expanded again.
 * @see https://www.w3.org/TR/xml/#sec-references
 */
import { hasWrongCharacters, repairCharacters } from '../charset/characters.ts';
import type { Defects } from '../defects.ts';
import { maxEntityExpansions } from '../reading-limits.ts';
import { namedCharacter } from './tokenizer.ts';

/** Entities declared by the document, and how often they may still be expanded. */
export interface Entities {
  readonly replacements: ReadonlyMap<string, string>;
  expansionsLeft: number;
}

/** The entities of a document without a DTD. */
export function createEntities(replacements: ReadonlyMap<string, string> = new Map()): Entities {
  return { replacements, expansionsLeft: maxEntityExpansions };
}

const reference = /&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([A-Za-z_][\w.-]{0,63}));/y;

const loneSurrogate = /\p{Surrogate}/gu;

/** Two surrogates beside each other make one character. */
function characterOf(codePoint: number): string {
  return codePoint === 0 || codePoint > 0x10ffff ? '' : String.fromCodePoint(codePoint);
}

/** Decodes the references in `text`, which starts at offset `at` of the document. */
export function decodeReferences(text: string, entities: Entities, defects: Defects, at: number): string {
  let next = text.indexOf('&');
  if (next === -1) return text;
  let out = '';
  let from = 0;
  let numeric = false;
  while (next !== -1) {
    let replacement: string | undefined;
    let length = 0;
    // Escaped HTML is mostly these: compared by hand, they cost a third of what the expression does.
    const c1 = text.charCodeAt(next + 1);
    const c2 = text.charCodeAt(next + 2);
    if (c2 === 0x74 && text.charCodeAt(next + 3) === 0x3b && (c1 === 0x6c || c1 === 0x67)) {
      replacement = c1 === 0x6c ? '<' : '>';
      length = 4;
    } else if (c1 === 0x61 && c2 === 0x6d && text.charCodeAt(next + 3) === 0x70 && text.charCodeAt(next + 4) === 0x3b) {
      replacement = '&';
      length = 5;
    } else {
      reference.lastIndex = next;
      const match = reference.exec(text);
      if (match !== null) {
        const [whole, hex, decimal, name = ''] = match;
        length = whole.length;
        if (hex !== undefined || decimal !== undefined) {
          replacement = characterOf(hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16));
          numeric = true;
        } else {
          replacement = replaceName(name, entities, defects, at + next);
        }
      }
    }
    if (replacement === undefined) {
      if (length === 0)
        defects.add('bare-ampersand', 'An ampersand that starts no reference was read as text.', { at: at + next });
      next = text.indexOf('&', next + 1);
    } else {
      out += text.slice(from, next) + replacement;
      from = next + length;
      next = text.indexOf('&', from);
    }
  }
  out += text.slice(from);
  if (!numeric) return out;
  const paired = out.replace(loneSurrogate, '');
  return hasWrongCharacters(paired) ? repairCharacters(paired) : paired;
}

const ofXml: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);

function replaceName(name: string, entities: Entities, defects: Defects, at: number): string | undefined {
  const own = ofXml.get(name);
  if (own !== undefined) return own;
  const declared = entities.replacements.get(name);
  if (declared !== undefined) {
    if (entities.expansionsLeft > 0) {
      entities.expansionsLeft -= 1;
      return declared;
    }
    defects.add('too-many-entities', `&${name}; was left as it is: too many entities were expanded before.`, { at });
    return undefined;
  }
  const ofHtml = namedCharacter(name);
  if (ofHtml === undefined) defects.add('unknown-entity', `&${name}; is not declared and was read as text.`, { at });
  else defects.add('html-entity', `&${name}; is an entity of HTML, not of XML; it was read as HTML means it.`, { at });
  return ofHtml;
}
