/**
 * Reads the text before the first element: junk, the XML declaration, a document type with its entities.
 *
 * The document type is replaced by spaces (so that offsets stay), because its `>` inside quotes and brackets would
 * confuse a tokenizer; external subsets and parameter entities are ignored.
 * @see https://www.w3.org/TR/xml/#sec-prolog-dtd
 */

import type { Defects } from '../defects.ts';
import { maxEntities, maxEntityLength } from '../reading-limits.ts';
import { createEntities, decodeReferences, type Entities } from './references.ts';

/** The text, safe to scan, with the same offsets, and the entities that it declared. */
export interface Prolog {
  readonly text: string;
  readonly entities: Entities;
}

const doctype = /^<!doctype/i;
const declaration = /<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
/** Reads the prolog and makes the rest safe to scan. */
export function readProlog(text: string, defects: Defects): Prolog {
  const { root, declaredAt } = findRoot(text);
  reportJunk(text, root, defects);
  if (declaredAt === -1) return { text, entities: createEntities() };
  const end = endOfDoctype(text, declaredAt);
  const entities = createEntities(readEntities(text.slice(declaredAt, end), defects));
  const blanked = `${text.slice(0, declaredAt)}${' '.repeat(end - declaredAt)}${text.slice(end)}`;
  return { text: blanked, entities };
}

/** Offsets of the first tag that is an element's, outside comments and instructions, and of the document type (-1: none). */
function findRoot(text: string): { root: number; declaredAt: number } {
  let declaredAt = -1;
  let endless = false;
  let at = text.indexOf('<');
  while (at !== -1) {
    const next = text[at + 1];
    if (next !== '!' && next !== '?') return { root: at, declaredAt };
    let from = at + 1;
    if (text.startsWith('<!--', at)) {
      const end: number = endless ? -1 : text.indexOf('-->', at + 4);
      endless = end === -1;
      from = endless ? at + 4 : end + 3;
    } else if (declaredAt === -1 && doctype.test(text.slice(at, at + 9))) {
      declaredAt = at;
      from = endOfDoctype(text, at);
    }
    at = text.indexOf('<', from);
  }
  return { root: text.length, declaredAt };
}

function endOfDoctype(text: string, start: number): number {
  const close = text.indexOf('>', start);
  const bracket = text.indexOf('[', start);
  if (bracket === -1 || (close !== -1 && close < bracket)) return close === -1 ? text.length : close + 1;
  // Inside the subset: quotes hide brackets, comments hide both.
  let i = bracket + 1;
  while (i < text.length && text[i] !== ']') {
    const c = text[i];
    if (text.startsWith('<!--', i)) i = after(text, '-->', i);
    else if (c === '"' || c === "'") i = after(text, c, i + 1);
    else i += 1;
  }
  return after(text, '>', i);
}

function after(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at === -1 ? text.length : at + what.length;
}

function readEntities(subset: string, defects: Defects): Map<string, string> {
  const replacements = new Map<string, string>();
  for (const [, name = '', quoted, apostrophed] of subset.matchAll(declaration)) {
    const value = quoted ?? apostrophed ?? '';
    // Built from earlier entities only, so later text cannot make it grow; one over the limit is dropped.
    const fits = replacements.size < maxEntities && value.length <= maxEntityLength;
    const replacement = fits ? decodeReferences(value, createEntities(replacements), defects, 0) : '';
    if (!fits || replacement.length > maxEntityLength) {
      defects.add('too-many-entities', `The entity ${name} is over the limits and stays unexpanded.`);
    } else if (!replacements.has(name)) replacements.set(name, replacement);
  }
  if (replacements.size > 0)
    defects.add('internal-dtd', `The document declares ${replacements.size} entities of its own.`);
  return replacements;
}

function reportJunk(text: string, root: number, defects: Defects): void {
  const first = text.search(/\S/);
  if (first === -1) return;
  const declared = text.slice(0, root).indexOf('<?xml');
  if (declared > 0 && first === declared) {
    defects.add('space-before-declaration', 'There are blank characters before the XML declaration.', { at: declared });
  } else if (text[first] !== '<' || declared > first) {
    defects.add('text-before-declaration', 'There is text before the document; it was left out.', { at: first });
  }
}
